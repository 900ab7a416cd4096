import { randomBytes, randomInt } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';

/** OWASP's recommendation: 19 MiB, two passes. */
const cost = { parallelism: 1, iterations: 2, memorySize: 19_456, hashLength: 32 } as const;

export function hashPassword(password: string): Promise<string> {
  return argon2id({ ...cost, password: password.normalize('NFC'), salt: randomBytes(16), outputType: 'encoded' });
}

let nobodysHash: Promise<string> | undefined;

/**
 * True if the password fits. Without a hash (no such user) it works as long and says no, so that the time of an answer does not
 * tell who has an account.
 */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'));
  const fits = await argon2Verify({ password: password.normalize('NFC'), hash: hash ?? (await nobodysHash) });
  return fits && hash !== null;
}

/** No letters that look alike: it is read from a paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

export function oneTimePassword(): string {
  return Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')).join('-');
}
