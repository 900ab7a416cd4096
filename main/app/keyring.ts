import { safeStorage } from 'electron';

/** True where the system really protects what it keeps: on Linux without a keyring the backend is plain text. */
function hasKeyring(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

/** Seals the data key (base64) with the keyring; base64, or null where there is none. */
export function sealWithKeyring(key: string): string | null {
  return hasKeyring() ? safeStorage.encryptString(key).toString('base64') : null;
}

/** The key, or null if this keyring did not seal it (another user of the system, a lost keyring) or there is none. */
export function openWithKeyring(sealed: string): string | null {
  if (!hasKeyring()) return null;
  try {
    return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
  } catch {
    return null; // the password's wrap and the centre's escrow copy remain
  }
}
