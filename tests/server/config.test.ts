import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readCentreConfig } from '../../server/config.ts';

test('a flag wins over the environment, the environment over the file', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okno-config-'));
  const file = path.join(folder, 'centre.json');
  writeFileSync(file, JSON.stringify({ port: 1, smtpPort: 1, loginsPerMinute: 1, data: folder }));
  const { config, words } = readCentreConfig(['admin', 'Иванов', '--config', file, '--port', '3'], { OKNO_PORT: '2', OKNO_SMTP_PORT: '2', DATABASE_URL: 'postgres://x' });
  expect({ words, ...config }).toMatchObject({ words: ['admin', 'Иванов'], port: 3, smtpPort: 2, loginsPerMinute: 1, databaseUrl: 'postgres://x', data: folder });
  rmSync(folder, { recursive: true });
});

test('every wrong setting is named by its flag', () => {
  expect(() => readCentreConfig(['--port', 'x', '--file-limit=-1'], {})).toThrow(/--port[\s\S]*--file-limit/);
});

test('an unknown flag and an unreadable settings file are told in Russian', () => {
  expect(() => readCentreConfig(['--prot', '1'], {})).toThrow(/Не понимаю флаги/);
  expect(() => readCentreConfig(['--config', '/nowhere.json'], {})).toThrow(/Файл настроек/);
});
