import type { Json } from '../../../shared/base/json.ts';
import { appealFormSchema, missingOfAppeal, type AppealForm } from '../../../shared/domain/appeal/commands.ts';
import { appealStateTitles, intakeChannelTitles, placeTitles, type Appeal } from '../../../shared/domain/appeal/model.ts';
import { appealPrefill } from '../../../shared/domain/appeal/prefill-rules.ts';
import type { Application } from '../../../shared/domain/application/model.ts';
import type { Client } from '../../../shared/domain/client/model.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { formatMoment } from '../../ui/format.ts';

/** Fields of the form as the screen calls them. */
export const appealLabels: Readonly<Record<string, string>> = {
  state: 'Состояние',
  number: 'Рег. номер',
  barcode: 'ШК',
  createdAt: 'Создано',
  createdBy: 'Создал',
  registeredAt: 'Зарегистрировано',
  incomingEmailId: 'Входящее письмо',
  eventId: 'Событие',
  clientId: 'Контакт',
  kindId: 'Вид обращения',
  categoryId: 'Категория',
  topicId: 'Тематика',
  subtopicId: 'Подтема',
  registrationPlace: 'Место регистрации',
  deliveryPlace: 'Место выдачи документов',
  internetCardNumber: 'Номер интернет карточки',
  intakeChannel: 'Канал поступления',
  content: 'Содержание',
  attachments: 'Файлы',
  phone: 'Номер телефона',
  email: 'Адрес электронной почты',
  applicationIds: 'Заявки',
  dataFromApplicationId: 'Данные из заявки',
  objectName: 'Наименование объекта',
  address: 'Адрес',
  regionId: 'Регион',
  gridDistrictId: 'РЭС',
  branchId: 'Филиал',
  responsibleId: 'Ответственный',
  hasIntermediary: 'Наличие посредника/представителя',
  intermediaryId: 'Посредник',
  authorityNumber: 'Доверенность №',
  authorityFrom: 'Действует с',
  authorityTo: 'Действует по',
  dueAt: 'Срок ответа',
  ruleId: 'Норма срока',
  forwardedToAsud: 'Переслано в АСУД',
  registrationProblem: 'Регистрация в АС ФЭУ',
};

/** What a letter and its client's card fill in (2.10.1.1), as a document that is not written yet. */
export function newAppeal(id: string, authorId: string, email: IncomingEmail, client: Client, applications: readonly Application[]): Appeal {
  return {
    ...appealPrefill(email, client, applications),
    id,
    state: 'awaitsRegistration',
    number: null,
    barcode: null,
    createdAt: new Date().toISOString(),
    createdBy: authorId,
    registeredAt: null,
    eventId: email.eventId,
    kindId: email.kindId ?? '',
    categoryId: email.categoryId ?? '',
    topicId: email.topicId ?? '',
    subtopicId: email.subtopicId ?? '',
    internetCardNumber: email.number ?? '',
    dueAt: null,
    ruleId: null,
    forwardedToAsud: false,
    effectId: null,
    registrationProblem: '',
  };
}

/** The input of «Записать»: the form's fields alone. */
export function appealInput(values: Appeal): { readonly appeal: AppealForm } {
  return { appeal: appealFormSchema.parse(values) };
}

const requiredPaths: Readonly<Record<string, string>> = { Клиент: 'clientId', Филиал: 'branchId', Ответственный: 'responsibleId', Посредник: 'intermediaryId' };

/** Paths of the required fields that are empty. */
export function requiredOfAppeal(values: Appeal): readonly string[] {
  return missingOfAppeal({ ...values, incomingEmailId: values.incomingEmailId ?? '' }).flatMap((label) => requiredPaths[label] ?? []);
}

/** A power of attorney does not end before it begins. */
export function checksOfAppeal({ authorityFrom, authorityTo }: Appeal): Readonly<Record<string, string>> {
  return authorityFrom !== '' && authorityTo !== '' && authorityTo < authorityFrom ? { authorityTo: 'Доверенность заканчивается раньше, чем начинается' } : {};
}

/** «31.12.2026» of «2026-12-31». */
export function dateText(date: string): string {
  return date.split('-').toReversed().join('.');
}

const codeTitles: Readonly<Record<string, Readonly<Record<string, string>>>> = { state: appealStateTitles, registrationPlace: placeTitles, deliveryPlace: placeTitles, intakeChannel: intakeChannelTitles };

/** A value of a field as a person reads it. */
export function appealFieldText(path: string, value: Json, refs: Readonly<Record<string, string>>): string {
  if (value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value.map((item) => refs[item] ?? item).join(', ') : String(value.length);
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : 'изменено';
  const titles = codeTitles[path];
  if (titles !== undefined) return titles[value] ?? value;
  if (path.endsWith('At')) return formatMoment(value);
  if (path === 'authorityFrom' || path === 'authorityTo') return dateText(value);
  return refs[value] ?? value;
}

/** How the appeal is called under «Открыто». */
export function appealTitle({ number, internetCardNumber }: Appeal): string {
  return `Обращение ${number ?? internetCardNumber}`;
}
