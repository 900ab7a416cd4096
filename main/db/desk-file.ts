import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { passwordWrapSchema } from './data-key.ts';
import { writeDurably } from './durable-file.ts';

/** The only plain file of a desk: who it is and its wrapped key. No personal data but logins. */
const deskSchema = z.object({
  deskId: z.string().min(8).max(64),
  deskName: z.string(),
  lastLogin: z.string(),
  /** Data key wrapped by the system's keyring, base64; null where there is none. */
  keyringWrap: z.string().nullable(),
  /** Data key wrapped by the centre's public key, base64. */
  escrow: z.string().nullable(),
  wraps: z.array(passwordWrapSchema),
});
export type Desk = z.infer<typeof deskSchema>;

const fileName = 'desk.json';

/** Reads the desk's file, or makes a new desk in an empty profile. A damaged file is an error: its wraps are the only way to the data. */
export function readDesk(folder: string, newDeskId: () => string): Desk {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, fileName);
  if (existsSync(file)) return deskSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const desk: Desk = { deskId: newDeskId(), deskName: hostname(), lastLogin: '', keyringWrap: null, escrow: null, wraps: [] };
  writeDesk(folder, desk);
  return desk;
}

export function writeDesk(folder: string, desk: Desk): void {
  writeDurably(path.join(folder, fileName), `${JSON.stringify(desk, null, 2)}\n`);
}
