import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';

/** Who works in a data folder, and where its database is reached. */
const holderSchema = z.object({ pid: z.number().int(), startedAt: z.string(), host: z.string(), port: z.number().int() });
export type DataHolder = z.infer<typeof holderSchema>;

const fileOf = (data: string): string => path.join(data, 'centre.lock');

/** Tells one process from a later one with the same number; empty where the system does not say. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  try {
    // Field 22, counted after the name in brackets, which may hold blanks.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return 'gone';
  }
}

/** The living process that holds the folder, or null: the file of one that was killed counts for nothing. */
export function dataHolder(data: string): DataHolder | null {
  let holder: DataHolder;
  try {
    holder = holderSchema.parse(JSON.parse(readFileSync(fileOf(data), 'utf8')));
    process.kill(holder.pid, 0);
  } catch {
    return null; // no file, half a file, or no such process
  }
  return startOf(holder.pid) === holder.startedAt ? holder : null;
}

/** Two centres on one folder would destroy it. */
export function refuseSecondCentre(data: string): void {
  const holder = dataHolder(data);
  if (holder !== null) throw new Error(`Центр уже запущен на папке ${data} (процесс ${holder.pid}). Остановите его или выберите другую папку (--data).`);
}

export function holdData(data: string, database: { readonly host: string; readonly port: number }): void {
  const holder: DataHolder = { pid: process.pid, startedAt: startOf(process.pid), ...database };
  writeFileSync(fileOf(data), JSON.stringify(holder), { mode: 0o600 });
}

export function releaseData(data: string): void {
  rmSync(fileOf(data), { force: true });
}
