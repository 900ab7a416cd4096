import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { root } from '../../tools/setup/files.ts';

/** One of our programs in a process of its own. */
export interface Program {
  readonly pid: number;
  /** What it has written so far, both streams, the last 256 KiB. */
  readonly output: () => string;
  readonly hasEnded: () => boolean;
  /** SIGTERM, and SIGKILL after 20 s. */
  readonly stop: () => Promise<void>;
  /** SIGKILL: nothing is flushed, nothing is said. */
  readonly kill9: () => Promise<void>;
}

const keptOutput = 262_144;
const endWithParent = pathToFileURL(path.join(import.meta.dirname, 'end-with-parent.ts')).href;
const patienceMs = 20_000;

function collected(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-keptOutput);
    });
  }
  return () => output;
}

/** Starts `node ENTRY FLAGS` (entry inside the repository) on the Node of this test. */
export function startProgram(entry: string, flags: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', endWithParent, entry, ...flags], { cwd: root, env: { ...process.env, ...environment }, stdio: ['pipe', 'pipe', 'pipe'] });
  const output = collected(child);
  let ended = false;
  const end = new Promise<void>((resolve) => {
    for (const event of ['exit', 'error'] as const) {
      child.once(event, () => {
        ended = true;
        resolve();
      });
    }
  });
  return {
    pid: child.pid ?? 0,
    output,
    hasEnded: () => ended,
    stop: async () => {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await end;
      clearTimeout(insist);
    },
    kill9: async () => {
      child.kill('SIGKILL');
      await end;
    },
  };
}

/** Waits until `url` answers 2xx; a program that ended instead is an error with what it said. */
export async function untilAnswers(program: Program, url: string, withinMs = 120_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    if (program.hasEnded() || Date.now() > deadline) throw new Error(`${url} не отвечает. Программа сказала:\n${program.output().slice(-4000)}`);
    await pause(50);
  }
}

/** Runs a program to its end and answers what it wrote. */
export async function runToEnd(entry: string, flags: readonly string[]): Promise<string> {
  const program = startProgram(entry, flags);
  while (!program.hasEnded()) await pause(30);
  return program.output();
}
