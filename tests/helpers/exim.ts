import { spawn } from 'node:child_process';
import { chown, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { serverCertificate, serverKey } from './dovecot.ts';
import { freePort } from './free-port.ts';
import { removeFolder, serverFolder, serverUser } from './own-server.ts';

/** How the server behaves besides its usual way. */
export type EximMood =
  /** 451 for recipients called `later`. */
  | 'later'
  /** 451 for everybody, after the whole letter. */
  | 'busy'
  /** Nothing without TLS. */
  | 'needTls'
  /** Nothing without a login. */
  | 'needLogin';

export interface DeliveredLetter {
  /** Whom this copy was delivered to. */
  readonly to: string;
  readonly from: string;
  readonly messageId: string;
  readonly raw: string;
}

/**
 * A real Exim of the tests' own: takes letters for everybody but recipients called `nobody` (550), and delivers a copy for each into a folder. Offers STARTTLS; the user `okno` logs in
 * with `pw-okno`.
 */
export interface Exim {
  readonly port: number;
  readonly is: (mood: EximMood, so: boolean) => Promise<void>;
  readonly delivered: () => Promise<readonly DeliveredLetter[]>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

const configuration = (folder: string, withTls: boolean): string => `
primary_hostname = exim.test
exim_user = ${serverUser().uid}
exim_group = ${serverUser().gid}
never_users =
spool_directory = ${folder}/spool
keep_environment =
untrusted_set_sender = *
local_from_check = false
smtp_accept_max = 100
tls_advertise_hosts = ${withTls ? '*' : ''}
tls_certificate = ${folder}/server.crt
tls_privatekey = ${folder}/server.key
auth_advertise_hosts = *
acl_smtp_mail = mail
acl_smtp_rcpt = rcpt
acl_smtp_data = data

begin acl
mail:
  deny condition = \${if and{{exists{${folder}/needTls}}{eq{$tls_in_cipher}{}}}}
       message = 5.7.0 Must issue a STARTTLS command first
  deny condition = \${if exists{${folder}/needLogin}}
       !authenticated = *
       message = 5.7.0 Authentication required
  accept
rcpt:
  defer local_parts = later
        condition = \${if exists{${folder}/later}}
        message = 4.7.1 Greylisted, try again later
  deny  local_parts = nobody
        message = 5.1.1 No such user here
  accept
data:
  defer condition = \${if exists{${folder}/busy}}
        message = 4.3.2 Busy, try again later
  accept

begin routers
everybody:
  driver = accept
  transport = folder

begin transports
folder:
  driver = appendfile
  directory = ${folder}/mail
  create_directory
  maildir_format
  return_path_add
  envelope_to_add
  mode_fail_narrower = false

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_set_id = $auth2
  server_condition = \${if and{{eq{$auth2}{okno}}{eq{$auth3}{pw-okno}}}}
`;

function deliveredLetter(raw: string): DeliveredLetter {
  const header = (name: string): string => new RegExp(`^${name}:[ \\t]*<?([^>\\r\\n]*)>?`, 'im').exec(raw)?.[1]?.trim() ?? '';
  return { to: header('Envelope-To'), from: header('Return-Path'), messageId: header('Message-ID'), raw };
}

/** Starts Exim (Debian's) on a free port, without any right over the machine. */
export async function startExim({ tls = true } = {}): Promise<Exim> {
  const folder = await serverFolder('exim');
  const { uid, gid } = serverUser();
  const port = await freePort();
  const own = async (name: string): Promise<void> => {
    if (process.getuid?.() === 0) await chown(path.join(folder, name), uid, gid);
  };
  const files = { 'exim.conf': configuration(folder, tls), 'server.crt': await readFile(serverCertificate), 'server.key': await readFile(serverKey) };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text, { mode: 0o600 });
    await own(name);
  }
  for (const name of ['spool', 'mail']) {
    await mkdir(path.join(folder, name));
    await own(name);
  }
  // Without rights of its own Exim logs to whoever started it.
  let said = '';
  const log = (): string => said;
  let server: Server | null = null;
  const sessions = new Set<Promise<unknown>>();
  // Only root may have Exim listen by itself: here it is started for each connection, and what comes and goes is handed through.
  const serve = (socket: Socket): void => {
    const session = spawn('/usr/sbin/exim4', ['-C', path.join(folder, 'exim.conf'), '-bs'], { stdio: ['pipe', 'pipe', 'pipe'], env: {}, ...(process.getuid?.() === 0 ? { uid, gid } : {}) });
    socket.pipe(session.stdin);
    session.stdout.pipe(socket);
    session.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-65_536)));
    session.stdin.on('error', () => undefined); // it has ended before it had read all
    const ended = new Promise<void>((resolve) => {
      for (const event of ['exit', 'error'] as const) session.once(event, () => resolve());
    }).then(() => {
      sessions.delete(ended);
    });
    sessions.add(ended);
    socket.on('error', () => session.stdin.destroy());
  };
  const start = async (): Promise<void> => {
    const listening = createServer(serve);
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject);
      listening.listen(port, '127.0.0.1', resolve);
    });
    server = listening;
  };
  const stop = async (): Promise<void> => {
    const listening = server;
    server = null;
    if (listening === null) return;
    const closed = new Promise((resolve) => void listening.close(resolve));
    await Promise.all(sessions);
    await closed;
  };
  await start();
  return {
    port,
    is: async (mood, so) => {
      if (so) await writeFile(path.join(folder, mood), '');
      else await rm(path.join(folder, mood), { force: true });
    },
    delivered: async () => {
      const mail = path.join(folder, 'mail', 'new');
      if (!existsSync(mail)) return [];
      return Promise.all((await readdir(mail)).map(async (name) => deliveredLetter(await readFile(path.join(mail, name), 'utf8'))));
    },
    stop,
    start,
    log,
    close: async () => {
      await stop();
      await removeFolder(folder);
    },
  };
}
