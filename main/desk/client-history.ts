import { appealStateTitles, type Appeal, type AppealState } from '../../shared/domain/appeal/model.ts';
import { applicationStageTitles, type Application } from '../../shared/domain/application/model.ts';
import { isApplicationOver } from '../../shared/domain/application/rules.ts';
import type { Client } from '../../shared/domain/client/model.ts';
import { channelTitles, outcomeTitles, type ContactEvent } from '../../shared/domain/contact-event/model.ts';
import { incomingEmailStateTitles, type IncomingEmail, type IncomingEmailState } from '../../shared/domain/incoming-email/model.ts';
import { outgoingEmailKindTitles, outgoingEmailStateTitles, type OutgoingEmail, type OutgoingEmailState } from '../../shared/domain/outgoing-email/model.ts';
import type { Task } from '../../shared/domain/task/model.ts';
import type { ClientHistoryRow, Matter } from '../../shared/protocol/ipc.ts';
import type { Cache } from '../db/cache.ts';

function found<T>(cache: Cache, type: string, index: string, key: string): readonly T[] {
  return cache.table(type).find(index, key) as unknown as readonly T[]; // the table of that type holds parsed documents of it
}

const incomingMatters: Readonly<Record<IncomingEmailState, Matter>> = { new: 'open', inWork: 'open', numbered: 'open', done: 'done', spam: 'over', unwanted: 'over' };
const outgoingMatters: Readonly<Record<OutgoingEmailState, Matter>> = { draft: 'open', queued: 'waiting', sent: 'done', failed: 'failed', unknown: 'failed', cancelled: 'over', undelivered: 'failed' };
const appealMatters: Readonly<Record<AppealState, Matter>> = { awaitsRegistration: 'waiting', preparation: 'open', check: 'open', closed: 'done' };

/** The term of the work on a document: the earliest of its running tasks. */
function termOf(cache: Cache, documentId: string): string | null {
  const terms = found<Task>(cache, 'task', 'openOf', documentId).flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt]));
  return terms.toSorted()[0] ?? null;
}

function letterIn(cache: Cache, email: IncomingEmail): ClientHistoryRow {
  const matter = incomingMatters[email.state];
  return {
    type: 'incomingEmail', id: email.id, at: email.receivedAt, title: 'Входящее письмо', subject: email.subject, number: email.number, who: nameOf(cache, 'user', email.holderId),
    state: incomingEmailStateTitles[email.state], matter, dueAt: matter === 'open' ? termOf(cache, email.id) : null,
  };
}

function letterOut(cache: Cache, email: OutgoingEmail): ClientHistoryRow {
  const byProgram = email.kind.startsWith('autoReply') || email.kind === 'responsibleNotice';
  return {
    type: 'outgoingEmail', id: email.id, at: email.sentAt ?? email.createdAt, title: byProgram ? outgoingEmailKindTitles[email.kind] : `Исходящее письмо: ${outgoingEmailKindTitles[email.kind].toLowerCase()}`.replace(/: письмо$/, ''),
    subject: email.subject, number: null, who: byProgram ? '' : nameOf(cache, 'user', email.authorId), state: outgoingEmailStateTitles[email.state], matter: outgoingMatters[email.state], dueAt: null,
  };
}

function appealRow(cache: Cache, appeal: Appeal): ClientHistoryRow {
  const matter = appealMatters[appeal.state];
  return {
    type: 'appeal', id: appeal.id, at: appeal.createdAt, title: 'Обращение', subject: cache.title('subtopic', appeal.subtopicId) ?? appeal.content.slice(0, 200), number: appeal.number ?? (appeal.internetCardNumber || null),
    who: nameOf(cache, 'employee', appeal.responsibleId), state: appealStateTitles[appeal.state], matter, dueAt: matter === 'done' ? null : appeal.dueAt,
  };
}

function applicationRow(application: Application): ClientHistoryRow {
  const { stage } = application;
  const over = isApplicationOver(stage);
  return {
    type: 'application', id: application.id, at: application.receivedAt, title: 'Заявка на ТП', subject: application.objectName, number: application.number, who: '', state: applicationStageTitles[stage],
    matter: stage === 'completed' ? 'done' : over ? 'over' : 'open', dueAt: over ? null : application.dueAt,
  };
}

function eventRow(cache: Cache, event: ContactEvent): ClientHistoryRow {
  return {
    type: 'contactEvent', id: event.id, at: event.occurredAt, title: channelTitles[event.channel], subject: event.subject, number: event.number, who: nameOf(cache, 'user', event.finishedBy),
    state: event.outcome === null ? '' : outcomeTitles[event.outcome], matter: event.outcome === null ? 'none' : 'done', dueAt: null,
  };
}

function nameOf(cache: Cache, type: string, id: string | null): string {
  return id === null ? '' : (cache.title(type, id) ?? '');
}

/** The card and those that were merged into it, of whatever depth: documents may still name them. */
function withMerged(cache: Cache, clientId: string): readonly string[] {
  const ids = new Set([clientId]);
  for (const id of ids) for (const merged of found<Client>(cache, 'client', 'byAlias', id)) ids.add(merged.id); // a set visits what is added meanwhile
  return [...ids];
}

/** Documents of one type that name the client, or a card that was merged into his. */
export function ofClient<T>(cache: Cache, clientId: string, type: string): readonly T[] {
  return withMerged(cache, clientId).flatMap((id) => found<T>(cache, type, 'byClient', id));
}

/** What belongs to one client, by kind. */
export interface ClientDocuments {
  readonly incoming: readonly IncomingEmail[];
  readonly outgoing: readonly OutgoingEmail[];
  readonly appeals: readonly Appeal[];
  readonly applications: readonly Application[];
  readonly events: readonly ContactEvent[];
}

/** Rows of a history, newest first. An event whose letter is here too is shown once, as the letter. Names come from the cache. */
export function historyRows(cache: Cache, { incoming, outgoing, appeals, applications, events }: ClientDocuments): ClientHistoryRow[] {
  const shown = new Set([...incoming, ...outgoing].map(({ id }) => id));
  const rows = [
    ...incoming.map((email) => letterIn(cache, email)),
    ...outgoing.map((email) => letterOut(cache, email)),
    ...appeals.map((appeal) => appealRow(cache, appeal)),
    ...applications.map(applicationRow),
    ...events.filter(({ documentId }) => !shown.has(documentId)).map((event) => eventRow(cache, event)),
  ];
  return rows.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
}

/** Everything of a client that this desk holds, newest first (2.6.5, 2.6.7). */
export function clientHistory(cache: Cache, clientId: string): ClientHistoryRow[] {
  const of = <T>(type: string): readonly T[] => ofClient<T>(cache, clientId, type);
  return historyRows(cache, { incoming: of('incomingEmail'), outgoing: of('outgoingEmail'), appeals: of('appeal'), applications: of('application'), events: of('contactEvent') });
}
