import type { Context } from './rule-book.ts';

/** Gives the ids of one command in order: the first call the first, the same at both ends because rules are pure. */
export type NewId = () => string;

export function idSource(context: Pick<Context, 'id'>): NewId {
  let n = 0;
  return () => {
    n += 1;
    return context.id(n);
  };
}
