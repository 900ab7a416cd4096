import { describe, expect, it } from 'vitest';
import { checkImports, importedModules } from '../../tools/check/import-zones.ts';

const declared = new Set(['zod', 'electron', 'react', 'fastify', 'better-sqlite3', 'pg', '@mantine/core']);
const problems = (file: string, text: string): string[] => checkImports(file, text, declared).map(({ problem }) => problem);

describe('import zones', () => {
  it('finds every way of importing', () => {
    const text = [
      "import a from 'a';",
      "import type { B } from './b.ts';",
      "import {\n  c,\n  d as e,\n} from '../c.ts';",
      "import '@mantine/core/styles.css';",
      "export { f } from './f.ts';",
      "export * from './g.ts';",
      "const h = await import('./h.ts');",
      "import i, { type J } from 'i';",
    ].join('\n');
    expect(importedModules(text)).toEqual(['a', './b.ts', '../c.ts', '@mantine/core/styles.css', './f.ts', './g.ts', './h.ts', 'i']);
  });

  it.each([
    ['shared/base/ids.ts', "import { z } from 'zod';"],
    ['shared/domain/appeal/commands.ts', "import { isOverdue } from '../task/rules.ts';"],
    ['shared/domain/appeal/commands.ts', "import { number } from './number.ts';"],
    ['shared/protocol/sync.ts', "import type { Task } from '../domain/task/model.ts';"],
    ['preload/index.ts', "import { contextBridge } from 'electron';"],
    ['renderer/screens/tasks/list.tsx', "import { Button } from '../../ui/button.tsx';"],
    ['main/ipc/handlers.ts', "import { ipcMain } from 'electron';"],
    ['server/routes/push.ts', "import { push } from '../commands/push.ts';"],
    ['tests/e2e/a.spec.ts', "import { app } from '../../server/app.ts';"],
  ])('lets %s write %s', (file, text) => {
    expect(problems(file, text)).toEqual([]);
  });

  it.each([
    ['shared/base/ids.ts', "import { Task } from '../domain/task/model.ts';"],
    ['shared/domain/appeal/commands.ts', "import { take } from '../task/commands.ts';"],
    ['shared/domain/appeal/rules.ts', "import { push } from '../../protocol/sync.ts';"],
    ['shared/domain/appeal/rules.ts', "import { readFileSync } from 'node:fs';"],
    ['preload/index.ts', "import { take } from '../shared/domain/task/commands.ts';"],
    ['renderer/bridge.ts', "import { app } from 'electron';"],
    ['renderer/bridge.ts', "import path from 'node:path';"],
    ['renderer/bridge.ts', "import { parseEmail } from '../shared/mail/parse-email.ts';"],
    ['shared/domain/appeal/rules.ts', "import { parseEmail } from '../../mail/parse-email.ts';"],
    ['renderer/bridge.ts', "import { x } from '../main/x.ts';"],
    ['renderer/ui/button.tsx', "import type { Task } from '../../shared/domain/task/model.ts';"],
    ['renderer/ui/button.tsx', "import { store } from '../store/session.ts';"],
    ['main/app/window.ts', "import { app } from '../../server/app.ts';"],
    ['main/app/window.ts', "import Fastify from 'fastify';"],
    ['main/db/cache.ts', "import { app } from 'electron';"],
    ['main/db/cache.ts', "import { pull } from '../sync/pull.ts';"],
    ['server/app.ts', "import { app } from 'electron';"],
    ['server/commands/run.ts', "import { route } from '../routes/push.ts';"],
    ['server/app.ts', "import { clock } from '../tests/helpers/clock.ts';"],
    ['server/app.ts', "import fs from 'fs';"],
    ['server/app.ts', "import leftPad from 'left-pad';"],
  ])('forbids %s to write %s', (file, text) => {
    expect(problems(file, text)).toHaveLength(1);
  });
});
