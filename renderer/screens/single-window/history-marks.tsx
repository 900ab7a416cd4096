import type { ReactNode } from 'react';
import type { ClientHistoryRow, Matter } from '../../../shared/protocol/ipc.ts';
import type { Tone } from '../../ui/badge.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';

const icons: Readonly<Record<string, IconName>> = { incomingEmail: 'letter', outgoingEmail: 'letterOut', appeal: 'file', application: 'sheet', contactEvent: 'more' };

/** The sign of a kind of event. */
export function HistoryIcon({ type }: { readonly type: string }): ReactNode {
  return (
    <span className="history-icon">
      <Icon name={icons[type] ?? 'file'} />
    </span>
  );
}

/** Colour of how a row of the history stands. */
export const matterTones: Readonly<Record<Matter, Tone>> = { none: 'grey', open: 'blue', waiting: 'amber', done: 'green', over: 'grey', failed: 'red' };

/** Its term is over while it is still worked on. */
export function isLate({ matter, dueAt }: Pick<ClientHistoryRow, 'matter' | 'dueAt'>, now: number): boolean {
  return dueAt !== null && (matter === 'open' || matter === 'waiting') && Date.parse(dueAt) < now;
}

/** The kinds by which the history is filtered. */
export const historyKinds = [
  { key: 'all', title: 'Все', types: [] },
  { key: 'emails', title: 'Письма', types: ['incomingEmail', 'outgoingEmail'] },
  { key: 'applications', title: 'Заявки', types: ['application'] },
  { key: 'appeals', title: 'Обращения', types: ['appeal'] },
  { key: 'events', title: 'Другие события', types: ['contactEvent'] },
] as const;
export type HistoryKind = (typeof historyKinds)[number]['key'];
