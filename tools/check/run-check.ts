import path from 'node:path';
import process from 'node:process';
import { nameViolations } from './file-names.ts';
import { importViolations } from './import-zones.ts';
import { licenceViolations } from './licences.ts';
import { lockViolations } from './lock-file.ts';
import type { Violation } from './source-files.ts';

/** `node tools/check/run-check.ts zones|names|licences|lock`: prints what breaks the rule; exit code 1 when something does. */
const checks: Readonly<Record<string, (root: string) => Violation[]>> = {
  zones: importViolations,
  names: nameViolations,
  licences: licenceViolations,
  lock: lockViolations,
};

const check = checks[process.argv[2] ?? ''];
if (!check) {
  console.error(`Какую проверку выполнить? ${Object.keys(checks).join(' | ')}`);
  process.exit(2);
}
const violations = check(path.resolve(import.meta.dirname, '../..'));
for (const { file, problem } of violations) console.error(`${file}: ${problem}`);
process.exit(violations.length > 0 ? 1 : 0);
