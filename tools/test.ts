import process from 'node:process';
import { runStaticChecks } from './proof/static-checks.ts';
import { lastLine, sum, type Tally } from './proof/tally.ts';
import { runVitestProject, type ProjectName } from './proof/vitest-project.ts';
import { openDisplay } from './setup/display.ts';
import { ensureMailServers } from './setup/libraries.ts';
import { prepareDesktop } from './setup/prepare-desktop.ts';
import { failWith } from './setup/progress.ts';

const projects: readonly ProjectName[] = ['unit', 'integration', 'simulation', 'e2e'];

/** `npm test`: everything, one after the other, whatever failed before. The last line sums all runners. */
try {
  await ensureMailServers();
  await prepareDesktop();
  const display = await openDisplay();
  if (display.isVirtual) console.log(`Дисплея нет: окна открываются на виртуальном (Xvfb ${display.name})`);
  const tallies: Tally[] = [await runStaticChecks()];
  for (const project of projects) {
    console.log(`\n▸ Проверки: ${project}`);
    tallies.push(await runVitestProject(project));
  }
  display.stop();
  const total = sum(tallies);
  console.log(lastLine(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
} catch (error) {
  failWith(error);
}
