import { refusal, type Refusal } from '../../base/errors.ts';
import type { Asking, Context } from '../../base/rule-book.ts';
import { get, getAll } from '../reads.ts';
import type { Client } from './model.ts';

const references = [
  { field: 'managerId', type: 'employee', title: 'Основной менеджер' },
  { field: 'contractId', type: 'contract', title: 'Основной договор' },
  { field: 'businessRegionId', type: 'businessRegion', title: 'Бизнес-регион' },
  { field: 'intermediaryId', type: 'client', title: 'Посредник' },
] as const;

const wrong = (title: string, rule: string): Refusal => refusal('invalidInput', { field: `${title}: ${rule}` });

/**
 * Why a card may not name what it names; null if it may. Only what changed since `before` is looked at: an entry that was marked for deletion
 * afterwards stays where it was chosen. A card that was accepted stays on the screen while the desk's base is fetched anew.
 */
export function* referenceProblem(client: Client, before: Client | null, { laidAgain }: Pick<Context, 'laidAgain'>): Asking<Refusal | null> {
  if (laidAgain === true) return null;
  for (const { field, type, title } of references) {
    const id = client[field];
    if (id === null || id === before?.[field]) continue;
    if (field === 'intermediaryId' && id === client.id) return wrong(title, 'клиент не может быть посредником самому себе');
    const named = yield* get(type, id);
    if (named === null) return wrong(title, 'такой записи нет');
    if (field === 'contractId' && 'clientId' in named && !(yield* isOwner(client.id, named.clientId))) return wrong(title, 'это договор другого клиента');
  }
  const added = client.branchIds.filter((id) => before?.branchIds.includes(id) !== true);
  const branches = yield* getAll('branch', added);
  return branches.length === new Set(added).size ? null : wrong('Филиалы', 'такой записи нет');
}

/** True for the client himself and for the card that was merged into his. */
function* isOwner(clientId: string, ownerId: string): Asking<boolean> {
  return ownerId === clientId || (yield* get('client', ownerId))?.aliasOf === clientId;
}
