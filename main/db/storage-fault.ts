const sqliteFaults = ['SQLITE_FULL', 'SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_CANTOPEN'];
const systemFaults = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EBUSY', 'EIO', 'EMFILE']);

/** The disk refuses for the moment: full, read-only, or another program holds the file (F3, F14). What is in the files is whole. */
export function isStorageFault(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return systemFaults.has(code) || sqliteFaults.some((fault) => code === fault || code.startsWith(`${fault}_`));
}
