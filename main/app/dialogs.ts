import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import { z } from 'zod';

/** The dialogs «Открыть» and «Сохранить». An empty answer means that the person cancelled. */
export interface FileDialogs {
  readonly chooseFiles: () => Promise<readonly string[]>;
  readonly saveFile: (suggested: string) => Promise<string | null>;
  readonly chooseFolder: () => Promise<string | null>;
}

/** The system's own dialogs over the window. */
export function systemDialogs(window: () => BrowserWindow): FileDialogs {
  return {
    chooseFiles: async () => {
      const { filePaths } = await dialog.showOpenDialog(window(), { title: 'Вложить файлы', buttonLabel: 'Вложить', properties: ['openFile', 'multiSelections'] });
      return filePaths;
    },
    saveFile: async (suggested) => {
      const { filePath, canceled } = await dialog.showSaveDialog(window(), { title: 'Сохранить файл', defaultPath: suggested });
      return canceled || filePath === '' ? null : filePath;
    },
    chooseFolder: async () => {
      const { filePaths } = await dialog.showOpenDialog(window(), { title: 'Сохранить вложения в папку', buttonLabel: 'Сохранить сюда', properties: ['openDirectory', 'createDirectory'] });
      return filePaths[0] ?? null;
    },
  };
}

/**
 * For tests, since system dialogs cannot be driven: everything is saved into the folder, and its files are what «Вложить» chooses.
 */
export function folderDialogs(folder: string): FileDialogs {
  return {
    chooseFiles: () => Promise.resolve(readdirSync(folder).sort().map((name) => path.join(folder, name))),
    saveFile: (suggested) => Promise.resolve(path.join(folder, suggested)),
    chooseFolder: () => Promise.resolve(folder),
  };
}

const queueSchema = z.array(z.object({ files: z.array(z.string()).optional(), save: z.string().nullable().optional(), folder: z.string().nullable().optional() }));

/** For tests: answers from a JSON file, one for each dialog, in order; «Отмена» when there are no more. */
export function queuedDialogs(file: string): FileDialogs {
  const next = () => {
    const [answer, ...rest] = queueSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, JSON.stringify(rest));
    return answer ?? {};
  };
  return {
    chooseFiles: () => Promise.resolve(next().files ?? []),
    saveFile: () => Promise.resolve(next().save ?? null),
    chooseFolder: () => Promise.resolve(next().folder ?? null),
  };
}

/** Dialogs of a test from a folder or a file of answers. */
export function testDialogs(where: string): FileDialogs {
  return statSync(where).isDirectory() ? folderDialogs(where) : queuedDialogs(where);
}
