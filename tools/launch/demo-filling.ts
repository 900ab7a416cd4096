import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { root } from '../setup/files.ts';
import { SetupError, step } from '../setup/progress.ts';
import { centreUrl, emulatorUrl, type Installation } from './centre.ts';

/** What the installation's folder holds: nothing yet, a demo company (whole or half), or data of somebody's own. */
export type DemoState = 'new' | 'filling' | 'filled' | 'own';

const markFile = (data: string): string => path.join(data, 'demo.json');

/** Reads the mark that a filling leaves. A folder with data and without the mark is not ours to fill. */
export function demoState(data: string): DemoState {
  if (existsSync(markFile(data))) return readFileSync(markFile(data), 'utf8').includes('"filled"') ? 'filled' : 'filling';
  return existsSync(data) && readdirSync(data).length > 0 ? 'own' : 'new';
}

/** Remembers how far the filling got. */
export async function markDemo(data: string, state: 'filling' | 'filled'): Promise<void> {
  await mkdir(data, { recursive: true });
  await writeFile(markFile(data), JSON.stringify({ state }));
}

/** Fills a new database with the demo company, or goes on where a filling was broken off, through the API, SMTP and АС ФЭУ's feed only. Its own progress goes to the screen. */
export async function fillDemo(installation: Installation, adminLogin: string, adminPassword: string): Promise<void> {
  const flags = ['--server', centreUrl(installation), '--smtp-port', String(installation.smtpPort), '--emulator', emulatorUrl(installation), '--admin-login', adminLogin, '--admin-password', adminPassword];
  await step('Наполняю базу: организация, клиенты, заявки, письма', async () => {
    const code = await new Promise<number>((resolve, reject) => {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(root, 'tools/demo/fill.ts'), ...flags], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
      child.once('error', reject);
      child.once('exit', (exitCode) => resolve(exitCode ?? 1));
    });
    if (code !== 0) throw new SetupError('Демонстрационная база не наполнилась.', 'причина названа выше; повторите команду – наполнение продолжится с того же места.');
  });
}
