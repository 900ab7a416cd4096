import type { OutgoingEmailState } from '../../../shared/domain/outgoing-email/model.ts';
import type { Tone } from '../../ui/badge.tsx';

/** Colour of a letter's state: a draft is grey, waiting amber, sent green, refused or unknown red. */
export const outgoingStateTones: Readonly<Record<OutgoingEmailState, Tone>> = {
  draft: 'grey',
  queued: 'amber',
  sent: 'green',
  failed: 'red',
  unknown: 'red',
  cancelled: 'grey',
  undelivered: 'red',
};
