import type { CentreConfig } from '../../config.ts';
import type { Adapter } from '../adapter.ts';
import { createEmailParser } from './email-parser.ts';
import { intakeJournal } from './intake-journal.ts';
import { startMailIntake } from './mail-intake.ts';
import { startMailListener } from './mail-listener.ts';
import { startOutgoingStore } from './outgoing-store.ts';
import { mailSystem, sendEmailHandler } from './send-email-effect.ts';
import { parseRelayUrl, type Relay } from './submit.ts';

/**
 * Mail in (SMTP as the mailboxes' MX) and out (SMTP to the configured relay, by default into the embedded outgoing store).
 * Throws a Russian explanation for a wrong `relayUrl`.
 */
export function mailAdapter(config: Pick<CentreConfig, 'relayUrl' | 'relayTimeoutMs'>): Adapter {
  const embedded = config.relayUrl === null;
  let relay: Relay | null = config.relayUrl === null ? null : parseRelayUrl(config.relayUrl, config.relayTimeoutMs);
  return {
    name: 'mail',
    effectHandlers: [sendEmailHandler(() => relay, embedded)],
    start: async (tools) => {
      const store = embedded ? await startOutgoingStore(tools) : null;
      if (store !== null) relay = { host: '127.0.0.1', port: store.port, secure: false, user: null, password: null, timeoutMs: config.relayTimeoutMs };
      const journal = intakeJournal(tools.pool);
      const parser = createEmailParser();
      const intake = startMailIntake(tools, journal, parser);
      const listener = await startMailListener(tools, journal, intake.wake);
      tools.externalSystems.report(mailSystem.system, { title: mailSystem.title, works: true, detail: '' });
      if (embedded) tools.wakeEffects();
      return {
        smtpPort: listener.port,
        acceptsLetters: listener.isOpen,
        stop: async () => {
          await listener.close();
          await intake.stop();
          await parser.stop();
          await store?.close();
        },
      };
    },
  };
}
