/**
 * Addresses of the central API, the same for desk and centre. Bodies: GET answers and POST requests are the schemas of
 * `http.ts` and `sync.ts`; a failed call answers `problemSchema`. All but welcome, login and health need `Authorization: Bearer <token>`.
 */
export const paths = {
  health: '/health',
  /** GET → 200 while the process answers at all. */
  live: '/health/live',
  /** GET → a page for people: how the centre stands. */
  status: '/status',
  /** GET → text for Prometheus, with `--metrics-token`. */
  metrics: '/metrics',
  /** GET → welcomeSchema. */
  welcome: '/api/v1/welcome',
  /** POST loginRequestSchema → loginResponseSchema: logs in. DELETE → {}: logs out. */
  session: '/api/v1/session',
  /** POST pushRequestSchema → pushResponseSchema. Empty `commands` asks only for the epoch and the time. */
  push: '/api/v1/sync/push',
  /** POST pullRequestSchema → pullResponseSchema. */
  pull: '/api/v1/sync/pull',
  /** POST leaseRequestSchema → leaseAnswerSchema. */
  lease: '/api/v1/sync/lease',
  /** GET → text/event-stream of hintSchema. */
  hints: '/api/v1/sync/hints',
  /** POST accessLogRequestSchema → {}. */
  accessLog: '/api/v1/sync/access-log',
  /** POST snapshotRequestSchema → snapshotAnswerSchema: a ready file for the first fill. */
  snapshot: '/api/v1/sync/snapshot',
  /** POST setPasswordSchema → {}. */
  setPassword: '/api/v1/users/password',
  /** POST searchTextSchema → searchAnswerSchema: what the user may see of the whole base. */
  search: '/api/v1/search',
  /** POST setMailboxSecretsSchema → {}, for the administrator. */
  mailboxSecrets: '/api/v1/mailboxes/secrets',
  /** POST mailboxCheckRequestSchema → mailboxCheckSchema, for the administrator. */
  mailboxCheck: '/api/v1/mailboxes/check',
  /** POST centreListSchema → a page of accessLineSchema, for the auditor. */
  accessLines: '/api/v1/access-log',
  /** POST centreListSchema → a page of sentMailSchema. */
  sentMail: '/api/v1/sent-mail',
  /** For other programs (docs/api.md): the kinds, and below it a list and a document of each. */
  documents: '/api/v1/documents',
  /** For other programs: GET what may be run, POST commandRequestSchema. */
  commands: '/api/v1/commands',
  /** For other programs: the feed of changes. */
  changes: '/api/v1/changes',
} as const;

/** GET → the bytes; PUT bytes (application/octet-stream), checked against the address; `fileId` is sha256, hex. */
export function filePath(fileId: string): string {
  return `/api/v1/files/${encodeURIComponent(fileId)}`;
}

/**
 * A file in parts, for a slow or broken line. PUT the bytes from `from` on → partAnswerSchema: how many of its first bytes are here. Bytes that do not begin there are
 * not taken, so an empty part asks where to go on; with the last one the file is checked against its address and is there.
 */
export function filePartPath(fileId: string, from: number, size: number): string {
  return `${filePath(fileId)}/parts?from=${String(from)}&size=${String(size)}`;
}

/** GET → mailboxSecretNamesSchema: which secrets of a mailbox are stored, never what they hold. */
export function mailboxSecretNamesPath(mailboxId: string): string {
  return `/api/v1/mailboxes/${encodeURIComponent(mailboxId)}/secrets`;
}

/** GET → the bytes of one part of a snapshot's file, counted from 0; 404 when that file is given to this user no more. */
export function snapshotPartPath(id: string, part: number): string {
  return `${paths.snapshot}/${encodeURIComponent(id)}/${String(part)}`;
}

/** GET → readDocumentSchema: a document that the user may see, a merged client as the one it became. */
export function documentPath(type: string, id: string): string {
  return `/api/v1/reading/${encodeURIComponent(type)}/${encodeURIComponent(id)}`;
}

/** GET → clientDocumentsSchema: what belongs to a client, the latest changed first. */
export function clientDocumentsPath(clientId: string): string {
  return `/api/v1/reading/client/${encodeURIComponent(clientId)}/documents`;
}

/** GET → historyEntrySchema[], newest first. */
export function historyPath(type: string, id: string): string {
  return `/api/v1/documents/${encodeURIComponent(type)}/${encodeURIComponent(id)}/history`;
}

/** POST → {}: the appeal is offered to АС ФЭУ at once; 409 `wrongState` if it waits for nothing. */
export function registrationPath(appealId: string): string {
  return `/api/v1/appeals/${encodeURIComponent(appealId)}/registration`;
}

/** GET → effectViewSchema[] of a document, newest first. */
export function effectsPath(documentId: string): string {
  return `/api/v1/effects?documentId=${encodeURIComponent(documentId)}`;
}
