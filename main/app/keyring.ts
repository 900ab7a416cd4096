import { safeStorage } from 'electron';
import type { WorkerData } from '../desk-worker-data.ts';

/** True where the system really protects what it keeps: on Linux without a keyring the backend is plain text. */
export function hasKeyring(): WorkerData['keyring'] {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

/** Seals the data key (base64) with the keyring; base64. */
export function sealWithKeyring(key: string): string {
  return safeStorage.encryptString(key).toString('base64');
}

/** The key, or null if this keyring did not seal it: another user of the system, a lost keyring. */
export function openWithKeyring(sealed: string): string | null {
  try {
    return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
  } catch {
    return null; // the password's wrap and the centre's escrow copy remain
  }
}
