import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { SMTPServerDataStream } from 'smtp-server';
import type { FileStore, StoredFile } from '../../files/file-store.ts';

/**
 * The letter that comes after DATA → the file store, durable when it resolves. A connection that breaks before the last dot rejects:
 * half a letter is no letter. Whatever happens, the stream is read to its end, as SMTP needs before an answer.
 */
export async function storeData(stream: SMTPServerDataStream, files: FileStore, limit: number): Promise<StoredFile> {
  const content = new PassThrough();
  const broken = (): void => {
    if (!stream.readableEnded) content.destroy(new Error('The connection broke before the end of the letter'));
  };
  stream.once('error', broken);
  stream.once('close', broken);
  stream.pipe(content);
  try {
    return await files.put(content, { limit });
  } catch (error) {
    stream.unpipe(content);
    stream.resume();
    await finished(stream).catch(() => undefined); // gone with the connection: there is nobody to answer
    throw error;
  }
}
