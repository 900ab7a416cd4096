import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** A full log is put aside once; two files are kept. */
const largestBytes = 2 * 1024 * 1024;

/** Log of the desk: what happened and errors of the program, never contents of documents. */
export function openLog(profile: string): (text: string, error?: unknown) => void {
  const file = path.join(profile, 'okno.log');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  return (text, error) => {
    const cause = error === undefined ? '' : ` ${error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)}`;
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > largestBytes) renameSync(file, `${file}.1`);
    appendFileSync(file, `${new Date().toISOString()} ${text}${cause}\n`, { mode: 0o600 });
  };
}
