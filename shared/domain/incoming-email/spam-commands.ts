import { idSource } from '../../base/id-source.ts';
import { addMs } from '../../base/instant.ts';
import { foldAddress } from '../../base/mail-address.ts';
import { refusal } from '../../base/errors.ts';
import { accept, defineCommand, refuse, type Change } from '../../base/rule-book.ts';
import { autoReplyTo, spamReplyDelayMs } from '../auto-reply/rules.ts';
import { reopenedEvent } from '../contact-event/rules.ts';
import { isOwnMailbox, readMailSettings } from '../mail-settings/rules.ts';
import { find, get, put } from '../reads.ts';
import { freedTask, lastTaskOf } from '../task/rules.ts';
import { byId, mailRoles } from './commands.ts';
import { incomingEmailStateTitles, type IncomingEmail } from './model.ts';
import { emailTask } from './receive-command.ts';
import { endings, takenByAnother } from './rules.ts';

const stateRefusal = ({ state }: IncomingEmail) => refuse(refusal('wrongState', { state: incomingEmailStateTitles[state] }));

/** 1.4.2: the sender goes to the black list, an automatic reply says so after 60 s, the task ends. */
export const markSpam = defineCommand({
  name: 'incomingEmail.markSpam',
  title: 'Спам',
  version: 1,
  roles: mailRoles,
  input: byId,
  undo: 'incomingEmail.unmarkSpam',
  *decide({ id }, context) {
    const email = yield* get('incomingEmail', id);
    if (email === null) return refuse(refusal('notFound'));
    if (email.holderId !== null && email.holderId !== context.author.userId) return yield* takenByAnother(email);
    if (email.state !== 'new' && email.state !== 'inWork' && email.state !== 'numbered') return stateRefusal(email);
    const newId = idSource(context);
    const address = foldAddress(email.from.address);
    const filters = address === '' ? [] : yield* find('mailFilter', 'byAddress', address);
    const spam: IncomingEmail = { ...email, state: 'spam', holderId: email.holderId ?? context.author.userId, takenAt: email.takenAt ?? context.now };
    const replied = yield* autoReplyTo(spam, 'spam', {}, newId, context);
    const changes: Change[] = [put('incomingEmail', replied.email), ...(yield* endings(email, { outcome: 'spam', details: address }, context)), ...replied.changes];
    // Never listed: a sender that could not be read (the empty address would keep out every unreadable letter), and a forged sender that is
    // our own mailbox.
    if (address !== '' && filters.length === 0 && !isOwnMailbox(yield* readMailSettings(), address)) {
      changes.push(put('mailFilter', { id: newId(), address, reason: `Спам: ${email.subject}`.slice(0, 300), addedBy: context.author.userId, addedAt: context.now, incomingEmailId: id }));
    }
    return accept(changes, replied.effects);
  },
});

/** Takes «Спам» back: whoever pressed within 60 s, a supervisor later. The filter is removed, the letter returns to the queue, a reply that has not left never does. */
export const unmarkSpam = defineCommand({
  name: 'incomingEmail.unmarkSpam',
  title: 'Не спам',
  version: 1,
  roles: mailRoles,
  input: byId,
  undo: null,
  *decide({ id }, context) {
    const email = yield* get('incomingEmail', id);
    if (email === null) return refuse(refusal('notFound'));
    if (email.state !== 'spam') return stateRefusal(email);
    const event = yield* get('contactEvent', email.eventId);
    const isInTime = event !== null && event.finishedBy === context.author.userId && event.finishedAt !== null && context.now <= addMs(event.finishedAt, spamReplyDelayMs);
    if (!isInTime && !context.author.roles.includes('supervisor')) return refuse(refusal('undoExpired'));

    const filters = yield* find('mailFilter', 'byAddress', foldAddress(email.from.address));
    const replies = (yield* find('outgoingEmail', 'byIncomingEmail', id)).filter(({ kind, state }) => kind === 'autoReplySpam' && state === 'queued');
    const ended = yield* lastTaskOf(id, 'incomingEmail');
    const freed: IncomingEmail = { ...email, state: email.number === null ? 'new' : 'numbered', holderId: null, takenAt: null };
    const task = ended === null ? yield* emailTask(freed, idSource(context)(), context.now, null) : freedTask(ended);
    return accept(
      [
        put('incomingEmail', freed),
        put('task', task),
        ...(event === null ? [] : [put('contactEvent', reopenedEvent(event))]),
        ...filters.map((filter) => put('mailFilter', { ...filter, deleted: true })),
        ...replies.map((reply) => put('outgoingEmail', { ...reply, state: 'cancelled' })),
      ],
      [],
      replies.flatMap(({ effectId }) => effectId ?? []),
    );
  },
});

/** Brings a letter of «Нежелательная почта» to the queue; its address stays on the list. */
export const restore = defineCommand({
  name: 'incomingEmail.restore',
  title: 'Вернуть в обработку',
  version: 1,
  roles: ['supervisor'],
  input: byId,
  undo: null,
  *decide({ id }, context) {
    const email = yield* get('incomingEmail', id);
    if (email === null) return refuse(refusal('notFound'));
    if (email.state !== 'unwanted') return stateRefusal(email);
    const restored: IncomingEmail = { ...email, state: 'new' };
    return accept([put('incomingEmail', restored), put('task', yield* emailTask(restored, idSource(context)(), context.now, null))]);
  },
});
