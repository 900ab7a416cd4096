import type { ImapFlow } from 'imapflow';
import type { Mailbox } from '../../../../shared/domain/mailbox/model.ts';
import type { MailboxCheck } from '../../../../shared/protocol/http.ts';
import { mailboxRelay } from '../outlet.ts';
import { tryRelay } from '../submit.ts';
import { describeMailboxProblem } from './describe-problem.ts';
import { connectImap, FolderProblem, folderNames, type ImapLogin } from './imap-client.ts';

type Line = NonNullable<MailboxCheck['imap']>;

/** Only INBOX is the same in any case. */
const sameFolder = (a: string, b: string): boolean => a === b || (a.toUpperCase() === 'INBOX' && b.toUpperCase() === 'INBOX');

async function checkImap(login: ImapLogin): Promise<Line> {
  const { mailbox } = login;
  let client: ImapFlow | null = null;
  try {
    client = await connectImap(login);
    const names = await folderNames(client);
    const wanted = [...mailbox.folders, ...(mailbox.afterTaking === 'move' ? [mailbox.moveTo] : [])];
    const missing = wanted.find((folder) => !names.some((name) => sameFolder(name, folder)));
    if (missing !== undefined) throw new FolderProblem(missing, names);
    await client.logout();
    return { ok: true, text: `Вход выполнен, папки найдены: ${wanted.join(', ')}.` };
  } catch (error) {
    client?.close();
    return { ok: false, text: describeMailboxProblem(error, { host: mailbox.imapHost, port: mailbox.imapPort }) };
  }
}

async function checkSmtp({ mailbox, secret, tokens, timeoutMs }: ImapLogin): Promise<Line> {
  try {
    await tryRelay(mailboxRelay(mailbox, secret, tokens, timeoutMs));
    return { ok: true, text: 'Вход на сервер отправки выполнен.' };
  } catch (error) {
    return { ok: false, text: describeMailboxProblem(error, { host: mailbox.smtpHost, port: mailbox.smtpPort }) };
  }
}

/** Tries everything that the mailbox will do, sends and takes nothing. Never rejects. */
export async function checkMailbox(login: ImapLogin): Promise<MailboxCheck> {
  const { receives, sending }: Mailbox = login.mailbox;
  const [imap, smtp] = await Promise.all([receives ? checkImap(login) : null, sending === 'own' ? checkSmtp(login) : null]);
  return { imap, smtp };
}
