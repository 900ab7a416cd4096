import { z } from 'zod';
import { refusal } from '../../base/errors.ts';
import { applyFieldEdits, fieldEditSchema } from '../../base/field-edits.ts';
import { foldAddress } from '../../base/mail-address.ts';
import { accept, defineCommand, refuse, type Asking, type Change, type Refused } from '../../base/rule-book.ts';
import { readMailSettings } from '../mail-settings/rules.ts';
import { find, get, getMarked, put } from '../reads.ts';
import { mailboxSchema, type Mailbox } from './model.ts';
import { mailboxProblem, ownAddresses, tidyMailbox } from './rules.ts';

function* problemOf(mailbox: Mailbox): Asking<Refused | null> {
  const problem = mailboxProblem(mailbox);
  if (problem !== null) return refuse(problem);
  const sameAddress = yield* find('mailbox', 'byAddress', foldAddress(mailbox.address));
  return sameAddress.some(({ id }) => id !== mailbox.id) ? refuse(refusal('duplicateKey', { key: mailbox.address })) : null;
}

/** The mailbox, and its address among the company's own: no automatic reply goes to it, «Ответить всем» leaves it out. */
function* written(mailbox: Mailbox, before: Mailbox | null): Asking<readonly Change[]> {
  const settings = yield* readMailSettings();
  const changes: Change[] = [put('mailbox', mailbox)];
  if (settings === null || [settings.clientsMailbox, settings.requestsMailbox].some((own) => foldAddress(own) === foldAddress(mailbox.address))) return changes;
  const otherMailboxes = [...ownAddresses(settings.otherMailboxes, before?.address ?? null, mailbox.address)];
  return otherMailboxes.join('\n') === settings.otherMailboxes.join('\n') ? changes : [...changes, put('mailSettings', { ...settings, otherMailboxes })];
}

export const create = defineCommand({
  name: 'mailbox.create',
  title: 'Добавить почтовый ящик',
  version: 1,
  roles: ['administrator'],
  input: z.object({ mailbox: mailboxSchema.omit({ deleted: true }) }),
  undo: null,
  *decide({ mailbox: form }) {
    const mailbox = tidyMailbox(form);
    if (mailbox.id === '' || (yield* getMarked('mailbox', mailbox.id)) !== null) return refuse(refusal('duplicateKey', { key: mailbox.address }));
    return (yield* problemOf(mailbox)) ?? accept(yield* written(mailbox, null));
  },
});

/** Writes the changed fields of a mailbox. One that is no longer needed is switched off: its letters stay, and so does what is known of them. */
export const save = defineCommand({
  name: 'mailbox.save',
  title: 'Записать',
  version: 1,
  roles: ['administrator'],
  input: z.object({ id: z.string().min(1), edits: z.array(fieldEditSchema).max(100) }),
  undo: null,
  *decide({ id, edits }) {
    const before = yield* get('mailbox', id);
    if (before === null) return refuse(refusal('notFound'));
    const foreign = edits.find(({ path }) => path === 'id' || path === 'deleted' || !Object.hasOwn(mailboxSchema.shape, path));
    if (foreign !== undefined) return refuse(refusal('invalidInput', { field: foreign.path }));
    const { merged, conflicts } = applyFieldEdits(before, edits);
    if (conflicts.length > 0) return refuse(refusal('fieldConflict', { conflicts: conflicts.map((conflict) => ({ ...conflict })) }));
    const parsed = mailboxSchema.safeParse(merged);
    if (!parsed.success) return refuse(refusal('invalidInput', { field: parsed.error.issues[0]?.path.join('.') ?? '' }));
    const mailbox = tidyMailbox(parsed.data);
    return (yield* problemOf(mailbox)) ?? accept(yield* written(mailbox, before));
  },
});
