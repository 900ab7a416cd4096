import type { Command } from '../base/rule-book.ts';
import * as appealCommands from './appeal/commands.ts';
import * as emailClientCommands from './incoming-email/client-commands.ts';
import * as emailCommands from './incoming-email/commands.ts';
import * as emailReceiveCommand from './incoming-email/receive-command.ts';
import * as emailSaveCommand from './incoming-email/save-command.ts';
import * as emailSpamCommands from './incoming-email/spam-commands.ts';
import * as outgoingCommands from './outgoing-email/commands.ts';
import * as outgoingResultCommands from './outgoing-email/result-commands.ts';

/** Every command of the product, by name. A new one is added here and nowhere else. */
export const commands = [
  appealCommands.create,
  appealCommands.recordProblem,
  appealCommands.recordRegistration,
  emailCommands.assignNumber,
  emailClientCommands.chooseClient,
  emailCommands.finish,
  emailSpamCommands.markSpam,
  emailCommands.reassign,
  emailReceiveCommand.receive,
  emailSpamCommands.restore,
  emailCommands.returnToQueue,
  emailSaveCommand.save,
  emailCommands.take,
  emailSpamCommands.unmarkSpam,
  outgoingResultCommands.recordBounce,
  outgoingResultCommands.recordResult,
  outgoingResultCommands.resolveUnknown,
  outgoingResultCommands.retry,
  outgoingCommands.save,
  outgoingCommands.send,
] as unknown as readonly Command[]; // each is run only with an input that its own schema has parsed

const byName = new Map(commands.map((command) => [command.name, command]));

/** The command of that name, or undefined for one this program does not know. */
export function commandByName(name: string): Command | undefined {
  return byName.get(name);
}
