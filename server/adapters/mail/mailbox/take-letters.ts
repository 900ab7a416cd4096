import type { ImapFlow } from 'imapflow';
import type { Mailbox } from '../../../../shared/domain/mailbox/model.ts';
import type { CentreTools } from '../../adapter.ts';
import type { IntakeJournal } from '../intake-journal.ts';
import { letterLimit } from '../mail-listener.ts';
import { fetchLetter, type FetchedLetter } from './fetch-letter.ts';
import { positionIn, type FolderPosition, type FolderPositions } from './folder-position.ts';

/** Letters that are made durable by one write; the connection may break after any of them. */
const BATCH = 20;
/** A server finds letters by whole days of its own time zone: it is asked for more, and the moments decide. */
const OTHER_ZONE_MS = 36 * 3_600_000;

export interface Taking {
  readonly mailbox: Mailbox;
  readonly folder: string;
  readonly tools: Pick<CentreTools, 'files' | 'clock' | 'config'>;
  readonly journal: Pick<IntakeJournal, 'add'>;
  readonly positions: FolderPositions;
  /** How often the connection died over a letter, by UID: kept by whoever connects again. */
  readonly deaths: Map<number, number>;
  /** Something new is in the journal. */
  readonly onTaken: () => void;
  readonly isStopped: () => boolean;
}

/** What could not be done at the mailbox with letters that are safe here; in words. */
export type FinishProblem = string | null;

/**
 * Takes every letter of the open folder that was not taken yet, oldest first: into the file store and the journal, then its place is remembered, and only then it is marked,
 * moved or deleted at the mailbox. Rejects when the connection is lost or the centre cannot write; what was taken till then is kept.
 */
export async function takeLetters(client: ImapFlow, taking: Taking): Promise<FinishProblem> {
  const { mailbox, folder, positions } = taking;
  const uidValidity = uidValidityOf(client);
  let position = positionIn(await positions.read(mailbox.id, folder), uidValidity);
  let problem: FinishProblem = null;
  const finish = async (): Promise<void> => {
    const refused = await finishLetters(client, mailbox, position.unfinished);
    problem = refused ?? problem;
    if (refused !== null || position.unfinished.length === 0) return;
    position = { ...position, unfinished: [] };
    await positions.write(mailbox.id, folder, position);
  };
  if (position.unfinished.length > 0) await finish();
  const uids = await newUids(client, mailbox, position.lastUid);
  for (let at = 0; at < uids.length && !taking.isStopped(); at += BATCH) {
    position = await takeBatch(client, taking, position, uids.slice(at, at + BATCH));
    await finish();
  }
  return problem;
}

function uidValidityOf(client: ImapFlow): string {
  if (client.mailbox === false) throw Object.assign(new Error('The folder is not open'), { code: 'NoConnection' });
  return client.mailbox.uidValidity.toString();
}

async function newUids(client: ImapFlow, { takeFrom }: Mailbox, lastUid: number): Promise<readonly number[]> {
  const from = takeFrom === '' ? null : new Date(`${takeFrom}T00:00:00.000+03:00`); // the office's day: Moscow
  const found = await client.search({ uid: `${lastUid + 1}:*`, ...(from === null ? {} : { since: new Date(from.getTime() - OTHER_ZONE_MS) }) }, { uid: true });
  if (found === false || found === undefined) throw Object.assign(new Error('Сервер не смог найти новые письма'), { code: 'NoConnection' });
  const uids = [...found].filter((uid) => uid > lastUid).sort((a, b) => a - b); // `n:*` names the last letter even if it is older
  if (from === null || uids.length === 0) return uids;
  const older = new Set<number>();
  for await (const { uid, internalDate } of client.fetch(uids, { uid: true, internalDate: true }, { uid: true })) if (internalDate !== undefined && new Date(internalDate) < from) older.add(uid);
  return uids.filter((uid) => !older.has(uid));
}

/** Takes one batch as far as it gets; the place is remembered even if the connection breaks in the middle, and then the error goes on. */
async function takeBatch(client: ImapFlow, taking: Taking, position: FolderPosition, uids: readonly number[]): Promise<FolderPosition> {
  const { mailbox, folder, tools, deaths } = taking;
  const letters: FetchedLetter[] = [];
  let lastUid = position.lastUid;
  let broken: { readonly error: unknown } | null = null;
  for (const uid of uids) {
    if (taking.isStopped()) break;
    try {
      const from = { client, mailbox, folder, uidValidity: position.uidValidity, files: tools.files, limit: letterLimit(tools.config.fileLimit) };
      const letter = await fetchLetter(from, uid, deaths.get(uid) ?? 0);
      if (letter !== null) letters.push(letter);
      deaths.delete(uid);
      lastUid = uid;
    } catch (error) {
      if (!client.usable) deaths.set(uid, (deaths.get(uid) ?? 0) + 1);
      broken = { error };
      break;
    }
  }
  const taken = lastUid === position.lastUid ? position : await remember(taking, position, letters, lastUid);
  if (broken !== null) throw broken.error;
  return taken;
}

async function remember({ mailbox, folder, tools, journal, positions, onTaken }: Taking, position: FolderPosition, letters: readonly FetchedLetter[], lastUid: number): Promise<FolderPosition> {
  const now = tools.clock.now();
  // A server's clock that runs ahead must not give letters of the future.
  const receivedAt = (arrivedAt: Date | null): string => (arrivedAt === null || Number.isNaN(arrivedAt.getTime()) || arrivedAt.toISOString() > now ? now : arrivedAt.toISOString());
  if (letters.length > 0) {
    await journal.add(letters.map(({ rawFileId, returnPath, arrivedAt }) => ({ mailbox: mailbox.purpose, mailboxId: mailbox.id, rawFileId, returnPath, receivedAt: receivedAt(arrivedAt) })));
    onTaken();
  }
  const finishing = mailbox.afterTaking === 'leave' ? [] : letters.filter(({ whole }) => whole).map(({ uid }) => uid);
  const next = { ...position, lastUid, unfinished: [...position.unfinished, ...finishing] };
  await positions.write(mailbox.id, folder, next);
  return next;
}

/** Marks, moves or deletes letters that are safe here; those that are gone are finished too. What the server refuses is told, and tried again later. */
async function finishLetters(client: ImapFlow, { afterTaking, moveTo }: Mailbox, uids: readonly number[]): Promise<FinishProblem> {
  if (uids.length === 0 || afterTaking === 'leave') return null;
  const range = uids.join(',');
  switch (afterTaking) {
    case 'seen':
      return (await client.messageFlagsAdd(range, ['\\Seen'], { uid: true })) ? null : 'Письма взяты, но сервер не дал отметить их прочитанными.';
    case 'delete':
      return (await client.messageDelete(range, { uid: true })) ? null : 'Письма взяты, но сервер не дал удалить их.';
    case 'move':
      return (await client.messageMove(range, moveTo, { uid: true })) === false ? `Письма взяты, но сервер не дал переместить их в папку «${moveTo}».` : null;
  }
}
