import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { PortRpc } from '../../main/port-rpc.ts';
import { searchAnswerSchema, type SearchAnswer } from '../../shared/protocol/search.ts';
import { fold, foldedWords } from '../../shared/base/fold.ts';
import type { Application } from '../../shared/domain/application/model.ts';
import type { Client } from '../../shared/domain/client/model.ts';
import { onEnglishKeyboard } from '../../shared/text/keyboard-layout.ts';
import { comparedNumbers, reversed } from '../../shared/text/search-words.ts';
import { latinReading } from '../../shared/text/transliteration.ts';
import { clientWithAll } from '../../tools/data/large-company.ts';
import { seededRandom } from '../../tools/demo/seeded-random.ts';
import { fillLargeDesk, largeSeed } from './large-base.ts';
import { measureLists } from './large-lists.ts';
import { quantile } from './measurement.ts';

export interface LargeOptions {
  readonly clients: number;
  /** Kept and used again; null = a new folder, removed after. */
  readonly folder: string | null;
  readonly say: (line: string) => void;
}

interface Bare {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** One kind of input: the text typed for a client of the base, and the barest statement that finds him. */
interface Kind {
  readonly name: string;
  readonly title: string;
  readonly typed: (client: Client, application: Application) => string | null;
  readonly bare: (typed: string) => Bare;
}

const samples = 200;
/** Goal: the whole search against the statement alone. */
const mostTimesBare = 10;
const after = '\u{10ffff}';
const bodyByRow = 'JOIN document_client d ON d.row =';

function byName(typed: string): Bare {
  return { sql: 'SELECT body FROM document_client WHERE deleted = 0 AND c_name >= ? AND c_name < ? ORDER BY c_name, id LIMIT 8', values: [fold(typed), `${fold(typed)}${after}`] };
}

function byWords(typed: string): Bare {
  return { sql: `SELECT d.body FROM search_client ${bodyByRow} search_client.rowid WHERE search_client MATCH ? LIMIT 8`, values: [foldedWords(typed).map((word) => `"${word}"`).join(' AND ')] };
}

function byKey(start: string, type = 'client'): Bare {
  return { sql: `SELECT d.body FROM search_key_${type} k JOIN document_${type} d ON d.row = k.row WHERE k.key >= ? AND k.key < ? LIMIT 8`, values: [start, `${start}${after}`] };
}

function byPart(typed: string): Bare {
  const letters = [...fold(typed)];
  const match = letters.slice(2).map((_, place) => `"${letters.slice(place, place + 3).join('')}"`).join(' AND ');
  return { sql: `SELECT t.term FROM search_part JOIN search_term t ON t.id = search_part.rowid WHERE search_part MATCH ? AND instr(t.term, ?) > 0 LIMIT 8`, values: [match, fold(typed)] };
}

const phoneOf = ({ phones }: Client): string => phones[0]?.e164?.slice(-10) ?? '';
const surname = ({ lastName, name }: Client): string => lastName || (foldedWords(name)[1] ?? '');
/** Two letters in the middle changed places. */
const slipped = (word: string): string => word.slice(0, 2) + (word[3] ?? '') + (word[2] ?? '') + word.slice(4);

const kinds: readonly Kind[] = [
  { name: 'surnameStart', title: 'начало фамилии (4 буквы)', typed: (client) => client.lastName.slice(0, 4) || null, bare: byName },
  { name: 'threeLetters', title: 'три буквы', typed: (client) => client.lastName.slice(0, 3) || null, bare: byName },
  { name: 'surname', title: 'фамилия', typed: (client) => client.lastName || null, bare: byName },
  { name: 'fullName', title: 'фамилия, имя, отчество', typed: (client) => (client.kind === 'person' ? client.name : null), bare: byWords },
  { name: 'nameReversed', title: 'имя и фамилия', typed: ({ firstName, lastName }) => (lastName === '' ? null : `${firstName} ${lastName}`), bare: byWords },
  { name: 'organization', title: 'слово из наименования', typed: (client) => (client.kind === 'organization' ? (foldedWords(client.name)[1] ?? null) : null), bare: byWords },
  { name: 'part', title: 'часть внутри слова', typed: (client) => (surname(client).length >= 7 ? surname(client).slice(2, 6) : null), bare: byPart },
  { name: 'phone', title: 'телефон целиком', typed: (client) => client.phones[0]?.typed ?? null, bare: (typed) => byKey(`>${typed.replace(/\D/g, '').slice(-10)}`) },
  { name: 'phoneEnd', title: 'конец телефона (7 цифр)', typed: (client) => phoneOf(client).slice(-7), bare: (typed) => byKey(`<${reversed(typed)}`) },
  { name: 'phoneEndShort', title: 'конец телефона (4 цифры)', typed: (client) => phoneOf(client).slice(-4), bare: (typed) => byKey(`<${reversed(typed)}`) },
  { name: 'phoneStart', title: 'начало телефона (6 цифр)', typed: (client) => phoneOf(client).slice(0, 6), bare: (typed) => byKey(`>${typed}`) },
  { name: 'inn', title: 'ИНН', typed: ({ inn }) => inn || null, bare: (typed) => byKey(`>${typed}`) },
  { name: 'email', title: 'e-mail', typed: ({ emails }) => emails[0]?.address ?? null, bare: (typed) => byKey(`@${typed}`) },
  { name: 'address', title: 'населённый пункт, улица, дом', typed: ({ addresses }) => addresses[0]?.text.split(', ').slice(-3).join(', ') ?? null, bare: byWords },
  { name: 'applicationNumber', title: 'номер заявки', typed: (_, { number }) => number, bare: (typed) => byKey(`>${comparedNumbers(typed)[0] ?? ''}`, 'application') },
  { name: 'applicationEnd', title: 'номер заявки без года', typed: (_, { number }) => number.split('-').at(-1) ?? null, bare: (typed) => byKey(`<${reversed(comparedNumbers(typed)[0] ?? '')}`, 'application') },
  { name: 'layout', title: 'фамилия не в той раскладке', typed: ({ lastName }) => onEnglishKeyboard(lastName), bare: byName },
  { name: 'latin', title: 'фамилия латиницей', typed: ({ lastName }) => latinReading(lastName), bare: byName },
  { name: 'slip', title: 'фамилия с опиской', typed: ({ lastName }) => (lastName.length >= 6 ? slipped(lastName) : null), bare: byName },
  { name: 'nothing', title: 'чего нет', typed: ({ lastName }) => (lastName === '' ? null : `${lastName}щщъ`), bare: byName },
];

interface Measured {
  readonly name: string;
  readonly title: string;
  readonly p50: number;
  readonly p95: number;
  readonly bareP95: number;
  readonly found: number;
}

const milliseconds = (value: number): string => value.toLocaleString('ru-RU', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Somebody of the base with his first application. */
function someone(clients: number, random: ReturnType<typeof seededRandom>): { readonly client: Client; readonly application: Application } {
  const made = clientWithAll(largeSeed, random.whole(0, clients - 1));
  const find = (type: string) => made.find((one) => one.type === type)?.document;
  return { client: find('client') as Client, application: find('application') as Application }; // documents of these types
}

/**
 * The bare side of one search: for each kind of document that the answer shows, one prepared statement that reads the stored documents of as many rows: clients (or what the kind of input is
 * for) by the statement that finds them, the others by their ids. Through the same port.
 */
function bareOf(kind: Kind, text: string, { understood, groups }: SearchAnswer): readonly Bare[] {
  const finding = kind.bare(understood ?? text);
  const own = kind.name.startsWith('application') ? 'application' : 'client';
  const others = groups.filter(({ type }) => type !== own).map(({ type, rows }): Bare => ({ sql: `SELECT body FROM document_${type} WHERE id IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(rows.map(({ id }) => id))] }));
  return [finding, ...others];
}

async function measureKind(rpc: PortRpc, kind: Kind, clients: number): Promise<Measured> {
  const random = seededRandom(11);
  const [product, bare]: [number[], number[]] = [[], []];
  let found = 0;
  while (product.length < samples) {
    const { client, application } = someone(clients, random);
    const text = kind.typed(client, application);
    if (text === null || text === '') continue;
    const began = performance.now();
    const answer = await rpc.call('search.find', { text });
    product.push(performance.now() - began);
    const parsed = searchAnswerSchema.parse(answer);
    const statements = bareOf(kind, text, parsed);
    const bareBegan = performance.now();
    await rpc.call('bare', statements);
    bare.push(performance.now() - bareBegan);
    if (parsed.groups.length > 0) found += 1;
  }
  return { name: kind.name, title: kind.title, p50: quantile(product, 0.5), p95: quantile(product, 0.95), bareP95: quantile(bare, 0.95), found };
}

async function measureCard(rpc: PortRpc, clients: number): Promise<number> {
  const random = seededRandom(12);
  const times: number[] = [];
  while (times.length < samples) {
    const { client } = someone(clients, random);
    const began = performance.now();
    if ((await rpc.call('card', client.id)) === null) throw new Error(`No card: ${client.id}`);
    times.push(performance.now() - began);
  }
  return quantile(times, 0.95);
}

/** Goal: encrypted ÷ plain. */
const mostTimesPlain = 2;

async function measureLookups(rpc: PortRpc, clients: number, say: LargeOptions['say']): Promise<number> {
  const random = seededRandom(13);
  const ids = Array.from({ length: samples * 5 }, () => someone(clients, random).client.id);
  const { encrypted, plain } = z.object({ encrypted: z.number(), plain: z.number() }).parse(await rpc.call('lookups', ids));
  const ratio = encrypted / plain;
  say(`${ratio <= mostTimesPlain ? '✓' : '✗'} поиск по ключу в зашифрованной базе: ${milliseconds(ratio)} от незашифрованной (цель ≤ ${mostTimesPlain})`);
  return Number(ratio.toFixed(3));
}

const sizeSchema = z.array(z.object({ name: z.string(), bytes: z.number() }));

/** Searches of every kind and the card on a desk's base of that size, through the worker's port; answers the 95th percentiles in milliseconds. */
export async function runLarge({ clients, folder: kept, say }: LargeOptions): Promise<Record<string, number>> {
  const folder = kept ?? mkdtempSync(path.join(os.tmpdir(), 'okno-bench-large-'));
  try {
    fillLargeDesk(folder, clients, say);
    const worker = new Worker(new URL('search-worker.ts', import.meta.url), { workerData: { folder } });
    const ready = new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', () => resolve());
    });
    await ready;
    const rpc = new PortRpc(worker, { answer: () => null, onEvent: () => undefined, onError: (error) => console.error(error) });
    const results: Record<string, number> = {};
    const all: Measured[] = [];
    for (const kind of kinds) {
      await measureKind(rpc, kind, Math.min(clients, 50)); // warm up
      const measured = await measureKind(rpc, kind, clients);
      all.push(measured);
      results[measured.name] = Number(measured.p95.toFixed(3));
      const ratio = measured.p95 / measured.bareP95;
      say(`${measured.p95 <= 8 ? '✓' : '✗'} ${measured.title}: p95 ${milliseconds(measured.p95)} мс, медиана ${milliseconds(measured.p50)}; те же строки голыми запросами через тот же порт ${milliseconds(measured.bareP95)}, отношение ${milliseconds(ratio)}; найдено ${measured.found} из ${samples}`);
    }
    results['card'] = Number((await measureCard(rpc, clients)).toFixed(3));
    say(`${results['card'] <= 5 ? '✓' : '✗'} карточка с историей: p95 ${milliseconds(results['card'])} мс (цель ≤ 5)`);
    const worst = Math.max(...all.map(({ p95 }) => p95));
    say(worst <= 8 ? 'Каждый вид поиска уложился в 8 мс' : `Цель 8 мс НЕ ДОСТИГНУТА: худший вид ${milliseconds(worst)} мс`);
    const over = all.filter(({ p95, bareP95 }) => p95 > mostTimesBare * bareP95);
    say(over.length === 0 ? `Каждый вид не дольше ${mostTimesBare} голых запросов` : `Цель «не дольше ${mostTimesBare} голых запросов» НЕ ДОСТИГНУТА: ${over.map(({ title }) => title).join('; ')}`);
    Object.assign(results, await measureLists(rpc, say));
    results['encryptedLookups'] = await measureLookups(rpc, clients, say);
    for (const { name, bytes } of sizeSchema.parse(await rpc.call('size', null))) say(`    ${name}: ${(bytes / 2 ** 20).toFixed(0)} МиБ`);
    await rpc.call('close', null);
    await worker.terminate();
    return results;
  } finally {
    if (kept === null) rmSync(folder, { recursive: true, force: true });
  }
}
