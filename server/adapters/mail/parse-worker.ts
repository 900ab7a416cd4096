import { parentPort } from 'node:worker_threads';
import { parseEmail, type Envelope } from '../../../shared/mail/parse-email.ts';

/** The thread in which letters are taken apart: a letter that takes too long or too much memory costs this thread, not the centre. */
export interface ParseRequest {
  readonly raw: Uint8Array<ArrayBuffer>;
  readonly envelope: Envelope;
}

parentPort?.on('message', ({ raw, envelope }: ParseRequest) => {
  void parseEmail(raw, envelope).then((parsed) => {
    // Own copies: a Buffer may share its memory with others, and shared memory cannot be handed over.
    const attachments = parsed.attachments.map((attachment) => ({ ...attachment, content: new Uint8Array(attachment.content) }));
    parentPort?.postMessage({ ...parsed, attachments }, attachments.map(({ content }) => content.buffer));
  });
});
