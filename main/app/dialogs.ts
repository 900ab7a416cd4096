import { readFileSync, writeFileSync } from 'node:fs';
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

const queueSchema = z.array(z.object({ files: z.array(z.string()).optional(), save: z.string().nullable().optional(), folder: z.string().nullable().optional() }));

/** Answers from a file, one for each dialog, in order: system dialogs cannot be driven by a test. */
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
