import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import type { CentreTools } from '../adapter.ts';
import type { IntakeJournal } from './intake-journal.ts';
import { storeData } from './smtp-data.ts';
import { listenOn, type Listening } from './smtp-listening.ts';

type Mailbox = IncomingEmail['mailbox'];

function smtpError(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** Bytes of a letter whose attachment is as large as a file may be: base64 adds a third, line ends and the header a little. */
export function letterLimit(fileLimit: number): number {
  return Math.ceil(fileLimit * 1.4) + 1024 * 1024;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

function mailboxOf(address: string, tools: CentreTools): Mailbox | null {
  const wanted = address.toLowerCase();
  if (wanted === tools.config.mailboxClients.toLowerCase()) return 'clients';
  return wanted === tools.config.mailboxRequests.toLowerCase() ? 'requests' : null;
}

/** The letter is on disk and in the journal when this resolves: whatever happens to the centre then, it is not lost. */
async function takeIn(stream: SMTPServerDataStream, session: SMTPServerSession, tools: CentreTools, journal: IntakeJournal, limit: number): Promise<void> {
  const stored = await storeData(stream, tools.files, limit).catch((error: unknown) => {
    if (stream.sizeExceeded) return null;
    throw error;
  });
  if (stored === null || stream.sizeExceeded) throw smtpError(552, `5.3.4 The letter has ${megabytes(stream.byteLength)}, the limit is ${megabytes(limit)}: send large files in parts`);
  const { mailFrom, rcptTo } = session.envelope;
  const mailboxes = new Set(rcptTo.flatMap(({ address }) => mailboxOf(address, tools) ?? []));
  const returnPath = mailFrom === false || mailFrom.address === '' ? null : mailFrom.address;
  await journal.add([...mailboxes].map((mailbox) => ({ mailbox, rawFileId: stored.sha, returnPath, receivedAt: tools.clock.now() })));
}

/** Resolves to null when the letter is safe, else to what the sender is told. */
async function answer(...parameters: Parameters<typeof takeIn>): Promise<Error | null> {
  try {
    await takeIn(...parameters);
    return null;
  } catch (error) {
    if (error instanceof Error && 'responseCode' in error) return error;
    parameters[2].log.error({ err: error }, 'a letter could not be stored');
    return smtpError(451, '4.3.0 The letter cannot be stored now, try again later');
  }
}

/** Listens as the MX of the two mailboxes. `onLetter` is called when something new is in the journal. */
export async function startMailListener(tools: CentreTools, journal: IntakeJournal, onLetter: () => void): Promise<Listening> {
  const limit = letterLimit(tools.config.fileLimit);
  const server = new SMTPServer({
    name: 'okno',
    banner: 'OKNO mail intake',
    size: limit,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    lenientAddressParsing: true,
    logger: false,
    closeTimeout: 2_000,
    socketTimeout: 5 * 60_000,
    onRcptTo: ({ address }, _session, done) => {
      done(mailboxOf(address, tools) === null ? smtpError(550, `5.1.1 There is no mailbox ${address} here`) : null);
    },
    onData: (stream, session, done) => {
      const respond = async (): Promise<void> => {
        const problem = await answer(stream, session, tools, journal, limit);
        done(problem, '2.0.0 The letter is stored');
        if (problem === null) onLetter();
      };
      void respond();
    },
  });
  return listenOn(server, tools.config.smtpHost, tools.config.smtpPort, tools.log);
}
