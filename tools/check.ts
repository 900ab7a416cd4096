import process from 'node:process';
import { runStaticChecks } from './proof/static-checks.ts';
import { lastLine, sum } from './proof/tally.ts';
import { runVitestProject } from './proof/vitest-project.ts';
import { failWith } from './setup/progress.ts';

/** `npm run check`: types, lint, import zones, names, licences and unit tests, within two minutes. */
try {
  const total = sum([await runStaticChecks(), await runVitestProject('unit')]);
  console.log(lastLine(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
} catch (error) {
  failWith(error);
}
