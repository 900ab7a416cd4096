import { create } from 'zustand';
import type { Connection } from '../../shared/protocol/ipc.ts';
import { call, on } from '../bridge.ts';

interface Held {
  readonly connection: Connection | null;
}

export const useConnection = create<Held>(() => ({ connection: null }));

/** Reads the link to the centre and follows it; answers how to stop. */
export function followConnection(): () => void {
  void call('connection.state', {}).then((connection) => useConnection.setState({ connection }));
  return on('connection', (connection) => useConnection.setState({ connection }));
}

/** The centre is not there: lists say «Данные на …», rows «к отправке». */
export function useOffline(): boolean {
  return useConnection(({ connection }) => connection?.state === 'offLine');
}
