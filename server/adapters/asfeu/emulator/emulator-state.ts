import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { applicationSchema, type Application } from '../../../../shared/domain/application/model.ts';
import { registrationSchema, type FeedPage, type Registration } from '../contract.ts';

const entrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begun'), feed: z.string() }),
  z.object({ kind: z.literal('registered'), registration: registrationSchema }),
  z.object({ kind: z.literal('changed'), withdrawn: z.boolean(), application: applicationSchema }),
]);
type Entry = z.infer<typeof entrySchema>;

export interface EmulatorState {
  /** Registers anew or answers with what the key has. `repeat`: registers again even so (a base that knows no keys). */
  readonly register: (key: string, at: Date, repeat?: boolean) => { readonly registration: Registration; readonly isNew: boolean };
  readonly find: (key: string) => Registration | null;
  readonly registrations: () => readonly Registration[];
  readonly change: (changes: readonly { readonly application: Application; readonly withdrawn: boolean }[]) => void;
  /** Null: the cursor is not of this feed. */
  readonly feed: (after: string, limit: number) => FeedPage | null;
  readonly close: () => void;
}

/** A last line without its end was being written when the process died: it was never answered for. */
function readEntries(file: string): readonly Entry[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
  if (whole.length < bytes.length) truncateSync(file, whole.length);
  return whole.toString('utf8').split('\n').filter((line) => line !== '').map((line) => entrySchema.parse(JSON.parse(line)));
}

/** «ОБ-26-00000001»; the barcode is the company's two digits, the year and the same running number. */
function registrationOf(key: string, running: number, at: Date): Registration {
  const year = String(at.getUTCFullYear() % 100).padStart(2, '0');
  return { key, number: `ОБ-${year}-${String(running).padStart(8, '0')}`, barcode: `46${year}${String(running).padStart(12, '0')}`, registeredAt: at.toISOString() };
}

/** Opens the emulator's memory: a file of one entry a line, on disk before it is answered for. */
export function openEmulatorState(file: string): EmulatorState {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const byKey = new Map<string, Registration>();
  const registrations: Registration[] = [];
  const changes: { application: Application; withdrawn: boolean }[] = [];
  let feedId = '';

  const apply = (entry: Entry): void => {
    if (entry.kind === 'begun') feedId = entry.feed;
    else if (entry.kind === 'changed') changes.push({ application: entry.application, withdrawn: entry.withdrawn });
    else {
      registrations.push(entry.registration);
      if (!byKey.has(entry.registration.key)) byKey.set(entry.registration.key, entry.registration);
    }
  };
  for (const entry of readEntries(file)) apply(entry);

  const handle = openSync(file, 'a');
  const write = (entries: readonly Entry[]): void => {
    appendFileSync(handle, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    fsyncSync(handle);
    for (const entry of entries) apply(entry);
  };
  if (feedId === '') write([{ kind: 'begun', feed: randomUUID().slice(0, 8) }]);

  const cursor = (place: number): string => `${feedId}.${place}`;
  return {
    register: (key, at, repeat = false) => {
      const known = byKey.get(key);
      if (known !== undefined && !repeat) return { registration: known, isNew: false };
      const registration = registrationOf(key, registrations.length + 1, at);
      write([{ kind: 'registered', registration }]);
      return { registration, isNew: true };
    },
    find: (key) => byKey.get(key) ?? null,
    registrations: () => [...registrations],
    change: (more) => write(more.map(({ application, withdrawn }) => ({ kind: 'changed', application, withdrawn }))),
    feed: (after, limit) => {
      const place = after === '' ? 0 : after.startsWith(`${feedId}.`) ? Number(after.slice(feedId.length + 1)) : NaN;
      if (!Number.isInteger(place) || place < 0 || place > changes.length) return null;
      const items = changes.slice(place, place + limit).map((change, index) => ({ cursor: cursor(place + index + 1), ...change }));
      const next = place + items.length;
      return { items, next: cursor(next), more: next < changes.length };
    },
    close: () => closeSync(handle),
  };
}
