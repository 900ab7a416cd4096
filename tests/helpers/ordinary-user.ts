import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** Debian's `nobody`: owns nothing, may nothing. */
const nobody = 65_534;

/** A person without rights over the machine: himself where the tests run as one, `nobody` where they run as root. */
export interface OrdinaryUser {
  readonly uid: number;
  /** Readable by everyone, for programs to be started. */
  readonly folder: string;
  /** His own, empty. */
  readonly home: string;
  /** A program that starts `executable` as this user, with whatever arguments it is given. */
  readonly starting: (executable: string) => Promise<string>;
  /** Removes the folders. */
  readonly remove: () => Promise<void>;
}

/** Folders for him outside the repository, which may lie where he cannot reach it. Linux only. */
export async function ordinaryUser(): Promise<OrdinaryUser> {
  const uid = process.getuid?.() === 0 ? nobody : (process.getuid?.() ?? 0);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'okno-ordinary-'));
  const home = path.join(folder, 'home');
  await mkdir(home, { mode: 0o700 });
  const isOther = uid !== process.getuid?.();
  if (isOther) await chown(home, uid, uid);
  await chmod(folder, 0o755);
  return {
    uid,
    folder,
    home,
    starting: async (executable) => {
      if (!isOther) return executable;
      const script = path.join(folder, 'start.sh');
      await writeFile(script, `#!/bin/sh\nHOME=${home} exec setpriv --reuid ${uid} --regid ${uid} --clear-groups ${executable} "$@"\n`, { mode: 0o755 });
      return script;
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  };
}
