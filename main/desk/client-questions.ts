import { OknoError } from '../../shared/base/errors.ts';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import { foldedWords } from '../../shared/base/fold.ts';
import { driveSync, type Asking, type Read, type ReadAnswer } from '../../shared/base/rule-book.ts';
import { clientCandidates as candidatesOf, clientDoubles as doublesOf, type ClientMatch } from '../../shared/domain/client/candidate-rules.ts';
import { client as clientType, clientSchema, type Client } from '../../shared/domain/client/model.ts';
import type { IncomingEmail } from '../../shared/domain/incoming-email/model.ts';
import { clientPrefill as prefillOf } from '../../shared/domain/incoming-email/text-rules.ts';
import type { CallAnswer, Candidate } from '../../shared/protocol/ipc.ts';
import type { Cache } from '../db/cache.ts';
import { listPage, listRow } from '../db/list-query.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import { isSimilarName } from './similar-name.ts';
import { textOf } from '../../shared/base/json.ts';

function ask<T>(cache: Cache, asking: Asking<T>): T {
  return driveSync(asking, (read: Read): ReadAnswer => {
    if (read.kind === 'number') throw new Error('A question takes no numbers');
    return cache.answer(read);
  });
}

function rowOf(cache: Cache, document: AnyDocument): Candidate['row'] {
  return listRow(cache, documentTypeOf(clientType.type), document, cache.get(clientType.type, document.id)?.pending ?? false);
}

function candidate(cache: Cache, { client, matched }: ClientMatch): Candidate {
  return { row: rowOf(cache, client), matched: [...matched] };
}

function emailOf(cache: Cache, id: string): IncomingEmail {
  const stored = cache.get('incomingEmail', id);
  if (stored === null) throw new OknoError('notFound', { id });
  return stored.document as IncomingEmail; // the table of this type holds parsed documents of it
}

/** Clients that a letter may be from (2.6.4.3), those with more matches first. */
export function clientCandidates(cache: Cache, incomingEmailId: string): CallAnswer<'client.candidates'> {
  return ask(cache, candidatesOf(emailOf(cache, incomingEmailId))).map((match) => candidate(cache, match));
}

const similarLooked = 200;

/** Doubles of a card being written (2.6.6.9): exact matches of the rules, and very similar names, which never decide inside a rule. */
export function clientDoubles(cache: Cache, card: Readonly<Record<string, unknown>>): CallAnswer<'client.doubles'> {
  const parsed = clientSchema.safeParse(card);
  if (!parsed.success) throw new OknoError('invalidInput', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  const exact = ask(cache, doublesOf(parsed.data)).map((match) => candidate(cache, match));
  const known = new Set(exact.map(({ row }) => row.document['id']));
  const similar = similarClients(cache, parsed.data).filter(({ row }) => !known.has(row.document['id']));
  return [...exact, ...similar];
}

function similarClients(cache: Cache, { id, name }: Client): readonly Candidate[] {
  const [first = '', second = ''] = foldedWords(name);
  if (first.length < 3) return [];
  const { rows } = listPage(cache, {
    type: 'client', where: [], anyOf: [], search: `${first.slice(0, 3)} ${second.slice(0, 2)}`, sort: [{ column: 'name', descending: false }], offset: 0, limit: similarLooked,
  });
  return rows
    .filter(({ document }) => document['id'] !== id && document['aliasOf'] === null && isSimilarName(name, textOf(document['name'])))
    .map((row) => ({ row, matched: ['similarName' as const] }));
}

/** What «Создать клиента» fills in from a letter (2.6.6.2). */
export function clientPrefill(cache: Cache, incomingEmailId: string): CallAnswer<'client.prefill'> {
  const { lastName, firstName, middleName, phones, emails, inn, address } = prefillOf(emailOf(cache, incomingEmailId));
  return { lastName, firstName, middleName, phones: [...phones], emails: [...emails], inn, address };
}
