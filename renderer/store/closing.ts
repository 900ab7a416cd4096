import { call, on } from '../bridge.ts';
import { closeUnsaved, usePlaces } from './places.ts';

/** Tells the main process whether something is unsaved, and asks about it when the window is being closed. Answers how to stop. */
export function followClosing(): () => void {
  let told = false;
  const tellUnsaved = (): void => {
    const { places, dirty, closers } = usePlaces.getState();
    const unsaved = places.some(({ key }) => dirty[key] === true && closers[key] !== undefined);
    if (unsaved === told) return;
    told = unsaved;
    void call('app.unsaved', { unsaved });
  };
  const stopTelling = usePlaces.subscribe(tellUnsaved);
  let asking = false;
  const stopAsking = on('closing', () => {
    if (asking) return;
    asking = true;
    void closeUnsaved()
      .then((closed) => (closed ? call('app.close', {}) : undefined))
      .finally(() => {
        asking = false;
      });
  });
  return () => {
    stopTelling();
    stopAsking();
  };
}
