import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';
import { attachmentSchema } from '../incoming-email/model.ts';

export const appealStateSchema = z.enum(['awaitsRegistration', 'preparation', 'check', 'closed']);
export type AppealState = z.infer<typeof appealStateSchema>;
export const appealStateTitles: Readonly<Record<AppealState, string>> = {
  awaitsRegistration: 'Ожидает регистрации',
  preparation: 'Подготовка ответа',
  check: 'Проверка ответа',
  closed: 'Закрыто',
};

/** «Место регистрации», «Место выдачи документов». */
export const placeSchema = z.enum(['email', 'office', 'post', 'account']);
export type Place = z.infer<typeof placeSchema>;
export const placeTitles: Readonly<Record<Place, string>> = {
  email: 'По электронной почте',
  office: 'ЦОК',
  post: 'Почта',
  account: 'Личный кабинет',
};

/** «Канал поступления». */
export const intakeChannelSchema = z.enum(['other', 'phone', 'post', 'visit', 'account']);
export type IntakeChannel = z.infer<typeof intakeChannelSchema>;
export const intakeChannelTitles: Readonly<Record<IntakeChannel, string>> = {
  other: 'Прочее, в том числе от потребителей услуг',
  phone: 'Телефон',
  post: 'Почта',
  visit: 'Личный визит',
  account: 'Личный кабинет',
};

/** «Обращение» (2.10.1). */
export const appealSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  state: appealStateSchema,
  /** Number and barcode (ШК, 16 digits) come from АС ФЭУ. */
  number: z.string().nullable(),
  barcode: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  registeredAt: z.string().nullable(),
  incomingEmailId: z.string().nullable(),
  eventId: z.string().nullable(),
  clientId: z.string(),
  kindId: z.string(),
  categoryId: z.string(),
  topicId: z.string(),
  subtopicId: z.string(),
  registrationPlace: placeSchema,
  deliveryPlace: placeSchema,
  /** «Номер интернет карточки»: the letter's number. */
  internetCardNumber: z.string(),
  intakeChannel: intakeChannelSchema,
  content: z.string(),
  attachments: z.array(attachmentSchema),
  phone: z.string(),
  email: z.string(),
  /** «Добавить заявку к обращению». */
  applicationIds: z.array(z.string()),
  /** «Использовать данные из заявки»: the one whose data were copied. */
  dataFromApplicationId: z.string().nullable(),
  objectName: z.string(),
  address: z.string(),
  regionId: z.string().nullable(),
  gridDistrictId: z.string().nullable(),
  branchId: z.string(),
  responsibleId: z.string(),
  hasIntermediary: z.boolean(),
  intermediaryId: z.string().nullable(),
  authorityNumber: z.string(),
  authorityFrom: z.string(),
  authorityTo: z.string(),
  /** Null where «Регламент» holds no term for the kind. */
  dueAt: z.string().nullable(),
  /** The version of «Регламент» that gave the term. */
  ruleId: z.string().nullable(),
  /** Letter forwarded to АСУД: the process starts at point 2. */
  forwardedToAsud: z.boolean(),
  /** The registration effect: its state is what the user waits for. */
  effectId: z.string().nullable(),
  /** Why АС ФЭУ has not answered yet, for the person. */
  registrationProblem: z.string(),
});
export type Appeal = z.infer<typeof appealSchema>;

export const appeal = defineDocument<Appeal>({
  type: 'appeal',
  title: 'Обращение',
  schema: appealSchema,
  presentation: ({ number, internetCardNumber }) => `Обращение ${number ?? internetCardNumber}`,
  columns: {
    number: { kind: 'text', value: ({ number }) => number },
    barcode: { kind: 'text', value: ({ barcode }) => barcode },
    createdAt: { kind: 'time', value: ({ createdAt }) => createdAt },
    dueAt: { kind: 'time', value: ({ dueAt }) => dueAt },
    state: { kind: 'code', value: ({ state }) => state },
    clientId: { kind: 'ref', refType: 'client', value: ({ clientId }) => clientId },
    kindId: { kind: 'ref', refType: 'appealKind', value: ({ kindId }) => kindId },
    subtopicId: { kind: 'ref', refType: 'subtopic', value: ({ subtopicId }) => subtopicId },
    branchId: { kind: 'ref', refType: 'branch', value: ({ branchId }) => branchId },
    responsibleId: { kind: 'ref', refType: 'employee', value: ({ responsibleId }) => responsibleId },
  },
  indexes: {
    byNumber: ({ number }) => (number === null ? [] : [number]),
    byIncomingEmail: ({ incomingEmailId }) => (incomingEmailId === null ? [] : [incomingEmailId]),
    byClient: ({ clientId }) => [clientId],
    byApplication: ({ applicationIds }) => applicationIds,
  },
  searchPlaces: (document) => [
    { place: 'Номер', kind: 'number', text: document.number ?? '' },
    { place: 'Штрихкод', kind: 'number', text: document.barcode ?? '' },
    { place: 'Номер интернет карточки', kind: 'number', text: document.internetCardNumber },
    { place: 'Объект', kind: 'text', text: document.objectName },
    { place: 'Адрес', kind: 'address', text: document.address },
    { place: 'Телефон', kind: 'phone', text: document.phone },
    { place: 'E-mail', kind: 'email', text: document.email },
  ],
  scope: ({ branchId, createdBy }) => [`branch:${branchId}`, `user:${createdBy}`, 'role:mailSupervisor', 'role:supervisor'],
});
