import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Logger } from 'pino';
import { binary, isReachable, usableFolder, type DatabaseUser } from './embedded-binaries.ts';
import { holdData, refuseSecondCentre, releaseData } from './data-lock.ts';
import { KeptServer } from './kept-server.ts';
import { stopLeftover } from './leftover-postgres.ts';

export interface DatabaseAddress {
  /** A folder with a socket, or loopback on Windows. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface EmbeddedDatabase {
  readonly address: DatabaseAddress;
  readonly stop: () => Promise<void>;
}

const VERSION = '18';
const USER = 'okno';
/** Longest path of a socket that the system takes, less the file's name. */
const LONGEST_SOCKET_FOLDER = 85;

/**
 * Starts the PostgreSQL that npm brought, in `<data>/pg`; a second start continues the same database. It is safe (fsync and
 * checksums on), reachable from this machine only, and ends with this process however that ends.
 */
export async function startEmbeddedPostgres(data: string, log: Logger): Promise<EmbeddedDatabase> {
  const user = databaseUser();
  const folder = path.join(data, 'pg');
  openTheWay(data, user);
  const binaries = usableFolder(user, VERSION);
  const password = databasePassword(data);
  if (!existsSync(path.join(folder, 'PG_VERSION'))) await initialise(binaries, folder, password, user, log);
  const found = readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found !== VERSION) throw new Error(`База в ${folder} создана PostgreSQL ${found}, а программа работает с ${VERSION}. Перенесите её pg_dump/pg_restore.`);
  refuseSecondCentre(data);
  await stopLeftover(folder, log);
  const socket = process.platform === 'win32' ? null : socketFolder(data, user);
  const port = socket === null ? await freePort() : 5432;
  const server = new KeptServer(() => launch(binaries, folder, { socket, port }, user), () => stopLeftover(folder, log), log);
  await server.start();
  const host = socket ?? '127.0.0.1';
  holdData(data, { host, port });
  return {
    address: embeddedAddress(data, { host, port }),
    stop: async () => {
      await server.stop();
      releaseData(data);
      if (socket !== null && !socket.startsWith(data)) rmSync(socket, { recursive: true, force: true });
    },
  };
}

/** How to reach the embedded database of a data folder. */
export function embeddedAddress(data: string, { host, port }: { readonly host: string; readonly port: number }): DatabaseAddress {
  return { host, port, user: USER, password: databasePassword(data), database: 'postgres' };
}

/** Root may not run PostgreSQL: it runs as `postgres` where there is one, else as `nobody`. */
function databaseUser(): DatabaseUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue; // no such user: the next one
    }
  }
  throw new Error('PostgreSQL не запускается от имени root, а пользователей postgres и nobody в системе нет. Создайте пользователя postgres или укажите DATABASE_URL.');
}

/** The other user must be able to pass through our folder to its own; all else inside stays closed to it. */
function openTheWay(data: string, user: DatabaseUser | undefined): void {
  mkdirSync(data, { recursive: true });
  if (user === undefined) return;
  chmodSync(data, 0o711);
  if (!isReachable(data)) throw new Error(`Папка ${data} закрыта для пользователя базы данных. Выберите папку вне закрытых каталогов (--data), например /var/lib/okno.`);
}

function databasePassword(data: string): string {
  const file = path.join(data, 'keys', 'database');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, password, { mode: 0o600 });
  return password;
}

async function initialise(binaries: string, folder: string, password: string, user: DatabaseUser | undefined, log: Logger): Promise<void> {
  // A folder left by an interrupted start has no PG_VERSION that can be used; nothing of value is in it.
  const temporary = `${folder}.new`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { mode: 0o700 });
  const passwordFile = path.join(mkdtempSync(path.join(os.tmpdir(), 'okno-pg-')), 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== undefined) {
    chownSync(temporary, user.uid, user.gid);
    chownSync(path.dirname(passwordFile), user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const flags = [`--pgdata=${temporary}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--data-checksums', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  try {
    await run(binary(binaries, 'initdb'), flags, user, log);
  } finally {
    rmSync(path.dirname(passwordFile), { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(temporary, folder);
}

function run(command: string, flags: readonly string[], user: DatabaseUser | undefined, log: Logger): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, flags, { ...user, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
    child.once('error', reject);
    child.once('exit', (code) => {
      log.debug({ said }, 'initdb');
      if (code === 0) resolve();
      else reject(new Error(`Не удалось создать базу данных (initdb, код ${code}): ${said.trim()}`));
    });
  });
}

/** In the data folder, so that two centres never meet; elsewhere if the system takes no path as long. */
function socketFolder(data: string, user: DatabaseUser | undefined): string {
  const inData = path.join(data, 'pg-socket');
  const folder = inData.length <= LONGEST_SOCKET_FOLDER ? inData : mkdtempSync(path.join(os.tmpdir(), 'okno-socket-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('No free port'))));
    });
  });
}

/**
 * A shell stands between: when our end of its input closes, by `stop` or because this process was killed, it ends PostgreSQL.
 * Node alone cannot do that for a child that outlives it.
 */
const wrapper = `exec 3<&0; "$0" "$@" </dev/null 3<&- & child=$!; (read -r line <&3; kill -INT $child) & watch=$!; exec 3<&-; wait $child; code=$?; kill $watch 2>/dev/null; exit $code`;

function launch(binaries: string, folder: string, at: { socket: string | null; port: number }, user: DatabaseUser | undefined): ChildProcess {
  const settings = {
    fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', port: at.port, jit: 'off', timezone: 'UTC', log_timezone: 'UTC', shared_buffers: '128MB', max_connections: 100,
    max_locks_per_transaction: 512, idle_in_transaction_session_timeout: '60s', log_min_messages: 'warning', logging_collector: 'off',
    // Its statements and details quote values, and values are personal data.
    log_error_verbosity: 'terse', log_min_error_statement: 'panic',
    ...(at.socket === null ? { listen_addresses: '127.0.0.1' } : { listen_addresses: '', unix_socket_directories: at.socket, unix_socket_permissions: '0700' }),
  };
  const flags = ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const postgres = binary(binaries, 'postgres');
  const options = { ...user, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, detached: process.platform !== 'win32' };
  return process.platform === 'win32'
    ? spawn(postgres, flags, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
    : spawn('/bin/sh', ['-c', wrapper, postgres, ...flags], { ...options, stdio: ['pipe', 'ignore', 'pipe'] });
}
