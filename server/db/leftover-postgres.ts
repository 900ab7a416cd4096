import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

/** How long a server is given to end by itself after «fast», then after «immediate». */
const PATIENCE_MS = 10_000;

/**
 * A PostgreSQL of a centre that was killed may still run on the folder: it is asked to end. A pid file without its process,
 * or whose number went to another program, is PostgreSQL's own business: it recognises and replaces it.
 */
export async function stopLeftover(folder: string, log: Logger): Promise<void> {
  const pid = leftoverPid(folder);
  if (pid === null) return;
  log.warn({ pid }, 'a database server of an earlier run is still there, ending it');
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
      if (leftoverPid(folder) === null) return;
      await pause(100);
    }
  }
  throw new Error(`База данных занята процессом ${pid}, который не завершается. Завершите его и запустите центр снова.`);
}

/** The process that runs on this folder, or null. */
function leftoverPid(folder: string): number | null {
  const file = path.join(folder, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  try {
    process.kill(pid, 0);
    const commandLine = process.platform === 'linux' ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : folder;
    return commandLine.includes(folder) ? pid : null;
  } catch {
    return null; // no such process
  }
}
