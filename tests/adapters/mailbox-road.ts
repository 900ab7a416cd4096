import { mkdtempSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import os from 'node:os';
import path from 'node:path';
import { mailAdapter } from '../../server/adapters/mail/mail-adapter.ts';
import { centreConfigSchema, type CentreConfig } from '../../server/config.ts';
import type { IncomingEmail } from '../../shared/domain/incoming-email/model.ts';
import type { Mailbox } from '../../shared/domain/mailbox/model.ts';
import type { OutgoingEmail } from '../../shared/domain/outgoing-email/model.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { aMailbox, anOutgoingEmail } from '../helpers/builders.ts';
import { startTestCentre, type TestCentre, type TestDesk, post } from '../server/running-centre.ts';

/** A centre whose mail is set up by an administrator, through the API alone. */
export interface MailCentre {
  readonly centre: () => TestCentre;
  readonly admin: () => TestDesk;
  /** Creates a mailbox and stores its secrets; gives it as written. */
  readonly add: (given: Partial<Mailbox> & { readonly id: string }, secrets?: Readonly<Record<string, string>>) => Promise<Mailbox>;
  readonly change: (mailbox: Mailbox, changes: Partial<Mailbox>) => Promise<Mailbox>;
  readonly setSecrets: (mailboxId: string, secrets: Readonly<Record<string, string>>) => Promise<number>;
  readonly letters: () => Promise<readonly IncomingEmail[]>;
  readonly subjects: () => Promise<readonly string[]>;
  /** State of an external system, as the status line has it; null: not shown. */
  readonly system: (name: string) => Promise<{ readonly works: boolean; readonly detail: string } | null>;
  /** Has letters sent that are put past all rules. */
  readonly send: (...emails: readonly (Partial<OutgoingEmail> & { readonly id: string })[]) => Promise<void>;
  readonly sent: (id: string) => Promise<OutgoingEmail>;
  /** Ends and starts the centre on the same data; other settings may be given. */
  readonly restart: (more?: Partial<CentreConfig>) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startMailCentre(given: Partial<CentreConfig> = {}): Promise<MailCentre> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'okno-mailbox-'));
  let centre: TestCentre;
  let admin: TestDesk;
  const begin = async (more: Partial<CentreConfig>): Promise<void> => {
    const settings: Partial<CentreConfig> = { data, mailboxClients: 'client@moesk.ru', mailboxRequests: 'zapros@moesk.ru', effectSweepSeconds: 1, relayTimeoutMs: 5000, mailboxPauseMs: 100, ...given, ...more };
    centre = await startTestCentre(settings, { adapters: [mailAdapter(centreConfigSchema.parse(settings))] });
  };
  await begin({});
  await centre!.addUser({ login: 'root', roles: ['administrator'] });
  admin = await centre!.login('root');
  const bodies = async <T>(type: string): Promise<readonly T[]> => (await centre.pool.query<{ body: T }>('SELECT body FROM document WHERE type = $1 ORDER BY id', [type])).rows.map(({ body }) => body);
  const run = async (name: string, input: unknown): Promise<void> => {
    const [outcome] = await admin.outcomes(admin.envelope(name, input));
    if (outcome !== 'applied') throw new Error(`${name}: ${String(outcome)}`);
  };
  const setSecrets = async (mailboxId: string, secrets: Readonly<Record<string, string>>): Promise<number> => (await post(centre.url, paths.mailboxSecrets, { mailboxId, secrets }, admin.token)).status;
  return {
    centre: () => centre,
    admin: () => admin,
    setSecrets,
    add: async (fields, secrets) => {
      const mailbox = aMailbox({ imapHost: '127.0.0.1', imapSecurity: 'none', ...fields });
      await run('mailbox.create', { mailbox });
      if (secrets !== undefined && (await setSecrets(mailbox.id, secrets)) !== 200) throw new Error('secrets were not stored');
      return mailbox;
    },
    change: async (mailbox, changes) => {
      await run('mailbox.save', { id: mailbox.id, edits: Object.entries(changes).map(([name, after]) => ({ path: name, before: mailbox[name as keyof Mailbox], after })) });
      return { ...mailbox, ...changes };
    },
    letters: () => bodies<IncomingEmail>('incomingEmail'),
    subjects: async () => (await bodies<IncomingEmail>('incomingEmail')).map(({ subject }) => subject).toSorted(),
    system: async (name) => (await centre.tools.externalSystems.all()).find(({ system }) => system === name) ?? null,
    send: async (...emails) => {
      for (const email of emails) {
        const document = anOutgoingEmail({ messageId: `${email.id}@moesk.ru`, state: 'queued', queuedAt: '2026-11-24T06:20:00.000Z', eventId: null, ...email });
        const outcome = await centre.runSystem('test.put', { type: 'outgoingEmail', document, effects: [{ id: `effect-${email.id}-${Date.now()}`, kind: 'sendEmail', payload: { outgoingEmailId: email.id } }] });
        if (!outcome.ok) throw new Error(`not queued: ${outcome.refusal.code}`);
      }
    },
    sent: async (id) => {
      const { rows } = await centre.pool.query<{ body: OutgoingEmail }>(`SELECT body FROM document WHERE type = 'outgoingEmail' AND id = $1`, [id]);
      if (rows[0] === undefined) throw new Error(`no letter ${id}`);
      return rows[0].body;
    },
    restart: async (more = {}) => {
      await centre.close();
      await begin(more);
      admin = await centre.login('root', `desk-of-root-${Date.now()}`);
    },
    close: () => centre.remove(),
  };
}

/** A letter as bytes. */
export function letterBytes(subject: string, more: { readonly to?: string; readonly body?: string; readonly returnPath?: string } = {}): string {
  const { to = 'office@moesk.ru', body = 'Please tell the term.' } = more;
  return [
    ...(more.returnPath === undefined ? [] : [`Return-Path: <${more.returnPath}>`]),
    'From: Sokolova Marina <m.sokolova@pochta-mo.ru>', `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${subject.replaceAll(/\W/g, '-')}@pochta-mo.ru>`, 'Date: Tue, 24 Nov 2026 09:14:00 +0300', '', body, '',
  ].join('\r\n');
}

/** Waits until it holds; fails with what `state` says after a minute. */
export async function eventually(holds: () => Promise<boolean>, state: () => unknown = () => '', withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It did not come to hold: ${JSON.stringify(await Promise.resolve(state()))}`);
    await pause(25);
  }
}
