import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../shared/protocol/ipc.ts';

/** The names of the table in shared/protocol/ipc.ts, handed over by the main process: the page can reach nothing else. */
function namesOf(flag: string): ReadonlySet<string> {
  const prefix = `--${flag}=`;
  return new Set(process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length).split(',') ?? []);
}

const callNames = namesOf('okno-calls');
const eventNames = namesOf('okno-events');

type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: unknown };

const listeners = new Map<string, Set<(payload: unknown) => void>>();

ipcRenderer.on('okno:event', (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

const bridge: Bridge = {
  call: async (name, args) => {
    if (!callNames.has(name)) throw new Error(`No such call: ${name}`);
    const answer = (await ipcRenderer.invoke('okno:call', name, args)) as Answer; // made by the wrapper in main/ipc
    if (answer.ok) return answer.value;
    // Only the message of an error crosses the bridge: it carries the refusal as JSON.
    throw new Error(JSON.stringify(answer.refusal));
  },
  on: (name, listener) => {
    if (!eventNames.has(name)) throw new Error(`No such event: ${name}`);
    const known = listeners.get(name) ?? new Set();
    known.add(listener);
    listeners.set(name, known);
    return () => known.delete(listener);
  },
};

contextBridge.exposeInMainWorld('okno', bridge);
