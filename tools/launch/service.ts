import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../setup/files.ts';
import { SetupError } from '../setup/progress.ts';

/** A program of ours running in the background. */
export interface Service {
  readonly title: string;
  /** Asks it to end, and insists after ten seconds. */
  readonly stop: () => Promise<void>;
  /** Fulfilled with the exit code when it ends, for whatever reason. */
  readonly ended: Promise<number>;
}

interface ServiceOptions {
  readonly title: string;
  /** TypeScript file inside the repository. */
  readonly entry: string;
  readonly flags: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Both streams are written here. */
  readonly logFile: string;
  /** The program is ready as soon as this appears in its output. */
  readonly readyText: string;
}

const readyWithinMs = 120_000;
const patienceMs = 10_000;
const keptLog = 4_000;

function stopChild(child: ChildProcess, ended: Promise<number>): () => Promise<void> {
  return async () => {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(insist);
  };
}

/** Waits until the program says that it is ready; one that ended instead is an error with the end of its log. */
async function untilReady(options: ServiceOptions, ended: Promise<number>, lastLog: () => string): Promise<void> {
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  const deadline = Date.now() + readyWithinMs;
  while (!lastLog().includes(options.readyText)) {
    if (hasEnded || Date.now() > deadline) {
      throw new SetupError(`${options.title}: ${hasEnded ? 'программа завершилась, не начав работу' : 'не готова за две минуты'}.\n${lastLog().trimEnd()}`, `причина названа выше; весь журнал – ${options.logFile}`);
    }
    await pause(100);
  }
}

/** Starts a TypeScript program on our Node in a process group of its own (so that Ctrl+C reaches it only through `stop`), and waits until it is ready. */
export async function startService(options: ServiceOptions): Promise<Service> {
  mkdirSync(path.dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(root, options.entry), ...options.flags], {
    cwd: root,
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // Whatever way this process ends, the program does not stay behind alone.
  process.once('exit', () => child.kill('SIGTERM'));
  let lastLog = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      lastLog = (lastLog + chunk.toString('utf8')).slice(-keptLog);
    });
  }
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const service: Service = { title: options.title, stop: stopChild(child, ended), ended };
  try {
    await untilReady(options, ended, () => lastLog);
    return service;
  } catch (error) {
    await service.stop();
    throw error;
  }
}
