import type { Json } from './json.ts';

/**
 * The closed list of refusals and failures. `text` says what happened, `advice` what to do; `number` is what a user
 * reads out to support. `{name}` places are filled from the details.
 */
export const errorTexts = {
  invalidInput: { number: 'ОК-100', text: 'Данные заполнены неверно: {field}', advice: 'Исправьте указанное поле и повторите.' },
  notAllowed: { number: 'ОК-101', text: 'Недостаточно прав: {action}', advice: 'Обратитесь к администратору, если это ваша обязанность.' },
  notFound: { number: 'ОК-102', text: 'Документ не найден', advice: 'Обновите список: возможно, документ ещё не загружен.' },
  alreadyTaken: { number: 'ОК-201', text: 'Письмо уже принято в работу: {name}, {at}', advice: 'Выберите другое письмо или обратитесь к коллеге.' },
  notInWork: { number: 'ОК-202', text: 'Письмо не в работе у вас', advice: 'Сначала нажмите «Принять в работу».' },
  wrongState: { number: 'ОК-203', text: 'В состоянии «{state}» это действие невозможно', advice: 'Обновите документ и проверьте его состояние.' },
  required: { number: 'ОК-204', text: 'Заполните: {fields}', advice: 'Заполните поля, подчёркнутые красным.' },
  alreadyNumbered: { number: 'ОК-205', text: 'Номер уже присвоен: {number}', advice: 'Номер не присваивается дважды.' },
  noNumbers: { number: 'ОК-206', text: 'На этом рабочем месте закончились номера', advice: 'Номера придут, как только появится связь с центром. Введённое сохранено.' },
  numberVoid: { number: 'ОК-207', text: 'Номер {number} нельзя использовать', advice: 'Присвойте номер ещё раз.' },
  notConsumer: { number: 'ОК-208', text: 'Письмо не от потребителя услуг: «Контакт» не заполняется', advice: 'Проверьте, от кого письмо.' },
  fieldConflict: { number: 'ОК-209', text: 'Документ изменён другим сотрудником', advice: 'Выберите для каждого поля, какое значение оставить.' },
  classifierMismatch: { number: 'ОК-210', text: 'Подтема не относится к выбранной категории', advice: 'Выберите подтему этой категории.' },
  badRecipient: { number: 'ОК-211', text: 'Неверный адрес получателя: {address}', advice: 'Исправьте адрес в полях «Кому» и «Копия».' },
  alreadySent: { number: 'ОК-212', text: 'Письмо уже отправлено', advice: 'Повторная отправка невозможна.' },
  appealExists: { number: 'ОК-213', text: 'Обращение по этому письму уже создано', advice: 'Откройте его из письма.' },
  appealNotReady: { number: 'ОК-214', text: 'Сначала создайте обращение', advice: 'Нажмите «Создать обращение», затем «Переслать».' },
  undoExpired: { number: 'ОК-215', text: 'Отменить уже нельзя', advice: 'Обратитесь к супервайзеру: он может вернуть письмо в очередь.' },
  checkDigits: { number: 'ОК-216', text: '{rule}', advice: 'Сверьте число с документом.' },
  duplicateKey: { number: 'ОК-217', text: 'Такая запись уже есть: {key}', advice: 'Откройте существующую запись.' },
  taskClosed: { number: 'ОК-218', text: 'Задача уже завершена', advice: 'Обновите список задач.' },
  fileMissing: { number: 'ОК-219', text: 'Файл «{name}» ещё не загружен в центр', advice: 'Дождитесь связи с центром и повторите.' },
  notForClass: { number: 'ОК-220', text: 'Для писем «{classification}» это действие не предусмотрено', advice: 'Проверьте «От кого» и «Классификация».' },
  conversationMoved: { number: 'ОК-221', text: 'Пока вы писали, переписка продолжилась. {happened}', advice: 'Прочитайте новое и отправьте письмо ещё раз, если оно нужно. Текст сохранён.' },
  cardMerged: { number: 'ОК-222', text: 'Карточка «{name}» уже объединена с другой', advice: 'Работайте с той карточкой, в которую её объединили, или сначала отмените то объединение.' },
  notMerged: { number: 'ОК-223', text: 'Карточка «{name}» не объединена с этой', advice: 'Обновите карточку: возможно, объединение уже отменили.' },
  letterUnreadable: { number: 'ОК-224', text: 'Исходник письма не удалось разобрать', advice: 'Сохраните его (.eml) и откройте в почтовой программе.' },
  badCredentials: { number: 'ОК-301', text: 'Неверное имя или пароль', advice: 'Проверьте раскладку и Caps Lock.' },
  sessionEnded: { number: 'ОК-302', text: 'Сеанс завершён', advice: 'Войдите снова. Введённое сохранено.' },
  offlineLoginExpired: { number: 'ОК-303', text: 'Без связи войти нельзя: последний вход был больше 14 дней назад', advice: 'Подключитесь к сети и войдите.' },
  offlineLoginUnknown: { number: 'ОК-304', text: 'Без связи может войти только тот, кто уже входил на этом рабочем месте', advice: 'Подключитесь к сети и войдите.' },
  deskRejected: { number: 'ОК-305', text: 'Рабочее место не зарегистрировано', advice: 'Обратитесь к администратору.' },
  tooManyRequests: { number: 'ОК-306', text: 'Слишком много попыток', advice: 'Подождите минуту и повторите.' },
  locked: { number: 'ОК-307', text: 'Окно заблокировано', advice: 'Введите пароль, чтобы продолжить.' },
  tokenInvalid: { number: 'ОК-308', text: 'Токен не действует: {reason}', advice: 'Попросите администратора выдать новый токен: npm run server -- token.' },
  tokenScope: { number: 'ОК-309', text: 'Этому токену не разрешено: {action}', advice: 'Попросите администратора выдать токен с областью {scope}.' },
  readingLimit: { number: 'ОК-310', text: 'Исчерпан предел токена: {limit} {period}', advice: 'Повторите через столько секунд, сколько указано в Retry-After.' },
  mustRefetch: { number: 'ОК-401', text: 'Данные центра обновлены заново', advice: 'Программа загрузит их сама.' },
  programTooOld: { number: 'ОК-402', text: 'Версия программы устарела', advice: 'Обновите программу: введённое сохранится.' },
  badEnvelope: { number: 'ОК-403', text: 'Команда записана с ошибкой', advice: 'Обратитесь к администратору: команда сохранена в «Разобрать».' },
  massDelete: { number: 'ОК-404', text: 'Центр просит убрать с этого рабочего места {count} документов из {total}', advice: 'Спросите администратора, верно ли это, и подтвердите.' },
  noConnection: { number: 'ОК-501', text: 'Нет связи: сохранено на этом компьютере, уйдёт само', advice: 'Можно продолжать работу.' },
  storageFailed: { number: 'ОК-502', text: 'Не удалось записать на диск', advice: 'Освободите место на диске и повторите. Введённое не потеряно.' },
  externalDown: { number: 'ОК-503', text: 'Внешняя система не отвечает: {system}', advice: 'Программа повторит сама.' },
  certificateInvalid: { number: 'ОК-504', text: 'Сертификат центра недействителен: ничего не отправлено', advice: 'Проверьте дату на этом компьютере и сообщите администратору. Введённое сохранено и уйдёт само.' },
  internal: { number: 'ОК-900', text: 'Внутренняя ошибка', advice: 'Повторите. Если не поможет, сообщите код администратору.' },
} as const satisfies Record<string, { number: string; text: string; advice: string }>;

export type ErrorCode = keyof typeof errorTexts;
export type ErrorDetails = { readonly [key: string]: Json };

/** An expected refusal of a command or a call: a value, never thrown by rules. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

export function refusal(code: ErrorCode, details: ErrorDetails = {}): Refusal {
  return { code, details };
}

function filled(text: string, details: ErrorDetails): string {
  return text.replace(/\{(\w+)\}/g, (place, key: string) => {
    const value = details[key];
    if (value === undefined) return place;
    return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/** What a person reads: the text and the advice with their places filled, and the number to read out. */
export function describeRefusal({ code, details }: Refusal): { text: string; advice: string; number: string } {
  const { text, advice, number } = errorTexts[code];
  return { text: filled(text, details), advice: filled(advice, details), number };
}

/** The one error class that crosses the program's edges. */
export class OknoError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(`${code} ${errorTexts[code].number}`, options);
    this.name = 'OknoError';
    this.code = code;
    this.details = details;
  }

  get refusal(): Refusal {
    return { code: this.code, details: this.details };
  }
}
