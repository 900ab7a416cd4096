import { z } from 'zod';
import { refusal } from '../../base/errors.ts';
import { fieldEditSchema } from '../../base/field-edits.ts';
import { accept, defineCommand, refuse, type Asking, type Change, type Refused } from '../../base/rule-book.ts';
import { get, put } from '../reads.ts';
import { client as clientType, type Client } from './model.ts';
import { mergeStep, withoutMerge } from './merge-rules.ts';
import { clientProblem } from './rules.ts';

const mergeRoles = ['supervisor'] as const;
const mostCards = 20;

/** A card that stands by itself; else the refusal. */
function* standingCard(id: string): Asking<Client | Refused> {
  const card = yield* get('client', id);
  if (card === null) return refuse(refusal('notFound'));
  return card.aliasOf === null ? card : refuse(refusal('cardMerged', { name: clientType.presentation(card) }));
}

/**
 * «Объединить»: doubles become one client. `edits` of each discarded card are the fields whose value is taken from it; phones, e-mails, addresses
 * and contact persons come together by themselves. The discarded card keeps all it holds and points at the kept one: every read follows it.
 */
export const merge = defineCommand({
  name: 'client.merge',
  title: 'Объединить',
  version: 1,
  roles: mergeRoles,
  input: z.object({ id: z.string().min(1), discarded: z.array(z.object({ id: z.string().min(1), edits: z.array(fieldEditSchema).max(100) })).min(1).max(mostCards) }),
  undo: 'client.unmerge',
  *decide({ id, discarded }, context) {
    if (new Set([id, ...discarded.map((card) => card.id)]).size <= discarded.length) return refuse(refusal('invalidInput', { field: 'Карточки' }));
    const first = yield* standingCard(id);
    if ('ok' in first) return first;
    let kept = first;
    const aliases: Change[] = [];
    for (const { id: otherId, edits: chosen } of discarded) {
      const other = yield* standingCard(otherId);
      if ('ok' in other) return other;
      const step = mergeStep(kept, other, chosen);
      if ('refusal' in step) return refuse(step.refusal);
      kept = step.kept;
      aliases.push(put('client', { ...other, aliasOf: kept.id, merged: { into: kept.id, by: context.author.userId, at: context.now, edits: [...step.edits] } }));
    }
    const problem = clientProblem(kept);
    return problem === null ? accept([put('client', kept), ...aliases]) : refuse(problem);
  },
});

/** «Отменить объединение»: the discarded cards stand by themselves again, with the links they had; what the merge changed on the kept card goes. */
export const unmerge = defineCommand({
  name: 'client.unmerge',
  title: 'Отменить объединение',
  version: 1,
  roles: mergeRoles,
  input: z.object({ id: z.string().min(1), discarded: z.array(z.object({ id: z.string().min(1) })).min(1).max(mostCards) }),
  undo: null,
  *decide({ id, discarded }) {
    const first = yield* standingCard(id);
    if ('ok' in first) return first;
    let kept = first;
    const cards: Change[] = [];
    const seen = new Set<string>();
    // The last one merged first: each gives back what it had found.
    for (const { id: otherId } of discarded.toReversed()) {
      const other = yield* get('client', otherId);
      if (other === null) return refuse(refusal('notFound'));
      const { merged, ...card } = other;
      if (merged === undefined || merged.into !== id || seen.has(otherId)) return refuse(refusal('notMerged', { name: clientType.presentation(other) }));
      seen.add(otherId);
      kept = withoutMerge(kept, merged.edits);
      cards.push(put('client', { ...card, aliasOf: null }));
    }
    return accept([put('client', kept), ...cards]);
  },
});
