import { readFileSync } from 'node:fs';
import type { CentreConfig } from '../../config.ts';
import { openSeal } from '../../secrets/seal.ts';
import type { Adapter, CentreTools } from '../adapter.ts';
import type { EffectHandler } from '../../jobs/effects.ts';
import { createEmailParser } from './email-parser.ts';
import { intakeJournal } from './intake-journal.ts';
import { accessTokens, type AccessTokens } from './mailbox/access-token.ts';
import { mailboxSecrets, type MailboxSecrets } from './mailbox/mailbox-secrets.ts';
import { mailboxService } from './mailbox/mailbox-service.ts';
import { startMailboxWatchers } from './mailbox/mailbox-watchers.ts';
import { startMailIntake } from './mail-intake.ts';
import { startMailListener } from './mail-listener.ts';
import { outletFor, type Outlet } from './outlet.ts';
import { startOutgoingStore } from './outgoing-store.ts';
import { recipientResults } from './recipient-results.ts';
import { relayLimits } from './relay-limits.ts';
import { RelayRest } from './relay-rest.ts';
import { mailSystem, sendEmailHandler } from './send-email-effect.ts';
import { parseRelayUrl, type Relay } from './submit.ts';

type MailConfig = Pick<CentreConfig, 'relayUrl' | 'relayTimeoutMs' | 'relayTls' | 'relayCa' | 'relayPerMinute' | 'relayPerDay' | 'effectPauseMs'>;

function authorityOf(file: string | null): string {
  if (file === null) return '';
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`Файл сертификатов ${file} не читается: проверьте --relay-ca.`, { cause: error });
  }
}

/** What needs the base is made when it is there, once. */
interface Parts {
  readonly secrets: MailboxSecrets;
  readonly tokens: AccessTokens;
  readonly sending: EffectHandler;
}

/**
 * Mail in (SMTP as the mailboxes' MX, IMAP at those that people set up) and out (SMTP to the relay of the configuration, by default into the embedded outgoing store, or to
 * the mailbox's own server). Throws a Russian explanation for a wrong `relayUrl` or `relayCa`.
 */
export function mailAdapter(config: MailConfig): Adapter {
  const { relayUrl, relayTimeoutMs, relayTls, relayCa, relayPerMinute, relayPerDay } = config;
  const outletOf = (relay: Relay, isEmbedded: boolean): Outlet => ({ ...mailSystem, relay, isEmbedded, perMinute: relayPerMinute, perDay: relayPerDay });
  const given = relayUrl === null ? null : parseRelayUrl(relayUrl, relayTimeoutMs, { startTls: relayTls === 'required' ? 'required' : 'offered', authority: authorityOf(relayCa) });
  let common = given === null ? null : outletOf(given, false);
  let parts: Parts | null = null;
  const partsOf = (tools: CentreTools): Parts => {
    if (parts !== null) return parts;
    const secrets = mailboxSecrets(tools.pool, openSeal(tools.config.data));
    const tokens = accessTokens(secrets);
    const sending = sendEmailHandler({
      outletFor: (from) => outletFor(from, { secrets, tokens, common: () => common }, tools),
      recipients: recipientResults(tools.pool),
      limits: relayLimits(tools.pool),
      rest: new RelayRest(config.effectPauseMs),
    });
    return (parts = { secrets, tokens, sending });
  };
  return {
    name: 'mail',
    effectHandlers: [
      { kind: 'sendEmail', system: mailSystem.system, run: (effect, tools) => partsOf(tools).sending.run(effect, tools), recover: (effect, tools) => partsOf(tools).sending.recover(effect, tools), onThrow: 'unknown' },
    ],
    start: async (tools) => {
      const { secrets, tokens } = partsOf(tools);
      const store = given === null ? await startOutgoingStore(tools) : null;
      if (store !== null) common = outletOf(parseRelayUrl(`smtp://127.0.0.1:${store.port}`, relayTimeoutMs, { startTls: 'never' }), true);
      const journal = intakeJournal(tools.pool);
      const parser = createEmailParser();
      const intake = startMailIntake(tools, journal, parser);
      const watchers = await startMailboxWatchers({ tools, journal, secrets, tokens, onTaken: intake.wake });
      const listener = await startMailListener(tools, journal, watchers.mailboxes, intake.wake);
      tools.externalSystems.report(mailSystem.system, { title: mailSystem.title, works: true, detail: '' });
      if (store !== null) tools.wakeEffects();
      return {
        smtpPort: listener.port,
        acceptsLetters: listener.isOpen,
        mailboxes: mailboxService(tools, secrets, watchers.wake),
        stop: async () => {
          await Promise.all([listener.close(), watchers.stop()]);
          await intake.stop();
          await parser.stop();
          await store?.close();
        },
      };
    },
  };
}
