import { z } from 'zod';
import { call } from '../bridge.ts';

/** What is kept of typing that was not written: the document as it was when the typing began, and as it is now. */
export const draftValueSchema = z.object({
  type: z.string(),
  id: z.string(),
  params: z.record(z.string(), z.string()),
  isNew: z.boolean(),
  base: z.record(z.string(), z.json()),
  values: z.record(z.string(), z.json()),
});
export type DraftValue = z.infer<typeof draftValueSchema>;

/** A pause of typing, and the longest time that typing stays unsaved: kill -9 loses at most one second. */
const PAUSE_MS = 300;

interface Waiting {
  readonly title: string;
  readonly value: DraftValue;
}

const waiting = new Map<string, Waiting>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const found = new Map<string, DraftValue>();

function flush(key: string): void {
  timers.delete(key);
  const last = waiting.get(key);
  if (last === undefined) return;
  waiting.delete(key);
  timers.set(key, setTimeout(() => flush(key), PAUSE_MS));
  void call('draft.save', { key, title: last.title, value: last.value });
}

/** Journals typing: at once, then at most every 300 ms while it goes on. */
export function journalDraft(key: string, title: string, value: DraftValue): void {
  waiting.set(key, { title, value });
  if (!timers.has(key)) flush(key);
}

/** The typing was written or thrown away. */
export async function removeDraft(key: string): Promise<void> {
  clearTimeout(timers.get(key));
  timers.delete(key);
  waiting.delete(key);
  found.delete(key);
  await call('draft.remove', { key });
}

/** Reads what was typed before the program ended; a form takes its draft when it opens. */
export async function readDrafts(): Promise<readonly { readonly key: string; readonly title: string; readonly value: DraftValue }[]> {
  const drafts = await call('draft.all', {});
  return drafts.flatMap(({ key, title, value }) => {
    const parsed = draftValueSchema.safeParse(value);
    if (!parsed.success) return [];
    found.set(key, parsed.data);
    return [{ key, title, value: parsed.data }];
  });
}

/** The draft of a document found at login, once. */
export function takeDraft(key: string): DraftValue | null {
  const draft = found.get(key) ?? null;
  found.delete(key);
  return draft;
}
