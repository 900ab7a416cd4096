import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Keeps secrets that the centre must read again (a password for another system) closed in the database. */
export interface Seal {
  /** AES-256-GCM; what is sealed for one owner cannot be opened as another's. */
  readonly close: (text: string, owner: string) => Buffer;
  /** Throws a Russian explanation if the key or the owner is another. */
  readonly open: (sealed: Buffer, owner: string) => string;
}

const NONCE = 12;
const TAG = 16;
const KEY = 32;

/** The key in `<data>/keys/secrets`, readable by the centre alone; made at the first use. */
export function openSeal(data: string): Seal {
  const key = readKey(path.join(data, 'keys', 'secrets'));
  return {
    close: (text, owner) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner, 'utf8'));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (sealed, owner) => {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE)).setAAD(Buffer.from(owner, 'utf8')).setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
        return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new Error('Секрет не открывается ключом keys/secrets из папки данных: верните ключ из копии или задайте секрет заново.', { cause: error });
      }
    },
  };
}

function readKey(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, randomBytes(KEY).toString('base64'), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  if (key.length !== KEY) throw new Error(`Ключ ${file} повреждён: верните его из копии. Без него секреты почтовых ящиков придётся задать заново.`);
  return key;
}
