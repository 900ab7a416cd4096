import type { Bridge, CallAnswer, CallArgs, CallName, EventName, EventPayload } from '../shared/protocol/ipc.ts';

declare global {
  interface Window {
    readonly okno?: Bridge;
  }
}

let bridge: Bridge | null = null;

/** Takes the bridge that the preload exposes; tests give their own. */
export function connectBridge(given: Bridge): void {
  bridge = given;
}

/** Calls the main process. The only way out of the screen. */
export async function call<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallAnswer<N>> {
  if (bridge === null) throw new Error('The bridge is not connected');
  return (await bridge.call(name, args)) as CallAnswer<N>; // the main process answers by the same schema, which it checks
}

/** Listens to an event of the main process; answers how to stop. */
export function on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
  if (bridge === null) throw new Error('The bridge is not connected');
  return bridge.on(name, (payload) => listener(payload as EventPayload<N>)); // as above
}
