import type { Client } from '../../shared/domain/client/model.ts';
import type { ContactEvent } from '../../shared/domain/contact-event/model.ts';
import type { IncomingEmail } from '../../shared/domain/incoming-email/model.ts';
import { receivedEmailSchema } from '../../shared/domain/incoming-email/received-model.ts';
import { aClient, anIncomingEmail } from '../helpers/builders.ts';
import type { SystemCommand } from '../../server/commands/run-system.ts';
import { commandIdFor } from '../../server/commands/system-runner.ts';
import type { MemoryDesk } from './memory-desk.ts';
import type { Random } from './random.ts';

export interface Work {
  readonly name: string;
  readonly input: unknown;
}

const edit = (before: unknown, path: string, after: unknown) => ({ path, before: before ?? null, after });

/** What a person at this desk may do next, seeing what he sees; null: nothing. */
export function nextWork(desk: MemoryDesk, userId: string, random: Random): Work | null {
  const emails = desk.all('incomingEmail') as readonly IncomingEmail[]; // asked by their type
  const mine = emails.filter(({ holderId, state }) => holderId === userId && (state === 'inWork' || state === 'numbered'));
  const email = random.pick(mine.length > 0 && random.chance(0.7) ? mine : emails.filter(({ state }) => state !== 'done'));
  const kind = random.between(0, 9);
  if (kind === 0) return { name: 'client.create', input: { client: withoutOwn(aClient({ id: `client-${random.uuid()}`, lastName: `Фамилия${random.between(1, 50)}` })), link: null } };
  if (kind === 1) return saveClient(random.pick(desk.all('client') as readonly Client[]), random); // asked by its type
  if (kind === 2) {
    const event = random.pick(desk.all('contactEvent') as readonly ContactEvent[]); // asked by its type
    return event === undefined ? null : { name: 'contactEvent.comment', input: { id: event.id, comment: `Заметка ${random.between(1, 999)}` } };
  }
  return email === undefined ? null : emailWork(email, userId, random);
}

function withoutOwn({ registeredAt: _registered, aliasOf: _alias, deleted: _deleted, ...form }: Client): object {
  return form;
}

function saveClient(client: Client | undefined, random: Random): Work | null {
  return client === undefined ? null : { name: 'client.save', input: { id: client.id, edits: [edit(client.firstName, 'firstName', `Имя${random.between(1, 99)}`)] } };
}

function emailWork(email: IncomingEmail, userId: string, random: Random): Work {
  const { id } = email;
  if (email.holderId !== userId) return { name: random.chance(0.05) ? 'incomingEmail.markSpam' : 'incomingEmail.take', input: { id } };
  if (random.chance(0.1)) return { name: 'incomingEmail.returnToQueue', input: { id } };
  if (email.classification === null)
    return {
      name: 'incomingEmail.save',
      input: { id, edits: [edit(email.fromWhom, 'fromWhom', 'consumer'), edit(null, 'classification', 'text'), edit(email.kindId, 'kindId', 'kind-101'), edit(email.categoryId, 'categoryId', 'category-2'), edit(email.subtopicId, 'subtopicId', 'subtopic-108')] },
    };
  if (email.clientId === null) return { name: 'incomingEmail.chooseClient', input: { id, clientId: `client-${random.between(1, 3)}`, link: 'this' } };
  if (email.number === null) return { name: 'incomingEmail.assignNumber', input: { id } };
  return { name: 'incomingEmail.finish', input: { id, reason: 'Ответ не нужен', comment: '' } };
}

/** A letter that has come. The same `n` gives the same command, as a letter delivered twice does (F35). */
export function receivedEmail(n: number, at: string): SystemCommand {
  const email = receivedEmailSchema.parse(anIncomingEmail({ id: `em-${n}`, receivedAt: at, messageId: `${n}@pochta-mo.ru`, subject: `Вопрос ${n}`, from: { name: '', address: `a${n}@pochta-mo.ru` } }));
  return { name: 'incomingEmail.receive', input: { email, deliveryReports: [] }, commandId: commandIdFor(`em-${n}`), happenedAt: at };
}
