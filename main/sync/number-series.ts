import { moscowYear2, type Instant } from '../../shared/base/instant.ts';
import { eventNumberSeries } from '../../shared/domain/contact-event/rules.ts';
import { emailNumberSeries } from '../../shared/domain/incoming-email/commands.ts';

/** A series of numbers that a desk keeps a block of. */
export interface NumberSeries {
  readonly series: string;
  /** Whoever may run this command needs the numbers. */
  readonly command: string;
  /** Ask for another block when fewer are left. */
  readonly low: number;
  readonly block: number;
}

/** Series leased to desks; a later channel adds its line. */
export const numberSeries: readonly NumberSeries[] = [
  { series: emailNumberSeries, command: 'incomingEmail.assignNumber', low: 25, block: 50 },
  { series: eventNumberSeries, command: 'outgoingEmail.send', low: 25, block: 50 },
];

const monthMs = 31 * 86_400_000;

/** Years whose numbers a desk must hold: this one, and from 1 December (Moscow) the next, so that 1 January can begin off line. */
export function yearsToHold(now: Instant): readonly string[] {
  const year = moscowYear2(now);
  const next = moscowYear2(new Date(Date.parse(now) + monthMs).toISOString());
  return next === year ? [year] : [year, next];
}
