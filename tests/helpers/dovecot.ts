import { chown, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ImapFlow } from 'imapflow';
import { root } from '../../tools/setup/files.ts';
import { freePort } from './free-port.ts';
import { removeFolder, serverFolder, serverUser, startOwnServer, type OwnServer } from './own-server.ts';

/** A letter as it lies in a folder of the server. */
export interface LyingLetter {
  readonly uid: number;
  readonly subject: string;
  readonly seen: boolean;
}

/** A real Dovecot of the tests' own: every user logs in with his password `pw-<name>`, folders are made as they are needed. */
export interface Dovecot {
  readonly imapPort: number;
  readonly imapsPort: number;
  /** Submission with STARTTLS, handed on to `relayPort`. 0 without it. */
  readonly submissionPort: number;
  readonly deliver: (user: string, raw: string | Buffer, options?: { readonly folder?: string; readonly at?: Date; readonly flags?: readonly string[] }) => Promise<void>;
  readonly letters: (user: string, folder?: string) => Promise<readonly LyingLetter[]>;
  readonly remove: (user: string, uid: number, folder?: string) => Promise<void>;
  readonly uidValidity: (user: string, folder?: string) => Promise<string>;
  /** Ends and starts it at the same ports; every connection breaks. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Forgets all UIDs, as after a restore of the mail server: at the next start every folder has another UIDVALIDITY. */
  readonly forgetUids: (user: string) => Promise<void>;
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

export interface DovecotOptions {
  readonly users: readonly string[];
  /** Asked whether an access token is good: OAuth2 (XOAUTH2) is offered besides passwords. */
  readonly introspectionUrl?: string;
  /** Where submitted letters go. */
  readonly relayPort?: number;
}

/** Certificate of 127.0.0.1, by no known authority: whoever connects must be told to believe it. */
export const serverCertificate = path.join(root, 'tests/fixtures/outside/server.crt');
export const serverKey = path.join(root, 'tests/fixtures/outside/server.key');
export const serverAuthority = (): string => readFileSync(serverCertificate, 'utf8');

function configuration(folder: string, ports: { readonly imap: number; readonly imaps: number; readonly submission: number }, { introspectionUrl, relayPort }: DovecotOptions): string {
  const { name, uid, gid, group } = serverUser();
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap${relayPort === undefined ? '' : ' submission'}
listen = 127.0.0.1
default_internal_user = ${name}
default_internal_group = ${group}
default_login_user = ${name}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/mail
mail_max_userip_connections = 100
auth_failure_delay = 0
disable_plaintext_auth = no
auth_mechanisms = plain login${introspectionUrl === undefined ? '' : ' xoauth2 oauthbearer'}
ssl = yes
ssl_cert = <${folder}/server.crt
ssl_key = <${folder}/server.key
hostname = okno.test
protocol imap {
  mail_max_userip_connections = 100
}
namespace inbox {
  inbox = yes
  separator = /
}
${introspectionUrl === undefined ? '' : `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf
}`}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${folder}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/home/%u allow_all_users=yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
${relayPort === undefined ? '' : `submission_relay_host = 127.0.0.1
submission_relay_port = ${relayPort}
service submission-login {
  chroot =
  inet_listener submission {
    port = ${ports.submission}
  }
}`}
`;
}

/** Starts Dovecot (Debian's, 2.3) on free ports, without any right over the machine. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const folder = await serverFolder('dovecot');
  const { uid, gid } = serverUser();
  const ports = { imap: await freePort(), imaps: await freePort(), submission: options.relayPort === undefined ? 0 : await freePort() };
  const write = async (name: string, text: string | Buffer): Promise<void> => {
    await writeFile(path.join(folder, name), text, { mode: 0o600 });
    if (process.getuid?.() === 0) await chown(path.join(folder, name), uid, gid);
  };
  await write('server.crt', await readFile(serverCertificate));
  await write('server.key', await readFile(serverKey));
  await write('users', options.users.map((user) => `${user}:{PLAIN}pw-${user}\n`).join(''));
  if (options.introspectionUrl !== undefined) await write('oauth2.conf', `introspection_mode = post\nintrospection_url = ${options.introspectionUrl}\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n`);
  await write('dovecot.conf', configuration(folder, ports, options));
  for (const name of ['run', 'state', 'home', ...options.users.map((user) => `home/${user}`)]) {
    await mkdir(path.join(folder, name));
    if (process.getuid?.() === 0) await chown(path.join(folder, name), uid, gid);
  }
  const log = (): string => (existsSync(path.join(folder, 'dovecot.log')) ? readFileSync(path.join(folder, 'dovecot.log'), 'utf8') : '');
  let server: OwnServer | null = null;
  const start = async (): Promise<void> => {
    server = await startOwnServer('/usr/sbin/dovecot', ['-F', '-c', path.join(folder, 'dovecot.conf')], ports.imap, log);
  };
  const stop = async (): Promise<void> => {
    await server?.stop();
    server = null;
  };

  const as = async <T>(user: string, folderName: string, act: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const client = new ImapFlow({ host: '127.0.0.1', port: ports.imap, secure: false, doSTARTTLS: false, auth: { user, pass: `pw-${user}` }, logger: false });
    await client.connect();
    try {
      if (folderName !== 'INBOX') await client.mailboxCreate(folderName);
      await client.mailboxOpen(folderName);
      return await act(client);
    } finally {
      await client.logout();
    }
  };

  try {
    await start();
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
  return {
    imapPort: ports.imap,
    imapsPort: ports.imaps,
    submissionPort: ports.submission,
    deliver: (user, raw, { folder: into = 'INBOX', at, flags = [] } = {}) =>
      as(user, into, async (client) => {
        await client.append(into, raw, [...flags], at);
      }),
    letters: (user, from = 'INBOX') =>
      as(user, from, async (client) => {
        const messages = await client.fetchAll('1:*', { uid: true, envelope: true, flags: true });
        return messages.map(({ uid: number, envelope, flags }) => ({ uid: number, subject: envelope?.subject ?? '', seen: flags?.has('\\Seen') === true }));
      }),
    remove: (user, number, from = 'INBOX') =>
      as(user, from, async (client) => {
        await client.messageDelete(String(number), { uid: true });
      }),
    uidValidity: (user, of = 'INBOX') => as(user, of, async (client) => (client.mailbox === false ? '' : client.mailbox.uidValidity.toString())),
    restart: async () => {
      await stop();
      await start();
    },
    stop,
    start,
    forgetUids: async (user) => {
      const mail = path.join(folder, 'home', user, 'mail');
      for (const name of await readdir(mail, { recursive: true })) {
        if (/(^|\/)(dovecot-uidlist|dovecot-uidvalidity|dovecot\.index|dovecot\.list)/.test(name)) await rm(path.join(mail, name), { force: true });
      }
    },
    log,
    close: async () => {
      await stop();
      await removeFolder(folder);
    },
  };
}
