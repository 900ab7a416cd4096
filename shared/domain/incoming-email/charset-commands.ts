import { z } from 'zod';
import { accept, defineCommand, type Asking, type Change } from '../../base/rule-book.ts';
import { find, get, put } from '../reads.ts';
import { mailRoles } from './commands.ts';
import { emailReadingSchema, letterCharsetSchema, type EmailReading, type IncomingEmail } from './model.ts';
import { emailInWork } from './rules.ts';

/** What a person sees of a letter whose charset was mistaken. */
export function readingOf({ subject, from, text, problems, to, cc, replyTo, attachments }: IncomingEmail): EmailReading {
  return { subject, fromName: from.name, text, problems, names: { to: to.map(({ name }) => name), cc: cc.map(({ name }) => name), replyTo: replyTo.map(({ name }) => name), attachments: attachments.map(({ name }) => name) } };
}

function renamed<T extends { readonly name: string }>(list: T[], names: readonly string[] | undefined): T[] {
  return names?.length === list.length ? list.map((one, index) => ({ ...one, name: names[index] ?? one.name })) : list;
}

/** The letter read so, and what repeats its words: its tasks and its event. No address is ever touched. */
function* readAs(email: IncomingEmail, { subject, fromName, text, problems, names }: EmailReading, charset: IncomingEmail['charset']): Asking<readonly Change[]> {
  const read: IncomingEmail = { ...email, subject, text, problems, from: { ...email.from, name: fromName }, to: renamed(email.to, names?.to), cc: renamed(email.cc, names?.cc), replyTo: renamed(email.replyTo, names?.replyTo), attachments: renamed(email.attachments, names?.attachments), charset };
  const event = yield* get('contactEvent', email.eventId);
  const tasks = (yield* find('task', 'byDocument', email.id)).filter(({ kind, documentType }) => kind === 'incomingEmail' && documentType === 'incomingEmail');
  return [
    put('incomingEmail', read),
    ...(event === null ? [] : [put('contactEvent', { ...event, subject })]),
    ...tasks.map((task) => put('task', { ...task, subject, fromName: fromName || email.from.address })),
  ];
}

/** «Исправить кодировку»: the letter as its .eml reads in the charset that a person chose. What the program had read is kept beside it. */
export const correctCharset = defineCommand({
  name: 'incomingEmail.correctCharset',
  title: 'Исправить кодировку',
  version: 1,
  roles: mailRoles,
  input: z.object({ id: z.string().min(1), charset: letterCharsetSchema, reading: emailReadingSchema }),
  undo: 'incomingEmail.restoreCharset',
  *decide({ id, charset, reading }, context) {
    const email = yield* emailInWork(id, context);
    if ('refusal' in email) return email;
    const shown = readingOf(email);
    return accept(yield* readAs(email, reading, { chosen: charset, received: email.charset?.received ?? shown, before: email.charset ? { chosen: email.charset.chosen, reading: shown } : null }));
  },
});

/**
 * Shows the letter again as the program read it when it came. With `charset` it takes back the correction to that charset, and that alone: the
 * letter reads as it did before it; if somebody has chosen another one since, nothing changes.
 */
export const restoreCharset = defineCommand({
  name: 'incomingEmail.restoreCharset',
  title: 'Вернуть прежнюю кодировку',
  version: 1,
  roles: mailRoles,
  input: z.object({ id: z.string().min(1), charset: letterCharsetSchema.optional() }),
  undo: null,
  *decide({ id, charset }, context) {
    const email = yield* emailInWork(id, context);
    if ('refusal' in email) return email;
    const corrected = email.charset ?? null;
    if (corrected === null || (charset !== undefined && corrected.chosen !== charset)) return accept([]);
    const { received, before } = corrected;
    if (charset === undefined || before === null) return accept(yield* readAs(email, received, null));
    return accept(yield* readAs(email, before.reading, { chosen: before.chosen, received, before: null }));
  },
});
