import { emailFieldTitles } from '../../../shared/domain/incoming-email/class-rules.ts';
import { classificationTitles, fromWhomTitles, letterCharsetTitles, incomingEmailStateTitles, type IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import type { Json } from '../../../shared/base/json.ts';
import { formatMoment } from '../../ui/format.ts';

/** Fields of the form and of the history, as the screen calls them. */
export const emailLabels: Readonly<Record<string, string>> = {
  ...emailFieldTitles,
  topicId: 'Тематика',
  number: 'Номер',
  numberedAt: 'Номер присвоен',
  applicationIds: 'Заявки',
  state: 'Состояние',
  holderId: 'В работе у',
  takenAt: 'Принято в работу',
  appealId: 'Обращение',
  awaitsAsud: 'Ждёт пересылки в АСУД',
  suppressedReplies: 'Неотправленные автоответы',
  conversationId: 'Переписка',
  continuationOf: 'Похоже на продолжение',
  eventId: 'Событие',
  from: 'От',
  to: 'Кому',
  cc: 'Копия',
  subject: 'Тема',
  text: 'Текст',
  problems: 'Замечания к письму',
  signatures: 'Подписи письма',
  invitation: 'Приглашение',
  charset: 'Кодировка',
  chosen: 'Кодировка',
  received: 'Прочитано при получении',
  reading: 'Прочитано',
  fromName: 'Имя отправителя',
  receivedAt: 'Поступило',
  attachments: 'Вложения',
};

/** A value of a field as a person reads it: codes by their titles, references by their presentations, times by the office's clock. */
export function emailFieldText(path: string, value: Json, refs: Readonly<Record<string, string>>): string {
  if (value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value.map((item) => refs[String(item)] ?? String(item)).join(', ') : String(value.length);
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : 'изменено';
  const titles = codeTitles[path];
  if (titles !== undefined) return titles[value] ?? value;
  if (path.endsWith('At')) return formatMoment(value);
  return refs[value] ?? value;
}

const codeTitles: Readonly<Record<string, Readonly<Record<string, string>>>> = { charset: letterCharsetTitles, 'charset.chosen': letterCharsetTitles, fromWhom: fromWhomTitles, classification: classificationTitles, state: incomingEmailStateTitles };

/** How the letter is called under «Открыто»: «Письмо Соколова М. И.» */
export function emailPlaceTitle({ from, number }: Pick<IncomingEmail, 'from' | 'number'>): string {
  return `Письмо ${number ?? shortSender(from.name || from.address)}`;
}

/** «Соколова Марина Игоревна» → «Соколова М. И.»; anything else as it is. */
export function shortSender(name: string): string {
  const [last = '', first = '', middle] = name.trim().split(/\s+/);
  const isWord = (word: string): boolean => /^[А-ЯЁ][а-яё-]+$/u.test(word);
  if (!isWord(last) || !isWord(first) || (middle !== undefined && !isWord(middle)) || name.trim().split(/\s+/).length > 3) return name;
  return [last, `${first.charAt(0)}.`, ...(middle === undefined ? [] : [`${middle.charAt(0)}.`])].join('\u00a0');
}
