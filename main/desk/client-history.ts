import { appealStateTitles, type Appeal } from '../../shared/domain/appeal/model.ts';
import { applicationStageTitles, type Application } from '../../shared/domain/application/model.ts';
import { channelTitles, outcomeTitles, type ContactEvent } from '../../shared/domain/contact-event/model.ts';
import { incomingEmailStateTitles, type IncomingEmail } from '../../shared/domain/incoming-email/model.ts';
import { outgoingEmailKindTitles, outgoingEmailStateTitles, type OutgoingEmail } from '../../shared/domain/outgoing-email/model.ts';
import type { CallAnswer } from '../../shared/protocol/ipc.ts';
import type { Cache } from '../db/cache.ts';

type HistoryRow = CallAnswer<'client.history'>[number];

function found<T>(cache: Cache, type: string, clientId: string): readonly T[] {
  return cache.table(type).find('byClient', clientId) as unknown as readonly T[]; // the table of that type holds parsed documents of it
}

/** Everything of a client, newest first (2.6.5, 2.6.7). An event whose letter is here too is shown once, as the letter. */
export function clientHistory(cache: Cache, clientId: string): CallAnswer<'client.history'> {
  const incoming = found<IncomingEmail>(cache, 'incomingEmail', clientId);
  const outgoing = found<OutgoingEmail>(cache, 'outgoingEmail', clientId);
  const shown = new Set([...incoming, ...outgoing].map(({ id }) => id));
  const rows: HistoryRow[] = [
    ...incoming.map((email) => ({ type: 'incomingEmail', id: email.id, at: email.receivedAt, title: email.number === null ? 'Входящее письмо' : `Входящее письмо ${email.number}`, subject: email.subject, state: incomingEmailStateTitles[email.state] })),
    ...outgoing.map((email) => ({ type: 'outgoingEmail', id: email.id, at: email.sentAt ?? email.createdAt, title: outgoingEmailKindTitles[email.kind], subject: email.subject, state: outgoingEmailStateTitles[email.state] })),
    ...found<Appeal>(cache, 'appeal', clientId).map((appeal) => ({ type: 'appeal', id: appeal.id, at: appeal.createdAt, title: `Обращение ${appeal.number ?? appeal.internetCardNumber}`, subject: appeal.content.slice(0, 200), state: appealStateTitles[appeal.state] })),
    ...found<Application>(cache, 'application', clientId).map((application) => ({ type: 'application', id: application.id, at: application.receivedAt, title: `Заявка ${application.number}`, subject: application.objectName, state: applicationStageTitles[application.stage] })),
    ...found<ContactEvent>(cache, 'contactEvent', clientId)
      .filter(({ documentId }) => !shown.has(documentId))
      .map((event) => ({ type: 'contactEvent', id: event.id, at: event.occurredAt, title: channelTitles[event.channel], subject: event.subject, state: event.outcome === null ? '' : outcomeTitles[event.outcome] })),
  ];
  return rows.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
}
