import { useSyncExternalStore } from 'react';

/** The present moment, ms, rounded down to `step`: a component is drawn again only when that changes. */
export function useNow(step: number): number {
  return useSyncExternalStore(tick, () => Math.floor(Date.now() / step) * step);
}

function tick(listener: () => void): () => void {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}
