import { incarnationsOf, numberKey, seqKey, type BatchWrite, type CentreStore, type FeedPage, type FeedPosition, type FeedRequest, type FeedStep, type Known, type Lookup, type NumberBounds, type StoreAnswer, type StoreRead } from '../../server/db/centre-store.ts';
import type { CentreDisk, CentreRow } from './centre-disk.ts';
import type { SeededBug } from './seeded-bugs.ts';

export interface MemoryCentreOptions {
  readonly disk: CentreDisk;
  readonly bug: SeededBug | null;
  /** Lets other things happen; never comes back after the process has died. */
  readonly pause: (label: string) => Promise<void>;
  readonly newEpoch: () => string;
  readonly onCommit: (step: FeedStep | null) => void;
}

const restoreJump = 10_000;
const later = (row: { xid: number; seq: number }, xid: number, seq: number): boolean => row.xid > xid || (row.xid === xid && row.seq > seq);

/**
 * The centre's base in memory. As in PostgreSQL a transaction takes its number when it begins and may commit after one that began
 * later: the feed is read in the order of numbers, below the oldest that still runs.
 */
export function memoryCentreStore({ disk, bug, pause, newEpoch, onCommit }: MemoryCentreOptions): CentreStore {
  const answerOne = (read: StoreRead): StoreAnswer => {
    const ids = read.kind === 'get' ? [read.id] : disk.documents.ids(read.type, read.index, read.key);
    return ids.flatMap((id) => disk.documents.get(read.type, id) ?? []);
  };
  const raise = (name: string, value: number): void => void disk.counters.set(name, Math.max(disk.counters.get(name) ?? 0, value));
  return {
    lookup: async (lookup) => {
      await pause('lookup');
      return known(disk, bug, lookup, lookup.reads.map(answerOne));
    },
    read: async (reads) => {
      await pause('read');
      return reads.map(answerOne);
    },
    apply: async (write) => {
      await pause('begin');
      const xid = disk.nextXid++;
      disk.running.add(xid);
      const seqs = write.documents.map(() => disk.nextSeq++);
      await pause('commit');
      disk.running.delete(xid);
      if (!holds(disk, bug, write)) return 'conflict';
      const from = lastRow(disk, xid);
      commit(disk, write, xid, seqs);
      const step = stepOf(disk, bug, write, from, xid);
      onCommit(step);
      await pause('committed');
      return { step };
    },
    nextNumbers: async (series, year, count, bounds) => {
      await pause('number');
      return take(disk, bug, { series, year, count, highest: 0, bounds });
    },
    lease: async ({ deskId, incarnation, leaseId, ...wish }) => {
      await pause('lease');
      const block = take(disk, bug, wish);
      await pause('leased');
      return block === null ? null : { leaseId: leaseId(block.from, block.to), deskId, incarnation, series: wish.series, year: wish.year, ...block };
    },
    feed: async (request) => {
      await pause('feed');
      const page = feedPage(disk, bug, request);
      await pause('raise');
      if (bug !== 'countersRestored') for (const { series, year, value } of request.seen) raise(`${series}-${year}`, value);
      return page;
    },
    epoch: async () => {
      await pause('epoch');
      return disk.epoch;
    },
    newEpoch: async (from, at) => {
      await pause('newEpoch');
      raiseEpoch(disk, bug, from, newEpoch(), at);
      return disk.epoch;
    },
  };
}

/** The base was restored: another epoch, and another floor of numbers. */
export function raiseEpoch(disk: CentreDisk, bug: SeededBug | null, from: string, next: string, at: string): void {
  if (disk.epoch !== from) return;
  disk.epoch = next;
  disk.restoredAt = at;
  // The bug: a jump that is the same for each restore of the same backup.
  if (bug === 'backupRestoredTwice') for (const [name, value] of disk.counters) disk.counters.set(name, value + restoreJump);
}

function take(disk: CentreDisk, bug: SeededBug | null, { series, year, count, highest, bounds }: { readonly series: string; readonly year: string; readonly count: number; readonly highest: number; readonly bounds: NumberBounds }): { readonly from: number; readonly to: number } | null {
  const name = `${series}-${year}`;
  const floor = bug === 'countersRestored' || bug === 'backupRestoredTwice' ? 0 : Math.max(highest, bounds.floor(disk.restoredAt));
  const from = Math.max(disk.counters.get(name) ?? 0, floor) + 1;
  const to = Math.min(from + count - 1, bounds.ceiling);
  if (to < from) return null;
  disk.counters.set(name, to);
  return { from, to };
}

function known(disk: CentreDisk, bug: SeededBug | null, { commandIds, seqs, numbers }: Lookup, answers: readonly StoreAnswer[]): Known {
  return {
    epoch: disk.epoch,
    outcomes: new Map(bug === 'noCommandIdCheck' ? [] : commandIds.flatMap((id) => { const command = disk.commands.get(id); return command === undefined ? [] : [[id, { outcome: command.outcome, refusal: command.refusal }] as const]; })),
    seqs: new Map(bug === 'noSequenceCheck' ? [] : seqs.flatMap((key) => { const seen = disk.seqs.get(seqKey(key)); return seen === undefined ? [] : [[seqKey(key), seen.commandId] as const]; })),
    usedNumbers: new Set(numbers.map(numberKey).filter((key) => disk.numbers.has(key))),
    answers,
  };
}

/** True if everything that was read is still so, and nothing that must be unique is taken. */
function holds(disk: CentreDisk, bug: SeededBug | null, write: BatchWrite): boolean {
  if (write.epoch !== disk.epoch) return false;
  if (write.gets.some(({ type, id, version }) => (disk.documents.get(type, id)?.version ?? 0) !== version)) return false;
  if (write.finds.some(({ type, index, key, ids }) => disk.documents.ids(type, index, key).join('\n') !== ids.join('\n'))) return false;
  const ids = write.commands.map(({ commandId }) => commandId);
  if (new Set(ids).size !== ids.length || (bug !== 'noCommandIdCheck' && ids.some((id) => disk.commands.has(id)))) return false;
  const seqs = [...write.commands, ...write.repeated].flatMap(({ incarnation, seq }) => (incarnation === null || seq === null ? [] : [seqKey({ incarnation, seq })]));
  const loose = bug === 'noSequenceCheck' || bug === 'noCommandIdCheck';
  if (!loose && (new Set(seqs).size !== seqs.length || seqs.some((key) => disk.seqs.has(key)))) return false;
  const numbers = write.numbers.map(numberKey);
  return new Set(numbers).size === numbers.length && !numbers.some((key) => disk.numbers.has(key));
}

function commit(disk: CentreDisk, write: BatchWrite, xid: number, seqs: readonly number[]): void {
  write.documents.forEach((document, n) => {
    const old = disk.documents.get(document.type, document.id);
    const pastScope = old === undefined ? [] : [...new Set([...old.pastScope, ...old.scope])];
    const row: CentreRow = { ...document, pastScope, xid, seq: seqs[n] ?? 0 };
    disk.documents.put(row);
  });
  for (const command of write.commands) {
    disk.commands.set(command.commandId, { ...command, xid });
    if (command.outcome === 'applied') disk.applications.set(command.commandId, (disk.applications.get(command.commandId) ?? 0) + 1);
  }
  for (const { commandId, incarnation, seq } of [...write.commands, ...write.repeated]) if (incarnation !== null && seq !== null) disk.seqs.set(seqKey({ incarnation, seq }), { commandId, xid, incarnation, seq });
  for (const { type, id, commandId } of write.history) disk.changedBy.set(`${type}\n${id}`, [...(disk.changedBy.get(`${type}\n${id}`) ?? []), commandId]);
  for (const number of write.numbers) disk.numbers.set(numberKey(number), number.commandId);
  for (const effect of write.effects) disk.effects.set(effect.id, effect);
  for (const id of write.cancels) disk.effects.delete(id);
}

/** The last row of the feed below a transaction. */
function lastRow(disk: CentreDisk, below: number): FeedPosition | null {
  let last: CentreRow | null = null;
  for (const row of disk.documents.values()) if (row.xid < below && (last === null || later(row, last.xid, last.seq))) last = row;
  return last === null ? null : { xid: BigInt(last.xid), seq: BigInt(last.seq) };
}

function stepOf(disk: CentreDisk, bug: SeededBug | null, write: BatchWrite, from: FeedPosition | null, xid: number): FeedStep | null {
  // The bug: what is older and still under way would come before the step, when it is too late.
  const alone = bug === 'stepOverRunning' || [...disk.running].every((other) => other > xid);
  const rows = write.documents.flatMap(({ type, id }) => disk.documents.get(type, id) ?? []);
  const last = rows.at(-1);
  if (!alone || from === null || last === undefined) return null;
  return { epoch: disk.epoch, from, to: { xid: BigInt(xid), seq: BigInt(last.seq) }, rows, incarnations: incarnationsOf(write) };
}

function feedPage(disk: CentreDisk, bug: SeededBug | null, { after, scopeKeys, limit, incarnation, without = [] }: FeedRequest): FeedPage {
  const bare = bug === 'feedByBareSequence';
  const xmin = bare || disk.running.size === 0 ? disk.nextXid : Math.min(...disk.running);
  // The bug: rows by their sequence alone, whatever still runs.
  const xidOf = (row: CentreRow): number => (bare ? 0 : row.xid);
  const [fromXid, fromSeq] = after === null ? [0, 0] : [Number(after.xid), Number(after.seq)];
  const meets = (keys: readonly string[]): boolean => keys.some((key) => scopeKeys.includes(key));
  const found: CentreRow[] = [];
  let [newestXid, newestSeq, behind] = [fromXid, fromSeq, false];
  for (const row of disk.documents.values()) {
    const xid = xidOf(row);
    if (row.xid >= xmin) {
      behind = true;
      continue;
    }
    if (later({ xid, seq: row.seq }, newestXid, newestSeq)) [newestXid, newestSeq] = [xid, row.seq];
    if (later({ xid, seq: row.seq }, fromXid, fromSeq) && (meets(row.scope) || meets(row.pastScope)) && !without.includes(row.type)) found.push(row);
  }
  found.sort((a, b) => xidOf(a) - xidOf(b) || a.seq - b.seq);
  const more = found.length > limit;
  const page = more ? found.slice(0, limit) : found;
  const last = more ? page.at(-1) : undefined;
  const settled = last === undefined ? xmin : last.xid;
  // A document changed again since, and not given yet, hides what earlier commands did to it.
  const hidden = bug === 'coverageByTransaction' ? [] : [...disk.documents.values()].filter((row) => row.xid >= xmin || (last !== undefined && later({ xid: xidOf(row), seq: row.seq }, xidOf(last), last.seq)));
  const contained = covered(disk, incarnation, settled, new Set(hidden.flatMap(({ type, id }) => disk.changedBy.get(`${type}\n${id}`) ?? [])));
  return {
    epoch: disk.epoch,
    rows: page.map(({ type, id, version, document, scope }) => ({ type, id, version, document: meets(scope) ? document : null })),
    position: last === undefined ? { xid: BigInt(newestXid), seq: BigInt(newestSeq) } : { xid: BigInt(xidOf(last)), seq: BigInt(last.seq) },
    more,
    ...contained,
    ahead: !bare && fromXid >= xmin,
    behind,
  };
}

/** The highest seq of the incarnation below the given transaction, all up to it being in what was given, and its command. */
function covered(disk: CentreDisk, incarnation: string, belowXid: number, hidden: ReadonlySet<string>): Pick<FeedPage, 'lastSeq' | 'lastCommandId'> {
  let firstHidden = Number.POSITIVE_INFINITY;
  let known: Pick<FeedPage, 'lastSeq' | 'lastCommandId'> = { lastSeq: 0, lastCommandId: null };
  const own = [...disk.seqs.values()].filter((command) => command.incarnation === incarnation && command.xid < belowXid);
  for (const { commandId, seq } of own) if (hidden.has(commandId)) firstHidden = Math.min(firstHidden, seq);
  for (const { commandId, seq } of own) if (seq < firstHidden && seq > known.lastSeq) known = { lastSeq: seq, lastCommandId: commandId };
  return known;
}
