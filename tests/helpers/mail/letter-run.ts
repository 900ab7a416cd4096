import { createHash } from 'node:crypto';
import type { CentreTools } from '../../../server/adapters/adapter.ts';
import { emptyEmailId, incomingEmailId } from '../../../server/adapters/mail/intake-key.ts';
import { intakeJournal } from '../../../server/adapters/mail/intake-journal.ts';
import { startMailIntake } from '../../../server/adapters/mail/mail-intake.ts';
import type { FileStore } from '../../../server/files/file-store.ts';
import type { EmailParser } from '../../../shared/mail/parse-apart.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { randomLetter, type RandomLetter } from './random-letter.ts';

/** Files in memory: what is tried is the letters, and the disk's sync for each of their files would be most of the time. */
function memoryFiles(store: FileStore): { readonly files: FileStore; readonly contents: Map<string, Buffer> } {
  const contents = new Map<string, Buffer>();
  const files: FileStore = Object.assign(Object.create(store) as FileStore, {
    put: async (content: Uint8Array) => {
      const sha = createHash('sha256').update(content).digest('hex');
      contents.set(sha, Buffer.from(content));
      return { sha, size: content.length };
    },
    get: async (sha: string) => contents.get(sha) ?? null,
    size: async (sha: string) => contents.get(sha)?.length ?? null,
  });
  return { files, contents };
}

export interface LetterRun {
  readonly firstSeed: number;
  readonly letters: number;
  readonly parser: EmailParser;
  /** A bug of the intake, for a test of this very run: entries that are forgotten. */
  readonly forgets?: (seed: number) => boolean;
}

const waitMs = 50;
/** Ids asked for in one question. */
const questionSize = 1000;

async function documentsOf(tools: CentreTools, ids: readonly string[]): Promise<ReadonlyMap<string, IncomingEmail>> {
  const { rows } = await tools.pool.query<{ id: string; body: IncomingEmail }>(`select id, body from document where type = 'incomingEmail' and id = any($1)`, [ids]);
  return new Map(rows.map(({ id, body }) => [id, body]));
}

async function taskedOf(tools: CentreTools, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await tools.pool.query<{ id: string }>(`select body->>'documentId' as id from document where type = 'task' and body->>'documentId' = any($1)`, [ids]);
  return new Set(rows.map(({ id }) => id));
}

/** What does not hold of a letter, in words; null if all does. */
function findingOf(letter: RandomLetter, email: IncomingEmail | undefined, hasTask: boolean, contents: ReadonlyMap<string, Buffer>): string | null {
  if (email === undefined) return 'it did not become a letter';
  if (!hasTask) return 'it has no task';
  if (!(contents.get(email.rawFileId)?.equals(letter.raw) ?? false)) return 'its original is not what came';
  const broken = email.problems.find((problem) => problem.includes('не удалось разобрать'));
  if (broken !== undefined) return broken;
  if (letter.damaged || letter.holdsLetter) return null;
  const shown = [email.text, email.htmlFileId === null ? '' : (contents.get(email.htmlFileId)?.toString('utf8') ?? ''), ...email.attachments.map(({ fileId }) => contents.get(fileId)?.toString('latin1') ?? '')].join('\n');
  const lost = letter.marks.filter((mark) => !shown.includes(mark));
  return lost.length === 0 ? null : `lost: ${lost.join(', ')}`;
}

/**
 * Has letters of these seeds taken in by the real intake: journal, parser, rules, PostgreSQL. Answers what does not hold, each with the seed that shows it:
 * every letter is a document with a task and its original, whatever its bytes; of one that was not spoilt every piece of content is to be found.
 */
export async function runLetters(tools: CentreTools, { firstSeed, letters: count, parser, forgets = () => false }: LetterRun): Promise<readonly string[]> {
  const { files, contents } = memoryFiles(tools.files);
  const letters = Array.from({ length: count }, (_, index) => randomLetter(firstSeed + index));
  const journal = intakeJournal(tools.pool);
  const receivedAt = new Date().toISOString();
  const entries = await Promise.all(letters.map(async ({ seed, raw }) => ({ seed, entry: { mailbox: 'clients' as const, mailboxId: null, rawFileId: (await files.put(raw)).sha, returnPath: `user${seed}@pochta-mo.ru`, receivedAt } })));
  for (let at = 0; at < entries.length; at += questionSize) await journal.add(entries.slice(at, at + questionSize).flatMap(({ seed, entry }) => (forgets(seed) ? [] : [entry])));
  const intake = startMailIntake({ ...tools, files }, journal, parser);
  const waiting = async (): Promise<number> => (await tools.pool.query('select 1 from mail_intake where done_at is null limit 1')).rowCount ?? 0;
  while ((await waiting()) > 0) await new Promise((resolve) => { setTimeout(resolve, waitMs); });
  await intake.stop();
  const findings: string[] = [];
  for (let at = 0; at < letters.length; at += questionSize) {
    const asked = letters.slice(at, at + questionSize).map((letter) => {
      const isEmpty = letter.raw.length < 100 && letter.raw.toString('latin1').trim() === '';
      return { letter, id: isEmpty ? emptyEmailId({ mailbox: 'clients', receivedAt, returnPath: `user${letter.seed}@pochta-mo.ru` }) : incomingEmailId('clients', letter.raw) };
    });
    const ids = asked.map(({ id }) => id);
    const [documents, tasked] = await Promise.all([documentsOf(tools, ids), taskedOf(tools, ids)]);
    for (const { letter, id } of asked) {
      const finding = findingOf(letter, documents.get(id), tasked.has(id), contents);
      if (finding !== null) findings.push(`letter ${letter.seed}: ${finding}`);
    }
  }
  return findings;
}
