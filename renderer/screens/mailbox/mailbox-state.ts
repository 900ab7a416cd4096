import type { Mailbox } from '../../../shared/domain/mailbox/model.ts';
import { needsLogin } from '../../../shared/domain/mailbox/rules.ts';
import type { Connection } from '../../../shared/protocol/ipc.ts';
import type { Tone } from '../../ui/badge.tsx';

export interface MailboxState {
  readonly tone: Tone;
  readonly text: string;
  /** What is wrong and what to check; empty: nothing. */
  readonly detail: string;
}

/** How a mailbox stands: its taking and its sending are external systems of the centre. */
export function mailboxState(mailbox: Mailbox, external: Connection['external'], pending: boolean): MailboxState {
  if (pending) return { tone: 'amber', text: 'К отправке', detail: '' };
  if (!mailbox.active) return { tone: 'grey', text: 'Отключён', detail: '' };
  const own = external.filter(({ system }) => system === `mailbox:${mailbox.id}` || system === `mailbox:${mailbox.id}:out`);
  const broken = own.filter(({ works }) => !works);
  if (broken.length > 0) return { tone: 'red', text: 'Не работает', detail: broken.map(({ detail }) => detail).join(' ') };
  return own.length > 0 || !needsLogin(mailbox) ? { tone: 'green', text: 'Работает', detail: '' } : { tone: 'grey', text: 'Ещё не подключён', detail: '' };
}
