import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, privateDecrypt, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OknoError } from '../../shared/base/errors.ts';

/** Keeps copies of desks' data keys openable: a desk wraps its key with the public half, the centre opens it at a login. */
export interface Escrow {
  /** PEM (SPKI), RSA-OAEP with SHA-256. */
  readonly publicKey: string;
  /** Base64 in, base64 out. */
  readonly open: (wrapped: string) => string;
}

/** The key pair in `<data>/keys/escrow.pem`, readable by the centre alone; made at the first start. */
export function openEscrow(data: string): Escrow {
  const file = path.join(data, 'keys', 'escrow.pem');
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
    writeFileSync(`${file}.new`, privateKey, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  const privateKey = createPrivateKey(readFileSync(file));
  return { publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(), open: (wrapped) => unwrap(privateKey, wrapped) };
}

function unwrap(key: KeyObject, wrapped: string): string {
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, Buffer.from(wrapped, 'base64')).toString('base64');
  } catch (error) {
    throw new OknoError('invalidInput', { field: 'keyEscrow' }, { cause: error });
  }
}
