import { spawn, type SpawnOptions } from 'node:child_process';

/** What a finished program left behind. `output` holds both of its streams, the last 64 KiB. */
export interface Finished {
  readonly code: number;
  readonly output: string;
}

const keptOutput = 65_536;

/** Runs a program to its end with its output collected. Rejects only when it cannot be started at all. */
export function runProgram(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-keptOutput);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Whether a program of this name can be found on PATH and started. */
export async function hasProgram(name: string, probe = '--version'): Promise<boolean> {
  return runProgram(name, [probe]).then(
    () => true,
    () => false,
  );
}
