import { spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

/** Debian's `nobody`. */
const nobody = { uid: 65_534, gid: 65_534, name: 'nobody', group: 'nogroup' } as const;

/** Whom a server of the tests runs as: `nobody` where the tests run as root, else whoever runs them. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  readonly group: string;
}

export function serverUser(): ServerUser {
  if (process.getuid?.() === 0) return nobody;
  const { uid, gid, username } = os.userInfo();
  return { uid, gid, name: username, group: String(gid) };
}

/** A folder of the server's own; its path is short, for sockets lie in it. */
export async function serverFolder(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), `okno-${name}-`));
  const { uid, gid } = serverUser();
  if (process.getuid?.() === 0) await chown(folder, uid, gid);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** A foreign server in the foreground, in a process group of its own. */
export interface OwnServer {
  readonly output: () => string;
  /** SIGTERM to the server, SIGKILL to what is left of it after 10 s. */
  readonly stop: () => Promise<void>;
  /** SIGKILL to all its processes: every connection breaks. */
  readonly kill: () => Promise<void>;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.setTimeout(2000, () => {
      socket.destroy();
      resolve(false);
    });
  });
}

function signal(child: ChildProcess, name: NodeJS.Signals, whole: boolean): void {
  if (child.pid === undefined) return;
  try {
    process.kill(whole ? -child.pid : child.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error; // it has ended already
  }
}

/** Starts a server and waits until it greets on `port`; a server that ends instead is an error with what it said. */
export async function startOwnServer(program: string, args: readonly string[], port: number, log: () => string): Promise<OwnServer> {
  const { uid, gid } = serverUser();
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] ?? '', HOME: os.tmpdir() }, ...(process.getuid?.() === 0 ? { uid, gid } : {}) });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-16_384)));
  const killAll = (): void => signal(child, 'SIGKILL', true);
  process.once('exit', killAll);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      said += String(error);
      resolve();
    });
  });
  const output = (): string => said + log();
  const deadline = Date.now() + 30_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.pid === undefined || Date.now() > deadline) {
      killAll();
      throw new Error(`${program} не запустился:\n${output().slice(-4000)}`);
    }
    await pause(30);
  }
  const gone = async (): Promise<void> => {
    await ended;
    killAll();
    process.off('exit', killAll);
  };
  return {
    output,
    stop: async () => {
      signal(child, 'SIGTERM', false);
      const insist = setTimeout(killAll, 10_000);
      await gone();
      clearTimeout(insist);
    },
    kill: async () => {
      killAll();
      await gone();
    },
  };
}
