import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { foldAddress } from '../../../shared/base/mail-address.ts';
import type { Mailbox, MailboxPurpose } from '../../../shared/domain/mailbox/model.ts';
import type { CentreTools } from '../adapter.ts';
import type { IntakeJournal } from './intake-journal.ts';
import { storeData } from './smtp-data.ts';
import { listenOn, type Listening } from './smtp-listening.ts';

/** The active mailboxes that people have set up, as of now. */
export type KnownMailboxes = () => readonly Pick<Mailbox, 'id' | 'address' | 'purpose'>[];

interface Addressed {
  readonly mailbox: MailboxPurpose;
  readonly mailboxId: string | null;
}

function smtpError(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** Bytes of a letter whose attachment is as large as a file may be: base64 adds a third, line ends and the header a little. */
export function letterLimit(fileLimit: number): number {
  return Math.ceil(fileLimit * 1.4) + 1024 * 1024;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

function mailboxOf(address: string, tools: CentreTools, known: KnownMailboxes): Addressed | null {
  const wanted = foldAddress(address);
  const own = known().find((mailbox) => foldAddress(mailbox.address) === wanted);
  if (own !== undefined) return { mailbox: own.purpose, mailboxId: own.id };
  if (wanted === foldAddress(tools.config.mailboxClients)) return { mailbox: 'clients', mailboxId: null };
  return wanted === foldAddress(tools.config.mailboxRequests) ? { mailbox: 'requests', mailboxId: null } : null;
}

/** The letter is on disk and in the journal when this resolves: whatever happens to the centre then, it is not lost. */
async function takeIn(stream: SMTPServerDataStream, session: SMTPServerSession, tools: CentreTools, journal: IntakeJournal, known: KnownMailboxes, limit: number): Promise<void> {
  const stored = await storeData(stream, tools.files, limit).catch((error: unknown) => {
    if (stream.sizeExceeded) return null;
    throw error;
  });
  if (stored === null || stream.sizeExceeded) throw smtpError(552, `5.3.4 The letter has ${megabytes(stream.byteLength)}, the limit is ${megabytes(limit)}: send large files in parts`);
  const { mailFrom, rcptTo } = session.envelope;
  // One letter of each purpose, however many of its addresses were named.
  const addressed = new Map(rcptTo.flatMap(({ address }) => mailboxOf(address, tools, known) ?? []).map((one) => [one.mailbox, one]));
  const returnPath = mailFrom === false || mailFrom.address === '' ? null : mailFrom.address;
  await journal.add([...addressed.values()].map((one) => ({ ...one, rawFileId: stored.sha, returnPath, receivedAt: tools.clock.now() })));
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

/** Listens as the MX of the mailboxes. `onLetter` is called when something new is in the journal. */
export async function startMailListener(tools: CentreTools, journal: IntakeJournal, known: KnownMailboxes, onLetter: () => void): Promise<Listening> {
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
      done(mailboxOf(address, tools, known) === null ? smtpError(550, `5.1.1 There is no mailbox ${address} here`) : null);
    },
    onData: (stream, session, done) => {
      const respond = async (): Promise<void> => {
        const problem = await answer(stream, session, tools, journal, known, limit);
        done(problem, '2.0.0 The letter is stored');
        if (problem === null) onLetter();
      };
      void respond();
    },
  });
  return listenOn(server, tools.config.smtpHost, tools.config.smtpPort, tools.log);
}
