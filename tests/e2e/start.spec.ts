import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCentre, type Centre } from '../helpers/centre.ts';
import { freePort } from '../helpers/free-port.ts';
import { startProgram, type Program } from '../helpers/program.ts';

let centre: Centre;
const programs: Program[] = [];

/** A data folder that an earlier start left: a base, and the mark that it was filled. */
beforeEach(async () => {
  centre = await startCentre({ seed: 'empty' });
  await centre.stop();
  await writeFile(path.join(centre.data, 'demo.json'), JSON.stringify({ state: 'filled' }));
});

afterEach(async () => {
  for (const program of programs.splice(0)) await program.stop();
  await centre.close();
});

async function start(...flags: readonly string[]): Promise<Program> {
  const ports = ['--port', '--smtp-port', '--emulator-port'].filter((flag) => !flags.includes(flag));
  const free = await Promise.all(ports.map(async (flag) => [flag, String(await freePort())]));
  const program = startProgram('tools/start.ts', ['--data', centre.data, ...free.flat(), ...flags]);
  programs.push(program);
  return program;
}

const patience = { timeout: 180_000, interval: 200 } as const;

it('a second start on the same data fills nothing, and a third beside it says what to do', async () => {
  const second = await start();
  await expect.poll(() => second.hasEnded() || second.output().includes('Готово за'), patience).toBe(true);
  expect(second.output()).toContain('Готово за');
  expect(second.output()).toContain('Запускаю центр и его PostgreSQL');
  for (const step of ['Наполняю базу', 'Готовлю базу и администратора', 'Скачиваю', 'Собираю']) expect(second.output()).not.toContain(step);

  const third = await start();
  await expect.poll(() => third.hasEnded(), patience).toBe(true);
  expect(third.output()).toContain('ОКНО уже запущено с папкой');
  expect(third.output()).toContain('Что делать: закройте его');
  expect(second.hasEnded()).toBe(false);
});

it('a step that fails is named, with its reason and what to do', async () => {
  await writeFile(path.join(centre.data, 'pg', 'PG_VERSION'), '12\n');
  const program = await start();
  await expect.poll(() => program.hasEnded(), patience).toBe(true);
  expect(program.output()).toContain('✗ Центр: программа завершилась, не начав работу');
  expect(program.output()).toContain('создана PostgreSQL 12');
  expect(program.output()).toMatch(/Что делать: .*журнал – .*centre\.log/);
  expect(program.output()).not.toContain('Готово за');
});
