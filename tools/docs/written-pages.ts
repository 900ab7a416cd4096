import path from 'node:path';
import { commands } from '../../shared/domain/commands.ts';
import { commandsPage } from './commands-page.ts';
import { faultsPage, faultTests } from './faults-page.ts';
import { procedures } from './procedure-list.ts';
import { proceduresPage } from './procedures-page.ts';
import { scopePage } from './scope-page.ts';
import { scopeRows } from './scope-rows.ts';
import { workingProcedures } from './working-procedures.ts';

/** The pages of docs/ that are written from the code: file name → what it must contain. */
export function writtenPages(): Readonly<Record<string, string>> {
  return {
    'faults.md': faultsPage(faultTests(path.join(import.meta.dirname, '../..'))),
    'commands.md': commandsPage(commands),
    'procedures.md': proceduresPage(procedures(), workingProcedures),
    'scope.md': scopePage(scopeRows),
  };
}
