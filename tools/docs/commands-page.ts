import { roleTitles, roles } from '../../shared/base/roles.ts';
import type { Command } from '../../shared/base/rule-book.ts';

function row(command: Command): string {
  const cells = roles.map((role) => (command.roles !== 'system' && command.roles.includes(role) ? '●' : ''));
  return `| \`${command.name}\` | ${command.title} | ${cells.join(' | ')} | ${command.undo === null ? '' : `\`${command.undo}\``} |`;
}

/** docs/commands.md: who may run what, from the registry itself. The centre enforces it; the window only hides. */
export function commandsPage(commands: readonly Command[]): string {
  const byPeople = commands.filter(({ roles: who }) => who !== 'system');
  const byCentre = commands.filter(({ roles: who }) => who === 'system');
  const sorted = (list: readonly Command[]): readonly Command[] => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
  return `# Commands and roles

Every change of a document is a command. This page is generated from the registry (\`shared/domain/commands.ts\`) by
\`node tools/docs/write-docs.ts\`, and a test compares them. A dot: the role may run the command. The centre checks it for each command
that arrives; the window hides what a user may not do. "Undo" is the command that takes it back.

| command | title | ${roles.map((role) => roleTitles[role]).join(' | ')} | undo |
|---|---|${roles.map(() => ':-:').join('|')}|---|
${sorted(byPeople).map(row).join('\n')}

## The centre's own

Run by the centre alone: intake of letters and applications, and the answers of external systems.

| command | title |
|---|---|
${sorted(byCentre)
  .map(({ name, title }) => `| \`${name}\` | ${title} |`)
  .join('\n')}
`;
}
