import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Adapter, CentreTools } from '../../server/adapters/adapter.ts';
import { createEmailParser } from '../../server/adapters/mail/email-parser.ts';
import type { EmailParser } from '../../shared/mail/parse-apart.ts';
import { parseEmail } from '../../shared/mail/parse-email.ts';
import { runLetters } from '../helpers/mail/letter-run.ts';
import { startTestCentre, type TestCentre } from '../server/running-centre.ts';

/** `OKNO_LETTER=4711 npx vitest run --project integration tests/adapters/random-letters.pg.test.ts` tries that letter alone. */
const only = process.env['OKNO_LETTER'];
const letters = only === undefined ? { firstSeed: 1, letters: 10_000 } : { firstSeed: Number(only), letters: 1 };

let centre: TestCentre;
let tools: CentreTools;
let parser: EmailParser;

beforeAll(async () => {
  const catching: Adapter = {
    name: 'mail',
    effectHandlers: [],
    start: async (given) => {
      tools = given;
      return { stop: async () => undefined };
    },
  };
  centre = await startTestCentre({}, { adapters: [catching] });
  parser = createEmailParser();
});
afterAll(async () => {
  await parser.stop();
  await centre.remove();
});

test(`${letters.letters} letters of any shape and damage: each is a letter with its task, of a whole one nothing is lost`, async () => {
  const began = Date.now();
  const findings = await runLetters(tools, { ...letters, parser });
  console.log(`${letters.letters} random letters: ${Math.round((Date.now() - began) / 1000)} s`);
  if (findings.length > 0) console.log(`Try one again: OKNO_LETTER=${/\d+/.exec(findings[0] ?? '')?.[0] ?? ''} npx vitest run --project integration tests/adapters/random-letters.pg.test.ts`);
  expect(findings.slice(0, 20)).toEqual([]);
});

test('a parser that loses the last file of a letter is caught', async () => {
  const losing: EmailParser = { ...parser, parse: async (raw, envelope) => parseEmail(raw, envelope).then((parsed) => ({ ...parsed, attachments: parsed.attachments.slice(0, -1) })) };
  const findings = await runLetters(tools, { firstSeed: 1_000_001, letters: 60, parser: losing });
  expect(findings.find((finding) => /^letter 10000\d\d: lost: mark/.test(finding))).toBeDefined();
});

test('an intake that forgets a letter, and a parser that dies over one, are caught', async () => {
  expect(await runLetters(tools, { firstSeed: 2_000_001, letters: 20, parser, forgets: (seed) => seed === 2_000_007 })).toEqual(['letter 2000007: it did not become a letter']);
  const hasty = createEmailParser({ timeMs: 0, idleMs: 1000, memoryMb: 256 });
  expect((await runLetters(tools, { firstSeed: 3_000_001, letters: 1, parser: hasty }))[0]).toMatch(/^letter 3000001: Письмо не удалось разобрать/);
  await hasty.stop();
});
