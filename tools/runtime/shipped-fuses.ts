import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire, type FuseState } from '@electron/fuses';

/**
 * Fuses of the program as it is given to workplaces (Electron's list of safety, 19): it is no Node for others, takes no orders from the environment
 * or a debugger, keeps cookies encrypted, and starts its own archive only. Pages come from app://, so files have no privileges either.
 */
const shipped = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
} as const;

/** Sets them in the executable. `debuggable` leaves the debugger's switch on: only so can a test drive the packaged window. */
export async function setShippedFuses(executable: string, { debuggable }: { readonly debuggable: boolean }): Promise<void> {
  await flipFuses(executable, { version: FuseVersion.V1, ...shipped, [FuseV1Options.EnableNodeCliInspectArguments]: debuggable });
}

/** Names of fuses that do not stand as shipped, read back from the executable; none when all is well. */
export async function wrongFuses(executable: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(executable);
  const stateOf = (isOn: boolean): FuseState => (isOn ? 49 : 48); // the wire holds the characters 1 and 0
  return Object.entries(shipped).flatMap(([fuse, isOn]) => {
    const option = Number(fuse) as keyof typeof shipped; // its own keys, which JavaScript makes text of
    return wire[option] === stateOf(isOn) ? [] : [FuseV1Options[option]];
  });
}
