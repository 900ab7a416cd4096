import { describeRefusal, type Refusal } from '../../shared/base/errors.ts';
import type { CallArgs } from '../../shared/protocol/ipc.ts';
import { mayRun } from '../../shared/base/scope.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { call } from '../bridge.ts';
import { tell } from '../ui/status-message.ts';
import { useUser } from './session.ts';

export type CommandAnswer = { readonly ok: true; readonly commandId: string } | { readonly ok: false; readonly refusal: Refusal };

export interface RunOptions {
  /** Told in the status line when accepted; by default the command's title. Null tells nothing. */
  readonly said?: string | null;
  /** The caller shows the refusal itself (a form at its fields). */
  readonly quiet?: boolean;
}

/** Runs a command on the local base. What has an undo offers «Отменить» for ten seconds; a refusal is told in words. */
export async function runCommand(name: string, input: object, { said, quiet = false }: RunOptions = {}): Promise<CommandAnswer> {
  const answer = await call('command.run', { name, input: input as CallArgs<'command.run'>['input'] }); // a command's input is JSON by its schema, which the main process checks
  if (!answer.ok) {
    if (!quiet) tellRefusal(answer.refusal);
    return { ok: false, refusal: answer.refusal };
  }
  const command = commandByName(name);
  const undo = command?.undo ?? null;
  const text = said === undefined && command !== undefined ? `${command.title}: сделано` : said;
  if (text !== null && text !== undefined) tell(text, { tone: 'green', undo: undo === null ? null : () => void runCommand(undo, input) });
  return { ok: true, commandId: answer.value.commandId };
}

/** Says a refusal in the status line: what happened, what to do, the number to read out. */
export function tellRefusal(refusal: Refusal): void {
  const { text, advice, number } = describeRefusal(refusal);
  tell(`${text}. ${advice} ${number}`, { tone: 'red' });
}

/** Why this user may not run the command, for a button's `reason`; undefined if he may. */
export function useNotAllowed(name: string): string | undefined {
  const user = useUser();
  const command = commandByName(name);
  if (command === undefined || mayRun(command, user)) return undefined;
  return `Недостаточно прав: ${command.title}`;
}
