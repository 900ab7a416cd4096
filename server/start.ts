import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { adaptersOf } from './adapters.ts';
import { makeAdministrator } from './administrator.ts';
import { buildCentre } from './app.ts';
import { backUp } from './backup/back-up.ts';
import { restore } from './backup/restore.ts';
import { readCentreConfig, type CentreConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { pgStore } from './db/pg-store.ts';
import { ensureSettings } from './db/settings.ts';
import { openLog } from './log.ts';
import { writeMailSettings } from './mail-settings.ts';
import { issueToken, listTokens, revokeToken } from './tokens.ts';

/** How long a stop may take before the process ends all the same. */
const STOP_MS = 20_000;

async function serve(config: CentreConfig): Promise<void> {
  const log = openLog(config.logLevel);
  const centre = await buildCentre(config, { adapters: adaptersOf(config), log });
  await writeMailSettings(centre.tools);
  // Tools wait for this line and take the ports from it.
  process.stdout.write(`${JSON.stringify({ ready: true, url: centre.url, smtpPort: centre.smtpPort })}\n`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    centre.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopped with an error');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}

/** After a restore from a backup: desks fetch all anew and send again what the backup lacks, numbers go on from above all that were given. */
async function declareRestored(config: CentreConfig): Promise<void> {
  const database = await openDatabase(config, openLog(config.logLevel), { join: true });
  try {
    await ensureSettings(database.pool);
    const store = pgStore(database.pool);
    await store.newEpoch(await store.epoch(), new Date().toISOString());
    process.stdout.write('База отмечена как восстановленная: рабочие места загрузят данные заново и дошлют то, чего в ней нет.\n');
  } finally {
    await database.close();
  }
}

/** The processor is first of all for the operators, who go on working meanwhile. */
const patientPriority = 10;

async function saveBackup(config: CentreConfig, place: string): Promise<void> {
  os.setPriority(patientPriority);
  const { folder, copied, manifest: { tables, files } } = await backUp(config, path.resolve(place), openLog(config.logLevel));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(`Резервная копия готова: ${folder}\nСтрок в базе: ${rows}. Файлов: ${files.count}, из них скопировано сейчас: ${copied}.\n`);
  if (files.missing.length > 0) throw new Error(`В хранилище центра нет файлов, которые названы в базе: ${files.missing.length}. Копия годна, но без них; их имена – в её файле backup.json.`);
}

async function restoreBackup(config: CentreConfig, from: string): Promise<void> {
  const { folder, rows, manifest: { files } } = await restore(config, path.resolve(from), openLog(config.logLevel));
  process.stdout.write(`Восстановлено из ${folder}: строк ${rows}, файлов ${files.count - files.missing.length}.\nТеперь запустите центр: рабочие места загрузят данные заново и дошлют то, чего в копии нет.\n`);
}

async function main(): Promise<unknown> {
  const { config, words, tokenFlags } = readCentreConfig(process.argv.slice(2), process.env);
  const [verb, name, ...rest] = words;
  if (verb === undefined) return serve(config);
  if (verb === 'restored' && name === undefined) return declareRestored(config);
  if (verb === 'admin' && name !== undefined && rest.length === 0) {
    const { login, password } = await makeAdministrator(config, name, openLog(config.logLevel));
    process.stdout.write(`Администратор: ${login}\nОдноразовый пароль: ${password}\nПароль показан один раз; при первом входе программа попросит новый.\n`);
    return;
  }
  if (verb === 'backup' && name !== undefined && rest.length === 0) return saveBackup(config, name);
  if (verb === 'restore' && name !== undefined && rest.length === 0) return restoreBackup(config, name);
  if (verb === 'token' && name !== undefined && rest.length === 0) return process.stdout.write(`${await issueToken(config, name, tokenFlags, openLog(config.logLevel))}\n`);
  if (verb === 'tokens' && name === undefined) return process.stdout.write(`${await listTokens(config, openLog(config.logLevel))}\n`);
  if (verb === 'token-revoke' && name !== undefined && rest.length === 0) return process.stdout.write(`${await revokeToken(config, name, openLog(config.logLevel))}\n`);
  throw new Error(
    'Не понимаю команду. Есть: без слов (запустить центр), admin ИМЯ (создать администратора), token ИМЯ --scope … (выдать токен программе), tokens (показать токены), token-revoke ИМЯ (отозвать токен), backup ПАПКА (сделать резервную копию), restore ПАПКА (восстановить из неё), restored (после восстановления своими средствами).',
  );
}

try {
  await main();
} catch (error) {
  process.stderr.write(`✗ ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
