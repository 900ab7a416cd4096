import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { SetupError } from '../setup/progress.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is alive and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Takes the data folder for this process; two starts over one folder would fight for its PostgreSQL. Returns what gives it back. */
export function takeDataFolder(data: string): () => void {
  const file = path.join(data, '..', `.${path.basename(data)}.pid`);
  const other = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (other > 0 && other !== process.pid && isAlive(other)) {
    throw new SetupError(`ОКНО уже запущено с папкой ${data} (процесс ${other}).`, 'закройте его (Ctrl+C там, где оно запущено) или укажите другую папку: npm start -- --data ПАПКА');
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}
