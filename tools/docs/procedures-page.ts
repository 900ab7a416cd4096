import type { Procedure } from './procedure-list.ts';
import type { WorkingProcedure } from './working-procedures.ts';

function chapterRow({ number, name }: Procedure): string {
  return `| **${number}** | **${name}** | | | | |`;
}

function leafRow({ number, name }: Procedure, working: WorkingProcedure | undefined): string {
  if (!working) return `| ${number} | ${name} | not yet | | | |`;
  const commands = working.commands.map((command) => `\`${command}\``).join(', ');
  return `| ${number} | ${name} | works | ${working.screen} | ${commands} | [${working.test}](../tests/e2e/${working.test}) |`;
}

/** docs/procedures.md: each number of the customer's text with its state and where it is in the program. */
export function proceduresPage(procedures: readonly Procedure[], working: Readonly<Record<string, WorkingProcedure>>): string {
  const leaves = procedures.filter(({ leaf }) => leaf);
  const done = leaves.filter(({ number }) => working[number]).length;
  return `# Procedures

Every procedure of the customer's text by its number. "works" means that an end-to-end test whose title begins with the number drives the
real window, centre, database and mail through it; a test in \`tests/docs/\` refuses the word without such a test. Generated from
[procedures.tsv](procedures.tsv) and \`tools/docs/working-procedures.ts\` by \`node tools/docs/write-docs.ts\`.

${done} of ${leaves.length} work.

| number | procedure | state | screen | commands | test |
|---|---|---|---|---|---|
${procedures.map((procedure) => (procedure.leaf ? leafRow(procedure, working[procedure.number]) : chapterRow(procedure))).join('\n')}
`;
}
