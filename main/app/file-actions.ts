import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app, shell } from 'electron';
import { OknoError } from '../../shared/base/errors.ts';
import type { FileDialogs } from './dialogs.ts';

type FileContent = (fileId: string) => Promise<Uint8Array>;

/** Kinds that a program only shows. Whatever can run or carries macros is not opened, only saved. */
const openable: ReadonlySet<string> = new Set([
  '.pdf', '.png', '.jpg', '.jpeg', '.gif', '.webp', '.bmp', '.tif', '.tiff', '.txt', '.csv', '.log', '.eml', '.doc', '.docx', '.xls', '.xlsx', '.ppt', '.pptx', '.rtf', '.odt', '.ods', '.odp', '.zip', '.rar', '.7z', '.dwg', '.sig',
]);

// Characters that file systems or people's eyes take for something else: separators, controls, marks of writing direction.
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u001f\u007f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;
const longestName = 120;

/** A name of a letter's attachment made safe for a folder: no path, no hidden characters, not too long. */
export function safeFileName(name: string): string {
  const cleaned = name.replace(unsafe, '_').replace(/[. ]+$/, '').replace(/^\.+/, '').trim();
  const extension = path.extname(cleaned).slice(0, 16);
  const stem = cleaned.slice(0, cleaned.length - path.extname(cleaned).length).slice(0, longestName);
  const whole = `${stem}${extension}`;
  return whole === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `файл${extension}` : whole;
}

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
  if (!openable.has(path.extname(safe).toLowerCase())) throw new OknoError('notAllowed', { action: `открыть «${safe}»: такие файлы можно только сохранить` });
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
