import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandByName } from '../../shared/domain/commands.ts';
import { procedures } from '../../tools/docs/procedure-list.ts';
import { provenNumbers } from '../../tools/docs/proven-numbers.ts';
import { workingProcedures } from '../../tools/docs/working-procedures.ts';
import { root } from '../../tools/setup/files.ts';

const leaves = procedures().filter(({ leaf }) => leaf);

describe('docs/procedures.md', () => {
  it('holds every number once', () => {
    expect(leaves).toHaveLength(111);
    expect(new Set(procedures().map(({ number }) => number)).size).toBe(145);
  });

  it('says «works» only of numbers that exist and commands that exist', () => {
    expect(Object.keys(workingProcedures).filter((number) => !leaves.some((leaf) => leaf.number === number))).toEqual([]);
    expect(Object.values(workingProcedures).flatMap(({ commands }) => commands.filter((name) => commandByName(name) === undefined))).toEqual([]);
  });

  it('says «works» only where an end-to-end test begins with the number', () => {
    const unproven = Object.entries(workingProcedures).filter(([number, { test }]) => {
      const file = path.join(root, 'tests/e2e', test);
      return !existsSync(file) || !provenNumbers(readFileSync(file, 'utf8')).includes(number);
    });
    expect(unproven.map(([number]) => number)).toEqual([]);
  });
});

describe('the numbers that a test file proves', () => {
  it('are those at the beginning of its titles', () => {
    const text = "describe('2.8.1 Обработка текстового письма', () => {\n  it(`2.10.1 Регистрация`, f);\n  test(\"letter 2.6.1\", f);\n  it.skip('1.4.1 Приём', f); // it('1.4.2 Проверка')\n});";
    expect(provenNumbers(text)).toEqual(['2.8.1', '2.10.1']);
  });
});
