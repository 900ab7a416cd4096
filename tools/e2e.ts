import process from 'node:process';
import { lastLine } from './proof/tally.ts';
import { runVitestProject } from './proof/vitest-project.ts';
import { failWith } from './setup/progress.ts';

/** `npm run e2e [-- FILE …]`: the end-to-end tests in the real window. Further arguments go to vitest. */
try {
  const tally = await runVitestProject('e2e', process.argv.slice(2));
  console.log(lastLine(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
} catch (error) {
  failWith(error);
}
