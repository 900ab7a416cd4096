import type { ImapFlow } from 'imapflow';
import type { Mailbox } from '../../../../shared/domain/mailbox/model.ts';
import type { FileStore } from '../../../files/file-store.ts';
import { keptHeaders, standInLetter, type UnfetchedLetter } from './stand-in-letter.ts';

/** A letter of a folder, durable in the file store. */
export interface FetchedLetter {
  readonly uid: number;
  readonly rawFileId: string;
  /** As `IncomingEmail.returnPath`. */
  readonly returnPath: string | null;
  /** When it came to the mailbox; null: the server does not say. */
  readonly arrivedAt: Date | null;
  /** The whole letter is here. One that is not stays at the mailbox untouched. */
  readonly whole: boolean;
}

export interface FetchFrom {
  readonly client: ImapFlow;
  readonly mailbox: Pick<Mailbox, 'address'>;
  readonly folder: string;
  readonly uidValidity: string;
  readonly files: FileStore;
  /** Bytes of the largest letter that is fetched whole. */
  readonly limit: number;
}

const CHUNK = 1024 * 1024;
/** The connection died over this letter so often: then only its header is asked for, and then nothing. */
const DEATHS_BEFORE_HEADER = 3;
const DEATHS_BEFORE_NOTHING = 5;

/** The server answered that it will not do it; the connection lives. Anything else is the connection's matter. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && (('responseStatus' in error && (error.responseStatus === 'NO' || error.responseStatus === 'BAD')) || ('code' in error && (error.code === 'DownloadOverflow' || error.code === 'DownloadIncomplete')));
}

function returnPathOf(headers: Buffer | undefined): string | null {
  const line = /^return-path:[ \t]*(.*)$/im.exec(headers?.toString('latin1') ?? '')?.[1];
  if (line === undefined) return '';
  const path = line.replaceAll(/[<>\s]/g, '');
  return path === '' ? null : path;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} МБ`;

async function headerOf(client: ImapFlow, uid: number): Promise<string | null> {
  const message = await client.fetchOne(uid, { uid: true, headers: [...keptHeaders] }, { uid: true });
  return message === false ? null : (message.headers?.toString('latin1') ?? null);
}

/**
 * Fetches one letter into the file store; null: it is no longer in the folder. One that is too large, or that the server does not give, becomes a stand-in that says where
 * it lies. `deaths`: how often the connection died over it. Rejects if the connection is lost or the file store cannot write.
 */
export async function fetchLetter(from: FetchFrom, uid: number, deaths: number): Promise<FetchedLetter | null> {
  const { client, mailbox, folder, uidValidity, files, limit } = from;
  const standIn = async (more: Pick<UnfetchedLetter, 'header' | 'size' | 'why'>, arrivedAt: Date | null, returnPath: string | null): Promise<FetchedLetter> => {
    const { sha } = await files.put(standInLetter({ address: mailbox.address, folder, uidValidity, uid, ...more }));
    return { uid, rawFileId: sha, returnPath, arrivedAt, whole: false };
  };
  if (deaths >= DEATHS_BEFORE_NOTHING) return standIn({ header: null, size: null, why: 'почтовый сервер обрывает связь, когда его запрашивают' }, null, '');
  const message = await client.fetchOne(uid, { uid: true, size: true, internalDate: true, headers: ['Return-Path'] }, { uid: true });
  if (message === false) return null;
  const arrivedAt = message.internalDate === undefined ? null : new Date(message.internalDate);
  const returnPath = returnPathOf(message.headers);
  const size = message.size ?? null;
  const withHeader = async (why: string): Promise<FetchedLetter> => standIn({ header: await headerOf(client, uid).catch(orNull), size, why }, arrivedAt, returnPath);
  if (deaths >= DEATHS_BEFORE_HEADER) return withHeader('почтовый сервер обрывает связь, когда его запрашивают');
  if (size !== null && size > limit) return withHeader(`оно больше ${megabytes(limit)}`);
  try {
    const rawFileId = await storeWhole(from, uid, size);
    return rawFileId === null ? null : { uid, rawFileId, returnPath, arrivedAt, whole: true };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Somebody may have removed it in this moment.
    if ((await client.fetchOne(uid, { uid: true }, { uid: true })) === false) return null;
    return withHeader(`почтовый сервер не отдаёт его (${error instanceof Error ? error.message.slice(0, 200) : 'отказ'})`);
  }
}

/** The bytes as they lie at the server → the file store; null: the letter is gone. */
async function storeWhole({ client, files, limit }: FetchFrom, uid: number, told: number | null): Promise<string | null> {
  const download = await client.download(String(uid), undefined, { uid: true, chunkSize: CHUNK });
  const stored = download.content === undefined ? null : await files.put(download.content, { limit: limit * 2 });
  if (stored !== null && (told === null || stored.size >= told)) return stored.sha;
  // Some servers tell a wrong size, some give a short piece in the middle, and an empty letter has no pieces: the whole in one piece decides.
  const message = await client.fetchOne(uid, { uid: true, source: true }, { uid: true });
  if (message === false) return null;
  const source = message.source ?? Buffer.alloc(0); // no bytes at all are a letter too
  return stored === null || source.length > stored.size ? (await files.put(source, { limit: limit * 2 })).sha : stored.sha;
}

/** A header that the server refuses too is left out; a lost connection is not. */
function orNull(error: unknown): null {
  if (isRefusal(error)) return null;
  throw error;
}
