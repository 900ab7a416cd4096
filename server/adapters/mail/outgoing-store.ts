import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { CentreTools } from '../adapter.ts';
import { headerFieldsOf, parseAddresses, parseMessageIds } from '../../../shared/mail/header-fields.ts';
import { decodeHeaderText } from '../../../shared/mail/header-text.ts';
import { storeData } from './smtp-data.ts';
import { listenOn, type Listening } from './smtp-listening.ts';

/** Bytes of the file in which the header is looked for. */
const HEADER_BYTES = 256 * 1024;

/** A second arrival of the same letter is a second letter to whoever gets it: it is shown as one, not hidden. */
async function freeId(tools: CentreTools, messageId: string): Promise<string> {
  let id = messageId;
  for (let n = 2; await tools.sentMail.has(id); n += 1) id = `${messageId} (${n})`;
  return id;
}

async function keep(tools: CentreTools, stream: SMTPServerDataStream, recipients: readonly string[]): Promise<void> {
  const { sha, size } = await storeData(stream, tools.files, Number.MAX_SAFE_INTEGER);
  const head = (await tools.files.stream(sha, { from: 0, to: Math.min(size, HEADER_BYTES) - 1 })) ?? [];
  const chunks: Buffer[] = [];
  for await (const chunk of head as AsyncIterable<Buffer>) chunks.push(chunk); // a byte stream gives Buffers
  const fields = headerFieldsOf(Buffer.concat(chunks).toString('latin1').split(/\r?\n\r?\n/)[0] ?? '');
  await tools.sentMail.record({
    id: await freeId(tools, parseMessageIds(fields.first('message-id'))[0] ?? sha),
    at: tools.clock.now(),
    from: parseAddresses(fields.first('from') ?? '', 'utf-8')[0]?.address ?? '',
    to: [...recipients],
    subject: decodeHeaderText(fields.first('subject') ?? '', 'utf-8'),
    size,
    rawFileId: sha,
  });
}

/** Resolves to null when the letter is kept, else to what the sender is told; reads the stream to its end either way. */
async function answer(tools: CentreTools, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | null> {
  try {
    await keep(tools, stream, session.envelope.rcptTo.map(({ address }) => address));
    return null;
  } catch (error) {
    tools.log.error({ err: error }, 'outgoing store could not keep a letter');
    return Object.assign(new Error('4.3.0 Cannot keep the letter now, try again later'), { responseCode: 451 });
  }
}

/**
 * The embedded outgoing store: an SMTP server on loopback that takes every letter and shows it in «Исходящая почта» instead of
 * sending it on. The way to it is the same SMTP as to a real relay.
 */
export async function startOutgoingStore(tools: CentreTools): Promise<Listening> {
  const server = new SMTPServer({
    name: 'okno',
    banner: 'OKNO outgoing store',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 2_000,
    onData: (stream, session, done) => {
      const respond = async (): Promise<void> => done(await answer(tools, stream, session), '2.0.0 Kept in the outgoing store');
      void respond();
    },
  });
  return listenOn(server, '127.0.0.1', 0, tools.log);
}
