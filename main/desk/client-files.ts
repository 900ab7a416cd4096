import { documentTypeOf, type DocumentName } from '../../shared/domain/documents.ts';
import type { Appeal } from '../../shared/domain/appeal/model.ts';
import type { Attachment, IncomingEmail } from '../../shared/domain/incoming-email/model.ts';
import type { OutgoingEmail } from '../../shared/domain/outgoing-email/model.ts';
import type { ClientFileRow } from '../../shared/protocol/ipc.ts';
import type { Cache } from '../db/cache.ts';
import { ofClient } from './client-history.ts';

interface WithFiles {
  readonly id: string;
  readonly attachments: readonly Attachment[];
}

/** Files of letters and appeals of a client, newest first. A file that went on with its letter into an appeal is shown once, where it came first. */
export function clientFiles(cache: Cache, clientId: string): ClientFileRow[] {
  const rowsOf = <T extends WithFiles>(type: DocumentName, timeOf: (document: T) => string): ClientFileRow[] =>
    ofClient<T>(cache, clientId, type).flatMap((document) => {
      const { title, presentation } = documentTypeOf(type);
      const from = `${title}: ${presentation(document as never)}`; // the presentation of the very type that was asked for
      // Pictures inside the text of a letter (signatures, logos) are no files of the client.
      return document.attachments.filter(({ inline }) => !inline).map((attachment) => ({ ...attachment, at: timeOf(document), documentType: type, documentId: document.id, from }));
    });
  const rows = [
    ...rowsOf<IncomingEmail>('incomingEmail', ({ receivedAt }) => receivedAt),
    ...rowsOf<OutgoingEmail>('outgoingEmail', ({ sentAt, createdAt }) => sentAt ?? createdAt),
    ...rowsOf<Appeal>('appeal', ({ createdAt }) => createdAt),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const first = new Map<string, ClientFileRow>();
  for (const row of rows) if (!first.has(`${row.fileId} ${row.name}`)) first.set(`${row.fileId} ${row.name}`, row);
  return [...first.values()].toReversed();
}
