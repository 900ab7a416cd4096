import { constants, createCipheriv, createDecipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** OWASP's second choice and above; kept beside each wrap, so that a later version may raise it. */
const cost = { memoryKib: 65_536, iterations: 2, parallelism: 1 } as const;

const ivBytes = 12;
const tagBytes = 16;

/** The data key of a desk wrapped by one user's password. Opening it is also the proof of the password off line. */
export const passwordWrapSchema = z.object({
  login: z.string(),
  salt: z.base64(),
  memoryKib: z.number().int().positive().max(1_048_576),
  iterations: z.number().int().positive().max(100),
  parallelism: z.number().int().positive().max(16),
  box: z.base64(),
});
export type PasswordWrap = z.infer<typeof passwordWrapSchema>;

/** A new random data key, 32 bytes. */
export function newDataKey(): Buffer {
  return randomBytes(32);
}

/** AES-256-GCM: iv, tag, cipher text in one piece. */
export function seal(key: Uint8Array, plain: Uint8Array): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Opens what `seal` made; null if the key is another or the bytes were changed. */
export function unseal(key: Uint8Array, box: Uint8Array): Buffer | null {
  if (box.length < ivBytes + tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, ivBytes));
  decipher.setAuthTag(box.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(box.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch {
    return null; // GCM says only «does not fit»
  }
}

async function keyFromPassword(password: string, salt: Uint8Array, { memoryKib, iterations, parallelism }: Pick<PasswordWrap, 'memoryKib' | 'iterations' | 'parallelism'>): Promise<Uint8Array> {
  // Read only when a password is typed: where the system's keyring holds the key, never.
  const { argon2id } = await import('hash-wasm');
  return argon2id({ password: password.normalize('NFC'), salt, memorySize: memoryKib, iterations, parallelism, hashLength: 32, outputType: 'binary' });
}

/** Wraps the data key by a user's password. */
export async function wrapByPassword(dataKey: Uint8Array, login: string, password: string): Promise<PasswordWrap> {
  const salt = randomBytes(16);
  const box = seal(await keyFromPassword(password, salt, cost), dataKey);
  return { login, salt: salt.toString('base64'), ...cost, box: box.toString('base64') };
}

/** The data key, or null if the password is not the one of the wrap. */
export async function openByPassword(wrap: PasswordWrap, password: string): Promise<Buffer | null> {
  const key = await keyFromPassword(password, Buffer.from(wrap.salt, 'base64'), wrap);
  return unseal(key, Buffer.from(wrap.box, 'base64'));
}

/** The escrow copy: only the centre can open it, so that a lost keyring or a new password never loses the desk's data. Base64. */
export function wrapForEscrow(dataKey: Uint8Array, publicKeyPem: string): string {
  return publicEncrypt({ key: publicKeyPem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, dataKey).toString('base64');
}
