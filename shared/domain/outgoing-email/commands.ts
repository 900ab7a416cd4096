import { z } from 'zod';
import { idSource, type NewId } from '../../base/id-source.ts';
import { refusal } from '../../base/errors.ts';
import { accept, defineCommand, refuse, type Asking, type Change, type Context, type Refused } from '../../base/rule-book.ts';
import { asudStart } from '../appeal/rules.ts';
import type { Appeal } from '../appeal/model.ts';
import { attachmentSchema, mailAddressSchema, type IncomingEmail } from '../incoming-email/model.ts';
import { canForward, notInWorkBy } from '../incoming-email/class-rules.ts';
import { clientOfAddress, endings } from '../incoming-email/rules.ts';
import { addressText } from '../../base/mail-address.ts';
import { messageIdFor, readMailSettings } from '../mail-settings/rules.ts';
import { get, getMarked, put } from '../reads.ts';
import { conversationLetters, conversationMoves, movesSince, moveTexts } from './conversation-rules.ts';
import type { OutgoingEmail } from './model.ts';
import { eventOfOutgoing, newOutgoingEmail, queued, recipientProblem, withAppealNumber } from './rules.ts';

export const writerRoles = ['operator', 'mailSupervisor', 'supervisor'] as const;

/** The form of «Исходящее электронное письмо». `id` is chosen by the form for a new one. */
export const outgoingInputSchema = z.object({
  id: z.string().min(1).max(100),
  kind: z.enum(['new', 'forward', 'reply']),
  incomingEmailId: z.string().nullable(),
  /** As many as a letter may bring: «Ответить всем» begins with them, `recipientProblem` says how many may get it. */
  to: z.array(mailAddressSchema).max(20_000),
  cc: z.array(mailAddressSchema).max(20_000),
  /** Room for a letter's whole subject with what a forward writes before it (2.7.1–2.7.3). */
  subject: z.string().max(6000).transform((subject) => subject.replace(/\s+/g, ' ').trim()),
  text: z.string().max(1_000_000),
  /** As many as a letter may bring, and the letter itself. */
  attachments: z.array(attachmentSchema).max(1001),
  /** What of the conversation the writer knew; without it there is no question about the rest. */
  known: z.array(z.string()).max(10_000).nullable().optional(),
});
export type OutgoingInput = z.infer<typeof outgoingInputSchema>;

interface Written {
  readonly outgoing: OutgoingEmail;
  readonly incoming: IncomingEmail | null;
}

/** The letter forwarded or answered, if the author may do that with it now. */
function* sourceOf({ kind, incomingEmailId }: OutgoingInput, isSent: boolean, context: Context): Asking<IncomingEmail | null | Refused> {
  if (kind === 'new') return null;
  const incoming = incomingEmailId === null ? null : yield* get('incomingEmail', incomingEmailId);
  if (incoming === null) return refuse(refusal('notFound'));
  // A draft may be begun before the letter is filled in; what is still missing is said at «Отправить».
  const isForwardable = kind === 'forward' && (isSent || incoming.awaitsAsud);
  const blocked = isForwardable ? canForward(incoming, context.author) : notInWorkBy(incoming, context.author.userId);
  return blocked === null ? incoming : refuse(blocked);
}

/** The draft as the form has it: a new one, or the author's own with its Message-ID kept. */
function* written(input: OutgoingInput, isSent: boolean, context: Context): Asking<Written | Refused> {
  const existing = yield* getMarked('outgoingEmail', input.id);
  if (existing !== null && existing.state !== 'draft') return refuse(refusal('alreadySent'));
  if (existing !== null && existing.authorId !== context.author.userId) return refuse(refusal('notAllowed', { action: 'изменять чужой черновик' }));
  const incoming = yield* sourceOf(input, isSent, context);
  if (incoming !== null && 'refusal' in incoming) return incoming;
  const { id, kind, to, cc, subject, text, attachments, known } = input;
  const settings = existing === null ? yield* readMailSettings() : null;
  const [firstTo] = to;
  const outgoing = newOutgoingEmail({
    id,
    kind,
    messageId: existing?.messageId ?? messageIdFor(settings, id),
    to,
    cc,
    subject,
    text,
    attachments,
    authorId: context.author.userId,
    createdAt: existing?.createdAt ?? context.now,
    ...(!known || isSent ? {} : { known }),
    ...(incoming === null
      ? { conversationId: id, clientId: firstTo === undefined ? null : yield* clientOfAddress(firstTo.address) }
      : {
          incomingEmailId: incoming.id,
          classification: kind === 'forward' ? incoming.classification : null,
          conversationId: incoming.conversationId,
          clientId: incoming.clientId,
          appealId: incoming.appealId,
          inReplyTo: kind === 'reply' ? incoming.messageId : null,
          references: incoming.messageId === null ? incoming.references : [...incoming.references, incoming.messageId],
        }),
  });
  return { outgoing, incoming };
}

export const save = defineCommand({
  name: 'outgoingEmail.save',
  title: 'Записать',
  version: 1,
  roles: writerRoles,
  input: outgoingInputSchema,
  undo: null,
  *decide(input, context) {
    const result = yield* written(input, false, context);
    return 'refusal' in result ? result : accept([put('outgoingEmail', result.outgoing)]);
  },
});

/** «Переслать» ends the letter's work (2.7.1–2.7.5, 2.8.3, 2.8.4), or tells that it went to АСУД (2.8.2). */
function* forwarded(outgoing: OutgoingEmail, incoming: IncomingEmail, appeal: Appeal | null, newId: NewId, context: Context): Asking<readonly Change[]> {
  const to = [...outgoing.to, ...outgoing.cc].map(addressText).join(', ');
  if (appeal === null) {
    return [put('incomingEmail', { ...incoming, state: 'done' }), ...(yield* endings(incoming, { outcome: 'forwarded', details: to }, context))];
  }
  const event = yield* get('contactEvent', incoming.eventId);
  const details = [event?.outcomeDetails ?? '', `переслано в АСУД: ${to}`].filter((part) => part !== '').join('; ');
  return [
    put('incomingEmail', { ...incoming, awaitsAsud: false }),
    ...(event === null ? [] : [put('contactEvent', { ...event, outcomeDetails: details })]),
    ...(yield* asudStart(appeal, newId, context.now)),
  ];
}

/** What others did in the conversation since the writer looked at it: he is asked whether his letter still goes. */
function* movedMeanwhile({ conversationId, id }: OutgoingEmail, known: readonly string[], context: Context): Asking<Refused | null> {
  if (conversationId === null || conversationId === id) return null;
  const letters = yield* conversationLetters(conversationId);
  const moves = movesSince(letters, known, context.author.userId);
  const [first] = moves.toReversed();
  if (first === undefined) return null;
  const { documentType, documentId } = first;
  return refuse(refusal('conversationMoved', { happened: [...(yield* moveTexts(moves))], documentType, documentId, known: conversationMoves(letters).map(({ key }) => key) }));
}

/** 1.5.1, 2.7, 2.8: writes the letter and puts it into the queue. */
export const send = defineCommand({
  name: 'outgoingEmail.send',
  title: 'Отправить',
  version: 1,
  roles: writerRoles,
  input: outgoingInputSchema,
  undo: null,
  *decide(input, context) {
    const problem = recipientProblem(input);
    if (problem !== null) return refuse(problem);
    const result = yield* written(input, true, context);
    if ('refusal' in result) return result;
    const { incoming } = result;
    const moved = input.known ? yield* movedMeanwhile(result.outgoing, input.known, context) : null;
    if (moved !== null) return moved;
    const newId = idSource(context);
    const isForward = input.kind === 'forward';
    const appeal = isForward && incoming?.appealId ? yield* get('appeal', incoming.appealId) : null;
    const eventId = newId();
    const text = appeal === null ? result.outgoing : withAppealNumber(result.outgoing, appeal.number);
    // A letter that names the appeal waits for its registration, which puts the number into the text.
    const waits = appeal !== null && appeal.number === null && appeal.effectId !== null ? { dependsOn: [appeal.effectId] } : {};
    const { email, effect } = queued({ ...text, eventId }, newId, context.now, waits);
    const forwarding = isForward && incoming !== null ? yield* forwarded(email, incoming, appeal, newId, context) : [];
    return accept([put('outgoingEmail', email), yield* eventOfOutgoing(email, eventId, context.now), ...forwarding], [effect]);
  },
});
