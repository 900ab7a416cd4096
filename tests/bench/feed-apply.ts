import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { demoApplications } from '../../tools/demo/applications.ts';
import { demoClients } from '../../tools/demo/clients.ts';
import { seededRandom } from '../../tools/demo/seeded-random.ts';
import { openCache } from '../../main/db/cache-structure.ts';
import { tableName } from '../../main/db/document-table.ts';
import { SearchIndex, searchKeyTableName, searchTableName } from '../../main/db/search-index.ts';
import { closeDesk, openDesk, type DeskFiles } from '../../main/desk/open-desk.ts';
import { documentNames, documentTypeOf, isDocumentName } from '../../shared/domain/documents.ts';
import type { Page, PulledRow } from '../../shared/protocol/sync.ts';
import { timed, type Measurement, type Pair } from './measurement.ts';

const now = Date.parse('2026-11-24T06:14:00.000Z');
/** As the desk asks: main/sync/desk-engine.ts. */
const pageRows = 500;
const key = Buffer.alloc(32, 7);
const types = ['client', 'application'] as const;

/** 2,000 clients and 5,000 applications as the centre sends them. */
function pulledRows(): readonly PulledRow[] {
  const clients = demoClients(seededRandom(7), 2_000);
  const applications = demoApplications(seededRandom(8), clients, 5_000, now);
  const row = (type: string, document: { readonly id: string }): PulledRow => JSON.parse(JSON.stringify({ type, id: document.id, version: 1, document })) as PulledRow; // as it comes off the wire
  return [...clients.map(({ client }) => row('client', { ...client, registeredAt: new Date(now).toISOString(), aliasOf: null } as { id: string })), ...applications.map((application) => row('application', application))];
}

function pagesOf<T>(rows: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(rows.length / pageRows) }, (_, n) => rows.slice(n * pageRows, (n + 1) * pageRows));
}

async function inNewFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okno-bench-feed-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const parse = (type: string, value: unknown) => (isDocumentName(type) ? documentTypeOf(type).schema.parse(value) : null);

function applyAll({ base }: DeskFiles, pages: readonly (readonly PulledRow[])[]): void {
  for (const [n, rows] of pages.entries()) {
    const page: Page = { kind: 'page', asked: { ...base.position, incarnation: base.incarnation }, epoch: 'e', rows: [...rows], cursor: String(n), more: n + 1 < pages.length, lastSeq: 0, lastCommandId: null, serverTime: new Date(now).toISOString(), external: [] };
    const { kind } = base.applyPage({ ...base.position, incarnation: base.incarnation }, page, parse, true);
    if (kind !== 'applied') throw new Error(`Page ${n} is not applied: ${kind}`);
  }
}

/** A row with everything that belongs to it, ready to be inserted. */
interface BareRow {
  readonly type: (typeof types)[number];
  readonly row: number;
  readonly values: readonly (string | number | null)[];
  readonly keys: readonly (readonly [string, string])[];
  readonly words: string;
  readonly searchKeys: readonly string[];
}

/** What the product wrote, read back: the bare side inserts the very same values. */
function writtenRows({ base: { cache } }: DeskFiles): readonly BareRow[] {
  const keysOf = cache.database.prepare<[string, string], { name: string; key: string }>('SELECT name, key FROM find_key WHERE id = ? AND name LIKE ?');
  return types.flatMap((type) => {
    const declared = documentTypeOf(type);
    const index = new SearchIndex(cache.database, declared, cache.terms);
    const rows = cache.database.prepare<[], Record<string, string | number | null>>(`SELECT * FROM ${tableName(type)} ORDER BY row`).all();
    return rows.map((row): BareRow => {
      const entry = index.entry(declared.schema.parse(JSON.parse(String(row['body']))));
      return { type, row: Number(row['row']), values: Object.values(row), keys: keysOf.all(String(row['id']), `${type}.%`).map(({ name, key: found }) => [name, found]), words: entry.words, searchKeys: [...entry.keys] };
    });
  });
}

function insertAll(folder: string, pages: readonly (readonly BareRow[])[]): Promise<number> {
  const { database } = openCache({ file: path.join(folder, 'bare.db'), key }, documentNames.map(documentTypeOf), false);
  const width = new Map(pages.flat().map(({ type, values }) => [type, values.length]));
  const inserts = new Map(types.map((type) => [type, {
    row: database.prepare(`INSERT INTO ${tableName(type)} VALUES (${Array.from({ length: width.get(type) ?? 0 }, () => '?').join(', ')})`),
    words: database.prepare(`INSERT INTO ${searchTableName(type)} (rowid, words) VALUES (?, ?)`),
    key: database.prepare(`INSERT INTO ${searchKeyTableName(type)} (key, row) VALUES (?, ?)`),
  }]));
  const addKey = database.prepare('INSERT INTO find_key (name, key, id) VALUES (?, ?, ?)');
  const insertPage = database.transaction((rows: readonly BareRow[]) => {
    for (const { type, row, values, keys, words, searchKeys } of rows) {
      inserts.get(type)?.row.run(...values);
      for (const [name, found] of keys) addKey.run(name, found, values[1]);
      inserts.get(type)?.words.run(row, words);
      for (const found of searchKeys) inserts.get(type)?.key.run(found, row);
    }
  });
  return timed(async () => pages.forEach((rows) => insertPage(rows))).finally(() => database.close());
}

async function open(): Promise<Pair> {
  const rows = pulledRows();
  const pages = pagesOf(rows);
  let written: readonly BareRow[] = [];
  const perSecond = (ms: number): number => (rows.length * 1_000) / ms;
  const product = (): Promise<number> =>
    inNewFolder(async (folder) => {
      const files = openDesk({ folder, deskId: 'desk-of-bench', key, nativeBinding: undefined, now: () => now, log: () => undefined });
      const ms = await timed(async () => applyAll(files, pages));
      if (written.length === 0) written = writtenRows(files);
      if (written.length !== rows.length) throw new Error(`Applied ${written.length} of ${rows.length} rows`);
      closeDesk(files);
      return perSecond(ms);
    });
  return { product, bare: () => inNewFolder(async (folder) => perSecond(await insertAll(folder, pagesOf(written)))), close: () => Promise.resolve() };
}

export const feedApply: Measurement = {
  name: 'feedApply', title: 'Приём изменений в базу рабочего места', unit: 'документов/с', goal: { side: 'atLeast', ratio: 0.6 }, rounds: 5, open,
  productTitle: '7 000 клиентов и заявок страницами: проверка схемой, ключи, индексы, полнотекстовый поиск',
  bareTitle: 'вставка готовых значений в те же таблицы с индексами и полнотекстовым поиском',
};
