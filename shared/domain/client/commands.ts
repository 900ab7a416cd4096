import { z } from 'zod';
import { refusal } from '../../base/errors.ts';
import { applyFieldEdits, fieldEditSchema } from '../../base/field-edits.ts';
import { idSource } from '../../base/id-source.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { keptApart, linkOfAddress } from '../address-link/rules.ts';
import { clientById, emailInWork, withClient } from '../incoming-email/rules.ts';
import { getMarked, put } from '../reads.ts';
import { clientSchema, type Client } from './model.ts';
import { referenceProblem } from './reference-rules.ts';
import { clientProblem, completedClient } from './rules.ts';

const cardRoles = ['operator', 'mailSupervisor', 'supervisor', 'frontDesk'] as const;

/** Fields that the program alone sets. */
const ownFields = ['id', 'registeredAt', 'aliasOf', 'merged', 'deleted'];

/** 2.6.6: a new card; made from a letter it ties this letter alone (`this`), or this and all later ones (`later`, 2.6.6.8). */
export const create = defineCommand({
  name: 'client.create',
  title: 'Создать клиента',
  version: 1,
  roles: cardRoles,
  input: z.object({
    client: clientSchema.omit({ registeredAt: true, aliasOf: true, merged: true, deleted: true }),
    link: z.object({ incomingEmailId: z.string().min(1), link: z.enum(['this', 'later']) }).nullable(),
  }),
  undo: null,
  *decide({ client: form, link }, context) {
    if ((yield* getMarked('client', form.id)) !== null) return refuse(refusal('duplicateKey', { key: form.id }));
    const client = completedClient({ ...form, registeredAt: context.now, aliasOf: null });
    const problem = clientProblem(client) ?? (yield* referenceProblem(client, null, context));
    if (problem !== null) return refuse(problem);
    if (link === null) return accept([put('client', client)]);
    const email = yield* emailInWork(link.incomingEmailId, context);
    if ('refusal' in email) return email;
    if (email.fromWhom === 'notConsumer') return refuse(refusal('notConsumer'));
    const { address } = email.from;
    const links = link.link === 'later' ? yield* linkOfAddress(address, client.id, idSource(context), context) : yield* keptApart(address, client, idSource(context), context);
    return accept([put('client', client), ...links, ...(yield* withClient([email], client.id))]);
  },
});

/** Writes the changed fields of a card; others' changes to other fields stay, the same field asks. */
export const save = defineCommand({
  name: 'client.save',
  title: 'Записать',
  version: 1,
  roles: cardRoles,
  input: z.object({ id: z.string().min(1), edits: z.array(fieldEditSchema).max(1000) }),
  undo: null,
  *decide({ id, edits }, context) {
    const before = yield* clientById(id);
    if (before === null) return refuse(refusal('notFound'));
    const foreign = edits.find(({ path }) => ownFields.includes(path.split('.')[0] ?? '') || !Object.hasOwn(clientSchema.shape, path.split('.')[0] ?? ''));
    if (foreign !== undefined) return refuse(refusal('invalidInput', { field: foreign.path }));
    const { merged, conflicts } = applyFieldEdits(before, edits);
    if (conflicts.length > 0) return refuse(refusal('fieldConflict', { conflicts: conflicts.map((conflict) => ({ ...conflict })) }));
    const parsed = clientSchema.safeParse(merged);
    if (!parsed.success) return refuse(refusal('invalidInput', { field: parsed.error.issues[0]?.path.join('.') ?? '' }));
    const after: Client = completedClient(parsed.data, before);
    const problem = clientProblem(after) ?? (yield* referenceProblem(after, before, context));
    return problem === null ? accept([put('client', after)]) : refuse(problem);
  },
});
