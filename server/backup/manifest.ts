import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What a backup says of itself; written last, so that a folder without it is a backup that was broken off. */
export const manifestSchema = z.object({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  /** The last migration of the saved base: its structure. */
  migration: z.object({ number: z.number().int(), name: z.string() }),
  /** `file` in the backup's folder, gzip of PostgreSQL's COPY text; `sha256` of the file's bytes. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number().int(), file: z.string(), sha256: z.string() })),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Names of the key files in `keys/`. */
  keys: z.array(z.string()),
  /** Stored files that the base names: how many, and which of them the store did not have. */
  files: z.object({ count: z.number().int(), missing: z.array(z.string()) }),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestName = 'backup.json';
/** Beside the backups of one place: stored files by content, each once for all of them. */
export const filesName = 'files';
export const keysName = 'keys';

/** Fails in words with what to do if the folder is no whole backup. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(path.join(folder, manifestName), 'utf8');
  } catch (error) {
    throw new Error(`В папке ${folder} нет целой резервной копии (нет файла ${manifestName}). Укажите папку копии: её имя – дата и время.`, { cause: error });
  }
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`Файл ${path.join(folder, manifestName)} испорчен или сделан другой программой. Возьмите другую копию.`, { cause: parsed.error });
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the schema refuses it, in words
  }
}
