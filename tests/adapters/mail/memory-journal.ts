import type { IntakeEntry, IntakeJournal } from '../../../server/adapters/mail/intake-journal.ts';

export interface MemoryJournal extends IntakeJournal {
  readonly entries: (IntakeEntry & { readonly incomingEmailId: string | null; readonly problem: string; readonly nextAt: number })[];
}

/** The journal of intake in memory, for tests of what stands around it. */
export function memoryJournal(): MemoryJournal {
  const entries: MemoryJournal['entries'] = [];
  const change = (id: string, with_: (entry: MemoryJournal['entries'][number]) => MemoryJournal['entries'][number]): void => {
    const at = entries.findIndex((entry) => entry.id === id);
    const found = entries[at];
    if (found !== undefined) entries[at] = with_(found);
  };
  return {
    entries,
    add: async (more) => void entries.push(...more.map((entry, index) => ({ ...entry, id: String(entries.length + index + 1), attempts: 0, incomingEmailId: null, problem: '', nextAt: 0 }))),
    due: async (limit) => entries.filter(({ incomingEmailId, nextAt }) => incomingEmailId === null && nextAt <= Date.now()).slice(0, limit),
    done: async (finished) => {
      for (const { id, incomingEmailId } of finished) change(id, (entry) => ({ ...entry, incomingEmailId }));
    },
    postpone: async (id, problem, pauseMs) => change(id, (entry) => ({ ...entry, problem, attempts: entry.attempts + 1, nextAt: Date.now() + Math.min(pauseMs, 20) })),
  };
}
