import type { Author } from '../../shared/base/rule-book.ts';
import { systemAuthor } from '../../shared/base/scope.ts';
import { aClient } from '../helpers/builders.ts';
import type { World } from '../helpers/domain-world.ts';
import type { Random } from './random.ts';
import { receivedEmail } from './workload.ts';

const byId = ['take', 'returnToQueue', 'markSpam', 'unmarkSpam', 'restore', 'assignNumber'] as const;
const fields: readonly (readonly [string, readonly unknown[]])[] = [
  ['fromWhom', ['consumer', 'notConsumer', null]], ['classification', ['text', 'official', 'reconciliation', null]], ['kindId', ['kind-101', null]], ['categoryId', ['category-2', null]], ['subtopicId', ['subtopic-108', null]],
];

/** A random command of one of `authors` (or of the centre itself) on one of a few documents; much of it is to be refused. */
export function randomCommand(random: Random, world: World, authors: readonly Author[]): { readonly name: string; readonly input: unknown; readonly author: Author } {
  const id = `em-${random.between(1, 5)}`;
  const email = world.store.get('incomingEmail', id);
  const holder = [...authors].find(({ userId }) => userId === email?.holderId);
  const author = holder !== undefined && random.chance(0.8) ? holder : (random.pick(authors) ?? systemAuthor);
  const edits = fields.filter(() => random.chance(0.7)).map(([path, values]) => ({ path, before: random.chance(0.9) ? Object.entries(email ?? {}).find(([name]) => name === path)?.[1] ?? null : 'другое', after: random.pick(values) ?? null }));
  const choices = [
    { ...receivedEmail(random.between(1, 5), world.now), author: systemAuthor },
    { name: `incomingEmail.${random.pick(byId) ?? 'take'}`, input: { id }, author },
    { name: 'incomingEmail.save', input: { id, edits }, author },
    { name: 'incomingEmail.save', input: { id, edits: fields.map(([path, [value]]) => ({ path, before: Object.entries(email ?? {}).find(([name]) => name === path)?.[1] ?? null, after: value })) }, author },
    { name: 'incomingEmail.chooseClient', input: { id, clientId: `client-${random.between(1, 3)}`, link: random.pick(['this', 'later', 'all']) }, author },
    { name: 'incomingEmail.finish', input: { id, reason: random.pick(['', 'Не нужен']), comment: '' }, author },
    { name: 'incomingEmail.reassign', input: { id, userId: random.pick(authors)?.userId }, author },
    { name: 'contactEvent.comment', input: { id: email?.eventId ?? 'none', comment: 'Заметка' }, author },
    { name: 'client.create', input: { client: aClient({ id: `client-${random.between(1, 6)}` }), link: null }, author },
    { name: 'client.save', input: { id: `client-${random.between(1, 4)}`, edits: [{ path: random.pick(['firstName', 'registeredAt', 'inn']), before: 'Марина', after: random.pick(['Анна', '7707083893', '1']) }] }, author },
    { name: 'mailFilter.add', input: { id: `filter-${random.between(1, 3)}`, address: `a${random.between(1, 5)}@pochta-mo.ru`, reason: 'Реклама' }, author },
    { name: 'mailFilter.remove', input: { id: `filter-${random.between(1, 3)}` }, author },
  ] as const;
  const chosen = random.pick(choices) ?? choices[1];
  return { name: chosen.name, input: chosen.input, author: chosen.author };
}
