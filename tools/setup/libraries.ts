import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { runProgram, hasProgram } from './child-process.ts';
import { SetupError, step } from './progress.ts';

/** What Electron loads, by the file that the dynamic linker looks for. */
const electronLibraries: Readonly<Record<string, string>> = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
};

function isDebian(): boolean {
  return existsSync('/etc/debian_version');
}

async function missingElectronPackages(): Promise<string[]> {
  const { output } = await runLdconfig();
  return Object.entries(electronLibraries).flatMap(([file, name]) => (output.includes(`\t${file} `) ? [] : [name]));
}

async function runLdconfig(): Promise<{ output: string }> {
  // The whole list is longer than what runProgram keeps; only the lines asked for are needed.
  return runProgram('sh', ['-c', 'PATH="$PATH:/sbin:/usr/sbin"; ldconfig -p | grep -E "libgtk-3|libnss3|libasound|libgbm" || true']);
}

/** `libasound2` is called `libasound2t64` from Debian 13 and Ubuntu 24.04 on, `libgtk-3-0` likewise. */
async function packageNameHere(name: string): Promise<string> {
  const { output } = await runProgram('apt-cache', ['policy', name]);
  return /Candidate: (?!\(none\))\S/.test(output) || /Кандидат: (?!\(нет\))\S/.test(output) ? name : `${name}t64`;
}

/**
 * Installs Debian packages with apt when this is Debian or Ubuntu and we are root; otherwise throws a SetupError that names the
 * command to run.
 */
export async function installDebianPackages(names: readonly string[], purpose: string): Promise<void> {
  if (names.length === 0) return;
  const command = `apt-get install --no-install-recommends ${names.join(' ')}`;
  if (!isDebian() || process.getuid?.() !== 0) {
    throw new SetupError(`${purpose}: не хватает системных пакетов: ${names.join(', ')}.`, isDebian() ? `выполните: sudo ${command}` : 'поставьте их средствами вашей системы и повторите команду.');
  }
  await step(`${purpose}: ставлю пакеты Debian: ${names.join(', ')}`, async (say) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    say('обновляю список пакетов');
    await runProgram('apt-get', ['update', '-qq'], { env });
    const found = await Promise.all(names.map(packageNameHere));
    say('ставлю');
    const { code, output } = await runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-unsafe-io', ...found], { env });
    if (code !== 0) throw new SetupError(`Не удалось поставить пакеты Debian.\n${output.slice(-800)}`, `исправьте источники пакетов и выполните: ${command}`);
  });
}

const servicePolicy = '/usr/sbin/policy-rc.d';

/** What `install` puts here must not begin to serve: Debian asks this file before it starts a service. One that is there already decides by itself. */
async function withoutServices(install: () => Promise<void>): Promise<void> {
  if (existsSync(servicePolicy) || process.getuid?.() !== 0) return install();
  await writeFile(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    await rm(servicePolicy, { force: true });
  }
}

/** The mail servers that tests start for themselves, by a file of each. */
const mailServers: Readonly<Record<string, string>> = {
  '/usr/lib/dovecot/imap': 'dovecot-imapd',
  '/usr/lib/dovecot/submission': 'dovecot-submissiond',
  '/usr/sbin/exim4': 'exim4-daemon-light',
};

/** Dovecot and Exim for the tests of mailboxes: installed, never started as services. */
export async function ensureMailServers(): Promise<void> {
  const missing = Object.entries(mailServers).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
  await withoutServices(() => installDebianPackages(missing, 'Почтовые серверы для проверок'));
}

/** The libraries that the Electron window needs, and a virtual display when there is none. */
export async function ensureWindowLibraries(options: { readonly virtualDisplay: boolean }): Promise<void> {
  if (process.platform !== 'linux') return;
  const missing = await missingElectronPackages();
  if (options.virtualDisplay && !(await hasProgram('Xvfb', '-help'))) missing.push('xvfb');
  await installDebianPackages(missing, 'Библиотеки для окна');
}

/** A C and C++ compiler, for the native module of SQLite. */
export async function ensureCompiler(): Promise<void> {
  const missing: string[] = [];
  if (!(await hasProgram('gcc'))) missing.push('gcc');
  if (!(await hasProgram('g++'))) missing.push('g++');
  if (!existsSync('/usr/include/stdlib.h')) missing.push('libc6-dev');
  await installDebianPackages(missing, 'Компилятор для SQLite');
}

/** The distribution's name, for messages. */
export function systemName(): string {
  const name = existsSync('/etc/os-release') ? /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] : undefined;
  return name ?? `${process.platform} ${process.arch}`;
}
