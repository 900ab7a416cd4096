import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { root } from '../setup/files.ts';
import type { Tally } from './tally.ts';

/** Names of the projects in vitest.config.ts. */
export type ProjectName = 'unit' | 'integration' | 'simulation' | 'e2e';

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

function startVitest(project: ProjectName, reportFile: string, flags: readonly string[]): Promise<number> {
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...flags];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), ...args], { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** A file that could not be loaded, or whose preparation failed, has no failed test of its own but counts as one. */
function brokenFiles(report: Report): number {
  return report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length;
}

async function count(reportFile: string, exitCode: number): Promise<Tally> {
  if (!existsSync(reportFile)) return { passed: 0, failed: exitCode === 0 ? 0 : 1 };
  // Written by vitest a moment ago.
  const report = JSON.parse(await readFile(reportFile, 'utf8')) as Report;
  const failed = report.numFailedTests + brokenFiles(report);
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

/** Runs one project of vitest.config.ts, its progress on the screen, and counts. An error outside any test counts as one failed. */
export async function runVitestProject(project: ProjectName, flags: readonly string[] = []): Promise<Tally> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'okno-report-'));
  try {
    const reportFile = path.join(folder, 'report.json');
    return await count(reportFile, await startVitest(project, reportFile, flags));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
