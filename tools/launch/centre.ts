import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { demoUsers, loginScreenRows } from '../demo/demo-users.ts';
import { runProgram } from '../setup/child-process.ts';
import { root } from '../setup/files.ts';
import { SetupError, step } from '../setup/progress.ts';
import { startService, type Service } from './service.ts';

/** Where the parts of one demo installation live and listen. */
export interface Installation {
  /** Absolute folder of everything. */
  readonly data: string;
  readonly port: number;
  readonly smtpPort: number;
  readonly emulatorPort: number;
}

export const centreUrl = ({ port }: Installation): string => `http://127.0.0.1:${port}`;
export const emulatorUrl = ({ emulatorPort }: Installation): string => `http://127.0.0.1:${emulatorPort}`;
/** Both programs print a line of JSON with it once they accept requests. */
const readyLine = '"ready":true';
const logFile = ({ data }: Installation, name: string): string => path.join(data, 'logs', `${name}.log`);

/** АС ФЭУ's emulator, with its state kept in the installation's folder. */
export function startEmulator(installation: Installation): Promise<Service> {
  return step('Запускаю эмулятор АС ФЭУ', () =>
    startService({
      title: 'Эмулятор АС ФЭУ',
      entry: 'server/adapters/asfeu/emulator/start.ts',
      flags: ['--port', String(installation.emulatorPort), '--state', path.join(installation.data, 'asfeu-emulator.jsonl')],
      logFile: logFile(installation, 'asfeu-emulator'),
      readyText: readyLine,
    }),
  );
}

/** The flags that every command of the centre's program gets. */
function centreFlags(installation: Installation): string[] {
  return ['--data', installation.data, '--port', String(installation.port), '--smtp-port', String(installation.smtpPort), '--asfeu-url', emulatorUrl(installation)];
}

/** The list that the centre shows at the login screen of a demo: who can log in. */
function writeDemoUsers({ data }: Installation): string {
  const file = path.join(data, 'demo-users.json');
  writeFileSync(file, `${JSON.stringify(loginScreenRows(demoUsers), null, 2)}\n`);
  return file;
}

/** The central server with its PostgreSQL. */
export function startCentre(installation: Installation, options: { readonly isDemo: boolean }): Promise<Service> {
  const demoFlags = options.isDemo ? ['--demo-users', writeDemoUsers(installation)] : [];
  return step('Запускаю центр и его PostgreSQL', () =>
    startService({
      title: 'Центр',
      entry: 'server/start.ts',
      flags: [...centreFlags(installation), ...demoFlags],
      logFile: logFile(installation, 'centre'),
      readyText: readyLine,
    }),
  );
}

/** Makes the administrator of that login, or gives an existing one a new password; returns the one-time password that the centre prints. */
export function makeAdministrator(installation: Installation, login: string): Promise<string> {
  return step('Готовлю базу и администратора', async () => {
    const entry = path.join(root, 'server/start.ts');
    const { code, output } = await runProgram(process.execPath, ['--disable-warning=ExperimentalWarning', entry, 'admin', login, ...centreFlags(installation)], { cwd: root });
    const password = /парол\S*[^:\n]*:\s*(\S+)/iu.exec(output)?.[1];
    if (code !== 0 || password === undefined) throw new SetupError(`Администратор не создан.\n${output.trimEnd()}`, 'причина названа выше; исправьте её и повторите команду.');
    return password;
  });
}
