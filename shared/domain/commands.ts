import type { Command } from '../base/rule-book.ts';

/** Every command of the product, by name. A new one is added here and nowhere else. */
export const commands: readonly Command[] = [];

const byName = new Map(commands.map((command) => [command.name, command]));

/** The command of that name, or undefined for one this program does not know. */
export function commandByName(name: string): Command | undefined {
  return byName.get(name);
}
