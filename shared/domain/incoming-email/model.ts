import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

/** Who wrote: the user decides it first (2.6.1). */
export const fromWhomSchema = z.enum(['consumer', 'notConsumer']);
export type FromWhom = z.infer<typeof fromWhomSchema>;
export const fromWhomTitles: Readonly<Record<FromWhom, string>> = {
  consumer: 'От потребителя услуг',
  notConsumer: 'Не от потребителя услуг',
};

/** «Классификация» (2.6.2, 2.6.3). */
export const classificationSchema = z.enum(['faxogram', 'protocol', 'faxogramProtocol', 'official', 'reconciliation', 'text', 'subscriptionCheck']);
export type Classification = z.infer<typeof classificationSchema>;
export const classificationTitles: Readonly<Record<Classification, string>> = {
  faxogram: 'Факсограмма',
  protocol: 'Протокол',
  faxogramProtocol: 'Факсограмма + Протокол',
  official: 'Письмо официальное',
  reconciliation: 'Акт сверки',
  text: 'Письмо (текстовое)',
  subscriptionCheck: 'Проверка подписки',
};

export const incomingEmailStateSchema = z.enum(['new', 'inWork', 'numbered', 'done', 'spam', 'unwanted']);
export type IncomingEmailState = z.infer<typeof incomingEmailStateSchema>;
export const incomingEmailStateTitles: Readonly<Record<IncomingEmailState, string>> = {
  new: 'Новое',
  inWork: 'В работе',
  numbered: 'Номер присвоен',
  done: 'Обработано',
  spam: 'Спам',
  unwanted: 'Нежелательная почта',
};

export const mailAddressSchema = z.object({ name: z.string(), address: z.string() });
export type MailAddress = z.infer<typeof mailAddressSchema>;

export const attachmentSchema = z.object({
  id: z.string(),
  /** sha256 of the content, hex: the key in the file store. */
  fileId: z.string(),
  name: z.string(),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  mediaType: z.string(),
  contentId: z.string().nullable(),
  /** Shown inside the letter (`cid:`), still carried by «Переслать». */
  inline: z.boolean(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** How the letter was made: only `person` gets auto-replies; `autoReply` is an answer of a machine to a letter of ours. */
export const automationSchema = z.enum(['person', 'automatic', 'bulk', 'autoReply', 'bounce']);
export type Automation = z.infer<typeof automationSchema>;

export const suppressedReplySchema = z.object({ id: z.string(), kind: z.string(), reason: z.string(), at: z.string() });

/** Charsets that a person may read a letter in («Исправить кодировку»), by the names of the decoder; the most usual first. */
export const letterCharsetSchema = z.enum(['windows-1251', 'koi8-r', 'utf-8', 'iso-8859-5', 'cp866', 'maccyrillic']);
export type LetterCharset = z.infer<typeof letterCharsetSchema>;
export const letterCharsetTitles: Readonly<Record<LetterCharset, string>> = {
  'windows-1251': 'Windows-1251',
  'koi8-r': 'KOI8-R',
  'utf-8': 'UTF-8',
  'iso-8859-5': 'ISO-8859-5',
  cp866: 'CP866 (DOS)',
  maccyrillic: 'Mac Cyrillic',
};

const namesSchema = z.array(z.string().max(10_000)).max(2000);

/** Words of a letter that depend on its charset; `problems` as in the document. */
export const emailReadingSchema = z.object({
  subject: z.string().max(2000),
  fromName: z.string().max(10_000),
  text: z.string().max(200_000),
  problems: z.array(z.string().max(2000)).max(500),
  /** Names of the addressees and of the files, in the document's order; a list of another length changes nothing. */
  names: z.object({ to: namesSchema, cc: namesSchema, replyTo: namesSchema, attachments: namesSchema }).optional(),
});
export type EmailReading = z.infer<typeof emailReadingSchema>;

/** A charset that a person chose: how the program had read the letter, and what the choice before this one showed, for its undo. */
const correctedCharsetSchema = z.object({
  chosen: letterCharsetSchema,
  received: emailReadingSchema,
  before: z.object({ chosen: letterCharsetSchema, reading: emailReadingSchema }).nullable().default(null),
});

/** Who signed a letter (S/MIME) and whether it is what was signed. Whether its issuer may be trusted is not known here. */
export const letterSignatureSchema = z.object({
  name: z.string(),
  address: z.string(),
  issuer: z.string(),
  /** The certificate's time, UTC; null where it cannot be read. */
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  /** When the signer says he signed. */
  signedAt: z.string().nullable(),
  state: z.enum(['intact', 'altered', 'unchecked']),
  /** Why it is not intact, for the person; empty for an intact one. */
  reason: z.string(),
});
export type LetterSignature = z.infer<typeof letterSignatureSchema>;

/** A meeting that a letter tells of (text/calendar). */
export const invitationSchema = z.object({
  kind: z.enum(['request', 'publish', 'cancel', 'reply', 'counter']),
  summary: z.string(),
  location: z.string(),
  organiser: mailAddressSchema.nullable(),
  /** At most a hundred. */
  attendees: z.array(mailAddressSchema),
  /** As the letter says it, in its own zone: `YYYY-MM-DDTHH:mm`, or `YYYY-MM-DD` for whole days; `end` is the last of those. */
  start: z.string().nullable(),
  end: z.string().nullable(),
  /** Minutes east of Greenwich; null where no zone is named or it is not known. */
  offset: z.number().int().nullable(),
  endOffset: z.number().int().nullable(),
  /** The zone's name as the letter has it; empty for none. */
  zone: z.string(),
  /** In words; empty for a meeting that is once. */
  repeats: z.string(),
  /** Of a `reply`. */
  answer: z.enum(['accepted', 'declined', 'tentative']).nullable(),
  description: z.string(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** Characters of text kept on the document; the whole stays in the .eml. */
export const maxEmailText = 200_000;
/** What `problems` says of a letter whose text is longer. */
export const cutTextProblem = `Текст показан не полностью (первые ${maxEmailText} знаков): весь текст — в исходном письме.`;

/** Characters of HTML kept and shown; the whole stays in the .eml. */
export const maxEmailHtml = 1_500_000;
/** What `problems` says of a letter whose HTML is longer. */
export const cutHtmlProblem = 'Оформленный текст слишком велик: показано его начало. Всё письмо — в исходнике (.eml).';

export const incomingEmailSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  mailbox: z.enum(['clients', 'requests']),
  /** The document of the mailbox that it came to; none: to the address of the configuration. */
  mailboxId: z.string().nullable().optional(),
  receivedAt: z.string(),
  sentAt: z.string().nullable(),
  messageId: z.string().nullable(),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  from: mailAddressSchema,
  replyTo: z.array(mailAddressSchema),
  /** Return-Path: where automatic replies go (RFC 3834); null for the empty path `<>`, '' where none was given (then From). */
  returnPath: z.string().nullable(),
  to: z.array(mailAddressSchema),
  cc: z.array(mailAddressSchema),
  subject: z.string(),
  /** Readable text, at most 200 000 characters; the whole is in the .eml. */
  text: z.string(),
  /** File of the HTML part as it came, UTF-8; null if the letter has none. */
  htmlFileId: z.string().nullable(),
  /** The .eml as it came. */
  rawFileId: z.string(),
  /** Bytes of the .eml. */
  rawSize: z.number().int().nonnegative().optional(),
  attachments: z.array(attachmentSchema),
  /** What could not be read, in Russian, for the person. */
  problems: z.array(z.string()),
  /** The charset that a person chose; none: the letter is shown as the program read it. */
  charset: correctedCharsetSchema.nullable().optional(),
  /** S/MIME signatures, the outermost first; none: the letter is not signed. */
  signatures: z.array(letterSignatureSchema).optional(),
  /** The meeting it invites to, if any. */
  invitation: invitationSchema.nullable().optional(),
  automation: automationSchema,
  state: incomingEmailStateSchema,
  holderId: z.string().nullable(),
  takenAt: z.string().nullable(),
  eventId: z.string(),
  conversationId: z.string(),
  /** The letter's number that this one seems to continue, though it was not joined: «похоже на продолжение КП-…». */
  continuationOf: z.string().nullable(),
  fromWhom: fromWhomSchema.nullable(),
  classification: classificationSchema.nullable(),
  clientId: z.string().nullable(),
  kindId: z.string().nullable(),
  categoryId: z.string().nullable(),
  subtopicId: z.string().nullable(),
  topicId: z.string().nullable(),
  /** «Подписант» and «Время совещания» (2.7.1, 2.7.3). */
  signatory: z.string(),
  meetingTime: z.string(),
  number: z.string().nullable(),
  numberedAt: z.string().nullable(),
  appealId: z.string().nullable(),
  /** «Ждёт пересылки в АСУД» (2.8.2). */
  awaitsAsud: z.boolean(),
  applicationIds: z.array(z.string()),
  /** Auto-replies that were not sent, and why. */
  suppressedReplies: z.array(suppressedReplySchema),
});
export type IncomingEmail = z.infer<typeof incomingEmailSchema>;

export const incomingEmail = defineDocument<IncomingEmail>({
  type: 'incomingEmail',
  title: 'Входящее электронное письмо',
  schema: incomingEmailSchema,
  presentation: (email) => `Письмо ${email.number ?? (email.from.name || email.from.address)}`,
  columns: {
    receivedAt: { kind: 'time', value: (email) => email.receivedAt },
    from: { kind: 'text', value: (email) => email.from.name || email.from.address },
    address: { kind: 'text', value: (email) => email.from.address },
    subject: { kind: 'text', value: (email) => email.subject },
    state: { kind: 'code', value: (email) => email.state },
    classification: { kind: 'code', value: (email) => email.classification },
    mailbox: { kind: 'code', value: (email) => email.mailbox },
    automation: { kind: 'code', value: (email) => email.automation },
    number: { kind: 'text', value: (email) => email.number },
    holderId: { kind: 'ref', refType: 'user', value: (email) => email.holderId },
    clientId: { kind: 'ref', refType: 'client', value: (email) => email.clientId },
    conversationId: { kind: 'code', value: (email) => email.conversationId },
    awaitsAsud: { kind: 'flag', value: (email) => email.awaitsAsud },
  },
  indexes: {
    byAddress: (email) => [email.from.address.toLowerCase()],
    byConversation: (email) => [email.conversationId],
    byMessageId: (email) => (email.messageId === null ? [] : [email.messageId]),
    byNumber: (email) => (email.number === null ? [] : [email.number]),
    byClient: (email) => (email.clientId === null ? [] : [email.clientId]),
  },
  searchPlaces: (email) => [
    { place: 'Номер', kind: 'number', text: email.number ?? '' },
    { place: 'От кого', kind: 'name', text: email.from.name },
    { place: 'E-mail', kind: 'email', text: email.from.address },
    { place: 'Тема', kind: 'text', text: email.subject },
  ],
  scope: () => ['role:mailSupervisor', 'role:supervisor', 'role:operator'],
});
