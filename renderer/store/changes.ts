import { on } from '../bridge.ts';

type Listener = (types: readonly string[]) => void;
const listeners = new Set<Listener>();

/** Follows «documents of these types changed»; answers how to stop. */
export function followChanges(): () => void {
  return on('changed', ({ types }) => {
    for (const listener of listeners) listener(types);
  });
}

/** Calls back when documents of one of the types changed; answers how to stop. */
export function onChanged(types: readonly string[], listener: () => void): () => void {
  const mine: Listener = (changed) => {
    if (changed.some((type) => types.includes(type))) listener();
  };
  listeners.add(mine);
  return () => {
    listeners.delete(mine);
  };
}
