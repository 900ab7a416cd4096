import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app, shell } from 'electron';
import { OknoError } from '../../shared/base/errors.ts';
import type { FileDialogs } from './dialogs.ts';
import { isOpenable, safeFileName } from './file-name.ts';

type FileContent = (fileId: string) => Promise<Uint8Array>;

function freeName(folder: string, name: string): string {
  const { name: stem, ext } = path.parse(name);
  let file = path.join(folder, name);
  for (let n = 2; existsSync(file); n += 1) file = path.join(folder, `${stem} (${n})${ext}`);
  return file;
}

const temporaryFolders: string[] = [];

/** Opens a copy in the system's program; the copy is read-only and removed when the program ends. */
export async function openFile(content: FileContent, fileId: string, name: string): Promise<void> {
  const safe = safeFileName(name);
  if (!isOpenable(safe)) throw new OknoError('notAllowed', { action: `открыть «${safe}»: такие файлы можно только сохранить` });
  const folder = await mkdtemp(path.join(app.getPath('temp'), 'okno-'));
  temporaryFolders.push(folder);
  const file = path.join(folder, safe);
  await writeFile(file, await content(fileId), { mode: 0o600 });
  await chmod(file, 0o400);
  const problem = await shell.openPath(file);
  if (problem !== '') throw new OknoError('externalDown', { system: 'программа для этого файла' });
}

/** Removes the copies made by `openFile`. */
export async function removeTemporaryFiles(): Promise<void> {
  await Promise.all(temporaryFolders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

/** Saves one file where the person says, or several into a folder. Answers the folder; empty if he cancelled. */
export async function saveFiles(content: FileContent, dialogs: FileDialogs, files: readonly { readonly fileId: string; readonly name: string }[]): Promise<string> {
  const [only, second] = files;
  if (only === undefined) return '';
  if (second === undefined) {
    const target = await dialogs.saveFile(safeFileName(only.name));
    if (target === null) return '';
    await writeFile(target, await content(only.fileId));
    return path.dirname(target);
  }
  const folder = await dialogs.chooseFolder();
  if (folder === null) return '';
  await mkdir(folder, { recursive: true });
  for (const { fileId, name } of files) await writeFile(freeName(folder, safeFileName(name)), await content(fileId), { flag: 'wx' });
  return folder;
}
