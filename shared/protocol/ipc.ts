import { z } from 'zod';
import { attachmentSchema, emailReadingSchema, letterCharsetSchema } from '../domain/incoming-email/model.ts';
import { centreListSchema, centrePageSchema } from './centre-list.ts';
import { accessLineSchema, effectViewSchema, historyEntrySchema, mailboxCheckRequestSchema, mailboxCheckSchema, mailboxSecretNamesSchema, sentMailSchema, setMailboxSecretsSchema, sessionUserSchema, welcomeSchema } from './http.ts';
import { cellValueSchema, idsQuerySchema, listExportSchema, listPageSchema, listPrintSchema, listQuerySchema, listValuesSchema, listRowSchema } from './list.ts';
import { openedLetterSchema } from './opened-letter.ts';
import { recentClientSchema, searchAnswerSchema, searchTextSchema } from './search.ts';
import { externalSystemSchema, refusalSchema } from './sync.ts';

/** A result that the screen shows: the value, or a refusal with its code. */
const result = <T extends z.ZodType>(value: T) => z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), refusal: refusalSchema })]);
const nothing = z.object({});
const documentRef = z.object({ type: z.string(), id: z.string() });

export const connectionSchema = z.object({
  /** onLine: the last exchange succeeded; offLine: since when; connecting: not known yet. */
  state: z.enum(['onLine', 'offLine', 'connecting']),
  since: z.string(),
  /** Time of the data shown. */
  dataAt: z.string().nullable(),
  nextAttemptAt: z.string().nullable(),
  /** Commands not yet confirmed by the centre, and refused ones in «Разобрать». */
  waiting: z.number().int(),
  rejected: z.number().int(),
  external: z.array(externalSystemSchema),
  /** The base is being fetched for the first time. */
  filling: z.boolean(),
  /** Meanwhile a ready base is fetched: how much of it is here, of 100; null: none is. */
  snapshotPercent: z.number().int().nullable(),
  /** A ready base could not be used: this desk fills itself by pages. */
  snapshotFailed: z.boolean(),
  /** Why the exchange stands still until a person acts: `programTooOld`, `massDelete` (answered by `connection.allowDeletion`). */
  problem: refusalSchema.nullable().optional(),
});
export type Connection = z.infer<typeof connectionSchema>;

export const sessionStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('loggedOut'), lastLogin: z.string(), deskName: z.string(), knownLogins: z.array(z.string()), welcome: welcomeSchema.nullable(), reason: refusalSchema.nullable() }),
  /** `locked`: nobody was here for a while; until the password is given every call that shows data is refused `locked`. */
  z.object({ state: z.literal('loggedIn'), user: sessionUserSchema, deskName: z.string(), offline: z.boolean(), locked: z.boolean() }),
]);
export type SessionState = z.infer<typeof sessionStateSchema>;

export const rejectedCommandSchema = z.object({
  commandId: z.string(),
  name: z.string(),
  title: z.string(),
  documentType: z.string().nullable(),
  documentId: z.string().nullable(),
  /** Presentation of the document at the time. */
  documentTitle: z.string(),
  happenedAt: z.string(),
  /** Who gave it: several people work at one desk. */
  author: z.object({ userId: z.string(), name: z.string() }),
  refusal: refusalSchema,
  input: z.json(),
  /** null while open; how it was settled after. */
  settled: z.enum(['resent', 'setAside']).nullable(),
  settledAt: z.string().nullable(),
});
export type RejectedCommand = z.infer<typeof rejectedCommandSchema>;

export const draftSchema = z.object({ key: z.string(), title: z.string(), value: z.json(), savedAt: z.string() });
export type Draft = z.infer<typeof draftSchema>;

/** A possible client of a letter; `matched` are the «Строки поиска». */
export const candidateSchema = z.object({ row: listRowSchema, matched: z.array(z.enum(['email', 'name', 'similarName', 'phone', 'applicationNumber', 'inn', 'ogrn', 'birthDate', 'addressLink'])) });
export type Candidate = z.infer<typeof candidateSchema>;
export const matchedTitles: Readonly<Record<Candidate['matched'][number], string>> = {
  email: 'e-mail', name: 'ФИО', similarName: 'ФИО (похоже)', phone: 'телефон', applicationNumber: 'номер заявки', inn: 'ИНН', ogrn: 'ОГРН', birthDate: 'дата рождения', addressLink: 'привязка адреса',
};

/** What «Создать клиента» fills in from a letter (2.6.6.2). */
export const clientPrefillSchema = z.object({ lastName: z.string(), firstName: z.string(), middleName: z.string(), phones: z.array(z.string()), emails: z.array(z.string()), inn: z.string(), address: z.string() });

/** How a row of the history stands: `open` is worked on, `waiting` waits for the outside, `failed` needs a person, `over` ended without work. */
export const matterSchema = z.enum(['none', 'open', 'waiting', 'done', 'over', 'failed']);
export type Matter = z.infer<typeof matterSchema>;

/** An event of a client's history, newest first (2.6.5). `number` null: none is given (yet); `who` is an employee or empty; `dueAt` is the term of what is open. */
export const clientHistoryRowSchema = z.object({
  type: z.string(), id: z.string(), at: z.string(), title: z.string(), subject: z.string(), number: z.string().nullable(), who: z.string(), state: z.string(), matter: matterSchema, dueAt: z.string().nullable(),
});
export type ClientHistoryRow = z.infer<typeof clientHistoryRowSchema>;

/** A file of a client's letter or appeal; `from` says which document it came with. */
export const clientFileRowSchema = attachmentSchema.extend({ at: z.string(), documentType: z.string(), documentId: z.string(), from: z.string() });
export type ClientFileRow = z.infer<typeof clientFileRowSchema>;

/**
 * Calls of the screen to the main process: name → arguments and answer. Adding a call = a line here and its handler in
 * `main/`. Names are sorted.
 */
export const calls = {
  /** «Журнал доступа», from the centre, for the auditor; off line a refusal `noConnection`. */
  'accessLog.list': { args: centreListSchema, answer: result(centrePageSchema(accessLineSchema)) },
  /** The window may close: everything unsaved was asked about. */
  'app.close': { args: nothing, answer: nothing },
  /** Scale, theme and other settings of the window are `settings`; this is what differs by machine. */
  'app.info': { args: nothing, answer: z.object({ version: z.string(), server: z.string(), platform: z.string() }) },
  /** Shows the true host and asks before opening in the system's browser; https, mailto, tel only. */
  'app.openExternal': { args: z.object({ url: z.string().max(4000) }), answer: result(nothing) },
  /** Prints what the window shows for paper; the access log tells of which document. */
  'app.print': { args: documentRef, answer: result(nothing) },
  /** Whether something is typed and not written: the window then asks before it closes. */
  'app.unsaved': { args: z.object({ unsaved: z.boolean() }), answer: nothing },
  /** Runs a command at once on the local base; `accepted` means durable here, the centre decides later. */
  'command.run': { args: z.object({ name: z.string(), input: z.json() }), answer: result(z.object({ commandId: z.string() })) },
  /** Has the centre offer the appeal to АС ФЭУ at once; off line a refusal `noConnection`. */
  'appeal.registerNow': { args: z.object({ appealId: z.string() }), answer: result(nothing) },
  'client.candidates': { args: z.object({ incomingEmailId: z.string() }), answer: z.array(candidateSchema) },
  /** Doubles of a card being written; a query, never part of a rule. */
  'client.doubles': { args: z.object({ client: z.record(z.string(), z.json()) }), answer: z.array(candidateSchema) },
  /** Everything of a client that the centre has, for what this desk does not hold (the first fill, another branch, what is older); off line a refusal `noConnection` unless it was read before. */
  'client.centreHistory': { args: z.object({ clientId: z.string() }), answer: result(z.object({ rows: z.array(clientHistoryRowSchema), more: z.boolean(), readAt: z.string() })) },
  'client.files': { args: z.object({ clientId: z.string() }), answer: z.array(clientFileRowSchema) },
  'client.history': { args: z.object({ clientId: z.string() }), answer: z.array(clientHistoryRowSchema) },
  /** Opening a card writes a line of the access log, offline too. */
  'client.opened': { args: z.object({ clientId: z.string() }), answer: nothing },
  'client.prefill': { args: z.object({ incomingEmailId: z.string() }), answer: clientPrefillSchema },
  /** The person agrees that the centre removes a large part of this desk's documents. */
  'connection.allowDeletion': { args: nothing, answer: nothing },
  'connection.state': { args: nothing, answer: connectionSchema },
  /** Try now. */
  'connection.sync': { args: nothing, answer: nothing },
  /** A document that this desk does not hold, read from the centre to be looked at; off line a refusal `noConnection` unless it was read before. */
  'document.fetch': { args: documentRef, answer: result(z.object({ row: listRowSchema, readAt: z.string() })) },
  /** One document for a form; of a document merged into another, that one, so that its id may differ from the one asked for. */
  'document.get': { args: documentRef, answer: listRowSchema.nullable() },
  /** History of changes: from the centre; off line a refusal `noConnection`. */
  'document.history': { args: documentRef, answer: result(z.array(historyEntrySchema)) },
  /** Ids of the documents that the query finds, in its order: for acts on selected rows. */
  'document.ids': { args: idsQuerySchema, answer: z.array(z.string()) },
  'document.list': { args: listQuerySchema, answer: listPageSchema },
  /** Totals of several lists in one call, for counts of the navigation. */
  'document.totals': { args: z.array(listQuerySchema).max(20), answer: z.array(z.number().int()) },
  /** What a column holds among the documents that the query finds: for filters and groups. */
  'document.values': { args: z.object({ query: listQuerySchema, column: z.string() }), answer: listValuesSchema },
  'draft.all': { args: nothing, answer: z.array(draftSchema) },
  'draft.remove': { args: z.object({ key: z.string() }), answer: nothing },
  'draft.save': { args: draftSchema.omit({ savedAt: true }), answer: nothing },
  /** Effects of a document (sending, registration): state at the centre. */
  'effect.list': { args: z.object({ documentId: z.string() }), answer: result(z.array(effectViewSchema)) },
  /** Puts the sanitised HTML of a letter into a frame of its own origin; `remote` lets pictures load for this letter. */
  'email.frame': { args: z.object({ html: z.string().max(20_000_000), remote: z.boolean() }), answer: z.object({ url: z.string() }) },
  'email.html': { args: z.object({ incomingEmailId: z.string() }), answer: result(z.object({ html: z.string() })) },
  /** The letter's .eml read again in another charset, for «Исправить кодировку»; off line only if the .eml is at the desk (`file.here`). */
  'email.reading': { args: z.object({ incomingEmailId: z.string(), charset: letterCharsetSchema }), answer: result(emailReadingSchema) },
  /** Lets the user choose files; they are stored here, encrypted, and uploaded before the command that names them. */
  'file.choose': { args: nothing, answer: result(z.array(z.object({ fileId: z.string(), name: z.string(), size: z.number().int(), mediaType: z.string() }))) },
  /** Fetches a file into the desk if it is not here; answers its address for a preview. */
  'file.fetch': { args: z.object({ fileId: z.string(), mediaType: z.string() }), answer: result(z.object({ url: z.string() })) },
  /** Whether a file is at the desk: it then opens off line too. */
  'file.here': { args: z.object({ fileId: z.string() }), answer: z.object({ here: z.boolean() }) },
  'file.open': { args: z.object({ fileId: z.string(), name: z.string() }), answer: result(nothing) },
  'file.save': { args: z.object({ files: z.array(z.object({ fileId: z.string(), name: z.string() })).min(1) }), answer: result(z.object({ folder: z.string() })) },
  /** A letter that is a file (.eml) of another one: taken apart here, its own files kept at the desk; off line only if the file is here. */
  'letter.open': { args: z.object({ fileId: z.string() }), answer: result(openedLetterSchema) },
  /** Asks where to save and begins the file of a list, for `print` only its rows; null when the person cancelled. `total` rows will be given. */
  'list.export': { args: listExportSchema, answer: result(z.object({ exportId: z.string(), total: z.number().int() }).nullable()) },
  'list.exportCancel': { args: z.object({ exportId: z.string() }), answer: nothing },
  /** The file is whole: its name and how many rows it has. */
  'list.exportEnd': { args: z.object({ exportId: z.string() }), answer: result(z.object({ name: z.string(), rows: z.number().int() })) },
  /** The next rows, in the order of the list as it was at the beginning, with the title of their group; none left = empty. */
  'list.exportRows': { args: z.object({ exportId: z.string() }), answer: z.object({ rows: z.array(listRowSchema), group: z.string().nullable() }) },
  /** Writes rows of cells; answered when the file has taken them. */
  'list.exportWrite': { args: z.object({ exportId: z.string(), rows: z.array(z.array(cellValueSchema)).max(1000) }), answer: result(nothing) },
  /** Prints a list; its line in the access log was written when `list.export` gave the rows. */
  'list.print': { args: listPrintSchema, answer: result(nothing) },
  /** Has the centre try the settings of a mailbox, with its stored secrets; off line a refusal `noConnection`. */
  'mailbox.check': { args: mailboxCheckRequestSchema, answer: result(mailboxCheckSchema) },
  /** Which secrets of a mailbox the centre has, never what they hold. */
  'mailbox.secretNames': { args: z.object({ mailboxId: z.string() }), answer: result(mailboxSecretNamesSchema) },
  'mailbox.setSecrets': { args: setMailboxSecretsSchema, answer: result(nothing) },
  /** Puts a fetched PDF into a frame of its own origin; the address shows it once. */
  'pdf.frame': { args: z.object({ fileId: z.string() }), answer: z.object({ url: z.string() }) },
  /** Prints all pages of a fetched PDF; the access log names the file. */
  'pdf.print': { args: z.object({ fileId: z.string(), name: z.string().max(400) }), answer: result(nothing) },
  'rejected.list': { args: nothing, answer: z.array(rejectedCommandSchema) },
  /** Sends the command again, with the input as corrected, under a new commandId. */
  'rejected.resend': { args: z.object({ commandId: z.string(), input: z.json() }), answer: result(z.object({ commandId: z.string() })) },
  'rejected.setAside': { args: z.object({ commandId: z.string() }), answer: nothing },
  /** What lies outside this desk's base, from the centre; off line a refusal `noConnection`. */
  'search.centre': { args: searchTextSchema, answer: result(searchAnswerSchema) },
  /** Finds anyone and anything by whatever was typed, on this desk's base; no text is an error. */
  'search.find': { args: searchTextSchema, answer: searchAnswerSchema },
  'search.pin': { args: z.object({ clientId: z.string(), pinned: z.boolean() }), answer: nothing },
  /** Clients pinned, and opened lately, by this user at this desk. */
  'search.recent': { args: nothing, answer: z.object({ pinned: z.array(recentClientSchema), recent: z.array(recentClientSchema) }) },
  'sentMail.list': { args: centreListSchema, answer: result(centrePageSchema(sentMailSchema)) },
  /** Locks the window; what is open stays as it is. */
  'session.lock': { args: nothing, answer: sessionStateSchema },
  'session.login': { args: z.object({ login: z.string(), password: z.string(), deskName: z.string(), newPassword: z.string().optional() }), answer: result(sessionStateSchema) },
  'session.logout': { args: nothing, answer: sessionStateSchema },
  'session.state': { args: nothing, answer: sessionStateSchema },
  /** The password of whoever is logged in opens the locked window again. */
  'session.unlock': { args: z.object({ password: z.string() }), answer: result(sessionStateSchema) },
  /** Settings of this user: columns of lists, theme, scale, panes. */
  'settings.get': { args: z.object({ key: z.string() }), answer: z.json() },
  'settings.set': { args: z.object({ key: z.string(), value: z.json() }), answer: nothing },
  'user.setPassword': { args: z.object({ userId: z.string(), password: z.string(), oneTime: z.boolean() }), answer: result(nothing) },
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallArgs<N extends CallName> = z.infer<Calls[N]['args']>;
export type CallAnswer<N extends CallName> = z.infer<Calls[N]['answer']>;

/** Events of the main process to the screen: they tell that something happened. */
export const events = {
  /** Documents of these types changed: lists and open forms read again. */
  changed: z.object({ types: z.array(z.string()) }),
  /** The person closes the window while something is unsaved: the page asks, and answers by `app.close`. */
  closing: nothing,
  /** A command key was pressed somewhere in the window; the page needs those pressed inside a letter's frame. */
  commandKey: z.object({ key: z.string(), code: z.string(), ctrlKey: z.boolean(), altKey: z.boolean(), shiftKey: z.boolean(), metaKey: z.boolean() }),
  connection: connectionSchema,
  session: sessionStateSchema,
} as const;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = z.infer<Events[N]>;

/** What the preload exposes as `window.okno`, nothing else. */
export interface Bridge {
  readonly call: (name: CallName, args: unknown) => Promise<unknown>;
  readonly on: (name: EventName, listener: (payload: unknown) => void) => () => void;
}

