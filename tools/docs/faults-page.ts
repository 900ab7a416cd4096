import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The faults and invariants that the product is built against, in the order of the page. */
const faults: readonly (readonly [id: string, what: string])[] = [
  ['F1', 'kill -9 at any commit'], ['F2', 'power cut, unsynced writes lost'], ['F3', 'disk full'], ['F4', 'cache file damaged'], ['F5', 'outbox file damaged'], ['F6', 'keyring lost, key changed, profile moved'],
  ['F7', 'profile cloned to two machines'], ['F8', 'machine put back from its own backup'], ['F9', 'clock wrong'], ['F10', 'program updated or downgraded with a full outbox'], ['F11', 'two programs on one profile'], ['F12', 'sleep and wake in the middle of a push'],
  ['F13', '10,000 commands after 14 days off line'], ['F14', 'file locked, folder read-only'], ['F15', 'a long reader keeps the WAL growing'], ['F16', 'request or answer lost, doubled, reordered, cut, foreign; 413; 502'], ['F17', 'half-open connection, hints silently dead'],
  ['F18', 'one-way partition'], ['F19', '500 desks reconnect at once'], ['F20', '256 kbit/s'], ['F21', 'certificate expired or changed'], ['F22', 'crash between commit and answer'], ['F23', 'centre restored from a backup'], ['F24', 'commits in another order than their sequence'],
  ['F25', 'feed cut behind a cursor'], ['F26', 'a page of another epoch comes late'], ['F27', 'a command that always throws'], ['F28', 'a refused command reaches «Разобрать»'], ['F29', 'two desks edit one document off line'], ['F30', 'the client it names was merged meanwhile'],
  ['F31', 'rights revoked, client moved, while off line'], ['F32', 'migrations on both sides'], ['F33', 'a pull that deletes over a fifth'], ['F34', 'PostgreSQL killed, disk full'], ['F35', 'the same letter delivered twice'],
  ['I1', 'one outcome for each accepted command'], ['I2', 'applied at most once'], ['I3', 'numbers unique and final'], ['I4', 'rows of a desk equal the centre’s'], ['I5', 'the outbox empties, or what stays is seen'], ['I6', 'an own change never disappears'],
  ['I7', 'each opening of a card is logged'], ['I8', 'no personal data outside encrypted files'], ['I9', 'each outward effect once'],
];

/** Mark of a test's title: `F7 F23 I1 a restored centre …`, before the first small letter. `I1–I7` names them all. */
function idsOf(title: string): readonly string[] {
  const head = /^(?:(?:[FI]\d{1,2}(?:–I\d)?)(?:[\s:,]+|$))+/.exec(title)?.[0] ?? '';
  return [...head.matchAll(/([FI])(\d{1,2})(?:–I(\d))?/g)].flatMap(([, letter = '', from = '', to]) => Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, n) => `${letter}${String(Number(from) + n)}`));
}

/** Test files by the faults that their titles name. */
export function faultTests(root: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const file of readdirSync(path.join(root, 'tests'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:test|spec)\.tsx?$/.test(file)) continue;
    for (const [, , title = ''] of readFileSync(path.join(root, 'tests', file), 'utf8').matchAll(/\b(?:it|test)(?:\.each\([\s\S]*?\))?\((['"`])([FI]\d[^\n]*)/g)) {
      for (const id of idsOf(title)) found.set(id, (found.get(id) ?? new Set()).add(`tests/${file.replaceAll(path.sep, '/')}`));
    }
  }
  return new Map([...found].map(([id, files]) => [id, [...files].toSorted()]));
}

/** docs/faults.md: for each fault and invariant the tests that show it, found by their titles. */
export function faultsPage(tests: ReadonlyMap<string, readonly string[]>): string {
  const rows = faults.map(([id, what]) => `| ${id} | ${what} | ${(tests.get(id) ?? []).map((file) => `\`${file}\``).join('<br>') || 'no test bears it yet'} |`);
  return `# Faults and invariants, and what shows them

Each test that shows a fault names it at the beginning of its title; this page is gathered from the titles, and a test compares it with them.
\`tests/simulation/storm-*.test.ts\` run three desks, a centre and the network through over a million steps of random faults from fixed seeds;
\`tests/simulation/seeded-bugs.test.ts\` shows that its oracle sees the bugs that it is there for.

| | what happens | tests |
|---|---|---|
${rows.join('\n')}
`;
}
