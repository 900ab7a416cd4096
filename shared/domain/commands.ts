import type { Command } from '../base/rule-book.ts';
import * as appealCommands from './appeal/commands.ts';
import * as applicationCommands from './application/commands.ts';
import * as clientCommands from './client/commands.ts';
import * as clientMergeCommands from './client/merge-commands.ts';
import * as eventCommands from './contact-event/commands.ts';
import * as dictionaryCommands from './dictionary/commands.ts';
import * as emailCharsetCommands from './incoming-email/charset-commands.ts';
import * as emailClientCommands from './incoming-email/client-commands.ts';
import * as emailCommands from './incoming-email/commands.ts';
import * as emailReceiveCommand from './incoming-email/receive-command.ts';
import * as emailSaveCommand from './incoming-email/save-command.ts';
import * as emailSpamCommands from './incoming-email/spam-commands.ts';
import * as filterCommands from './mail-filter/commands.ts';
import * as mailboxCommands from './mailbox/commands.ts';
import * as outgoingCommands from './outgoing-email/commands.ts';
import * as outgoingResultCommands from './outgoing-email/result-commands.ts';
import * as taskCommands from './task/commands.ts';
import * as userCommands from './user/commands.ts';
import * as settingCommands from './user-setting/commands.ts';

/** Every command of the product, by name. A new one is added here and nowhere else. */
export const commands = [
  appealCommands.create,
  appealCommands.recordProblem,
  appealCommands.recordRegistration,
  applicationCommands.receive,
  clientCommands.create,
  clientMergeCommands.merge,
  clientCommands.save,
  clientMergeCommands.unmerge,
  eventCommands.assignNumber,
  eventCommands.comment,
  dictionaryCommands.write,
  emailCommands.assignNumber,
  emailClientCommands.chooseClient,
  emailCharsetCommands.correctCharset,
  emailCommands.finish,
  emailSpamCommands.markSpam,
  emailCommands.reassign,
  emailReceiveCommand.receive,
  emailSpamCommands.restore,
  emailCharsetCommands.restoreCharset,
  emailCommands.returnToQueue,
  emailSaveCommand.save,
  emailCommands.take,
  emailSpamCommands.unmarkSpam,
  filterCommands.add,
  filterCommands.remove,
  filterCommands.restore,
  mailboxCommands.create,
  mailboxCommands.save,
  outgoingResultCommands.recordBounce,
  outgoingResultCommands.recordResult,
  outgoingResultCommands.resolveUnknown,
  outgoingResultCommands.retry,
  outgoingCommands.save,
  outgoingCommands.send,
  taskCommands.finish,
  taskCommands.take,
  userCommands.create,
  userCommands.save,
  settingCommands.write,
] as unknown as readonly Command[]; // each is run only with an input that its own schema has parsed

const byName = new Map(commands.map((command) => [command.name, command]));

/** The command of that name, or undefined for one this program does not know. */
export function commandByName(name: string): Command | undefined {
  return byName.get(name);
}
