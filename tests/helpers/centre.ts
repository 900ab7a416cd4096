import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { paths } from '../../shared/protocol/paths.ts';
import { copyTemplate, dataTemplate } from './data-template.ts';
import { firstAdministrator } from './first-administrator.ts';
import type { Emulator } from './emulator.ts';
import { freePort } from './free-port.ts';
import { runToEnd, startProgram, untilAnswers, type Program } from './program.ts';
import { seedSmallCompany } from './small-company.ts';

/** The central server in a process of its own, over its own real PostgreSQL. */
export interface Centre {
  readonly url: string;
  readonly port: number;
  readonly smtpPort: number;
  readonly mailboxes: { readonly clients: string; readonly requests: string };
  readonly administrator: { readonly login: string; readonly password: string };
  readonly data: string;
  readonly output: () => string;
  /** As a power cut for the program (the machine lives): SIGKILL. */
  readonly kill9: () => Promise<void>;
  /** Starts after `kill9` or `stop`, at the same addresses, on the same data. Other flags may be given from then on. */
  readonly start: (flags?: readonly string[]) => Promise<void>;
  /** Ends in good order and keeps the data. */
  readonly stop: () => Promise<void>;
  /** A copy of the whole data folder, as a backup made now; the centre is stopped for it and started again. */
  readonly backup: () => Promise<string>;
  /** Puts the backup in the place of the data, declares it restored, and starts. */
  readonly restore: (backup: string) => Promise<void>;
  /** Stops and removes everything. */
  readonly close: () => Promise<void>;
}

export interface CentreOptions {
  /** `company` (default): branches, classifiers, users and clients of `small-company.ts`; `empty`: an administrator and nothing else. */
  readonly seed?: 'company' | 'empty';
  /** АС ФЭУ that the centre talks to; without one registrations wait. */
  readonly emulator?: Emulator;
  readonly flags?: readonly string[];
}

export const mailboxes = { clients: 'client@moesk.ru', requests: 'zapros@moesk.ru' } as const;
export const administrator = { login: 'admin', password: 'admin-test-2026' } as const;

/** Pauses are short, so that a repeated effect does not make a test wait. */
const quick = ['--effect-pause-ms', '300', '--effect-sweep-seconds', '1', '--asfeu-poll-seconds', '0.5', '--log-level', 'warn', '--logins-per-minute', '1000'];
const own = ['--mailbox-clients', mailboxes.clients, '--mailbox-requests', mailboxes.requests];

async function emptyTemplate(): Promise<string> {
  return dataTemplate('empty', (folder) => firstAdministrator(folder, own, administrator));
}

async function companyTemplate(): Promise<string> {
  const empty = await emptyTemplate();
  return dataTemplate('company', async (folder) => {
    await copyTemplate(empty, folder);
    const centre = await runningCentre(folder, []);
    await seedSmallCompany(centre);
    await centre.stop();
  });
}

async function runningCentre(data: string, more: readonly string[]): Promise<Centre> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const backups: string[] = [];
  let flags = more;
  let program: Program | undefined;

  const start = async (given: readonly string[] = flags): Promise<void> => {
    flags = given;
    program = startProgram('server/start.ts', ['--data', data, '--port', String(port), '--smtp-port', String(smtpPort), ...own, ...quick, ...flags]);
    await untilAnswers(program, `${url}${paths.health}`);
  };
  const stop = async (): Promise<void> => program?.stop();

  await start();
  return {
    url,
    port,
    smtpPort,
    mailboxes,
    administrator,
    data,
    output: () => program?.output() ?? '',
    kill9: async () => program?.kill9(),
    start,
    stop,
    backup: async () => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'okno-backup-'));
      backups.push(folder);
      const copy = path.join(folder, 'data');
      await stop();
      await copyTemplate(data, copy);
      await start();
      return copy;
    },
    restore: async (backup) => {
      await stop();
      await rm(data, { recursive: true, force: true });
      await copyTemplate(backup, data);
      await runToEnd('server/start.ts', ['restored', '--data', data]);
      await start();
    },
    close: async () => {
      await stop();
      for (const folder of [path.dirname(data), ...backups]) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a centre on a fresh copy of a made data folder (some 2 s). Close it at the end of the test. */
export async function startCentre({ seed = 'company', emulator, flags = [] }: CentreOptions = {}): Promise<Centre> {
  const template = seed === 'company' ? await companyTemplate() : await emptyTemplate();
  const home = await mkdtemp(path.join(os.tmpdir(), 'okno-centre-'));
  await chmod(home, 0o711); // under root the database runs as another user, who must pass through
  const data = path.join(home, 'data');
  await copyTemplate(template, data);
  return runningCentre(data, [...(emulator ? ['--asfeu-url', emulator.url] : []), ...flags]);
}
