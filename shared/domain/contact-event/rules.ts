import { moscowYear2, type Instant } from '../../base/instant.ts';
import type { Asking, Context } from '../../base/rule-book.ts';
import { takeNumberIfAny } from '../reads.ts';
import type { ContactEvent, Outcome } from './model.ts';

/** Events are numbered СБ-YY-ХХХХХХХХ, the year of Moscow in which they are written. */
export const eventNumberSeries = 'СБ';

/** The number of a new event; null where there is none at hand: the event is not held up, the centre numbers it afterwards. */
export function* eventNumber(now: Instant): Asking<string | null> {
  return yield* takeNumberIfAny(eventNumberSeries, moscowYear2(now));
}

type EventOf = Pick<ContactEvent, 'id' | 'channel' | 'occurredAt' | 'documentType' | 'documentId' | 'subject'> & Partial<ContactEvent>;

/** A new event; what is not given is empty. */
export function newEvent(fields: EventOf): ContactEvent {
  return {
    number: null,
    clientId: null,
    applicationIds: [],
    appealId: null,
    outcome: null,
    outcomeDetails: '',
    comment: '',
    finishedAt: null,
    finishedBy: null,
    ...fields,
  };
}

/** The event with its result (3.6.1, 3.6.2). A comment written before stays if none is given. */
export function finishedEvent(event: ContactEvent, outcome: Outcome, outcomeDetails: string, context: Pick<Context, 'author' | 'now'>, comment = ''): ContactEvent {
  return { ...event, outcome, outcomeDetails, comment: comment === '' ? event.comment : comment, finishedAt: context.now, finishedBy: context.author.userId };
}

/** The event as before it was ended. */
export function reopenedEvent(event: ContactEvent): ContactEvent {
  return { ...event, outcome: null, outcomeDetails: '', finishedAt: null, finishedBy: null };
}
