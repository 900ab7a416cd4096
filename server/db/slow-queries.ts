import { Client } from 'pg';

/** What a query of pg may be called with: its text or configuration, values, a callback. */
type Query = (...given: unknown[]) => unknown;

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  return typeof query === 'object' && query !== null && 'text' in query && typeof query.text === 'string' ? query.text : '';
}

/** A connection that tells of queries slower than `thresholdMs`: their text with places for the values, never the values. */
export function watchedClient(thresholdMs: number, onSlow: (text: string, ms: number) => void): typeof Client {
  class Watched extends Client {}
  const plain = Reflect.get(Client.prototype, 'query') as Query; // all its overloads; called with `this` below
  const query = function query(this: Client, ...given: unknown[]): unknown {
    const started = performance.now();
    const done = (): void => {
      const ms = performance.now() - started;
      if (ms >= thresholdMs) onSlow(textOf(given[0]), Math.round(ms));
    };
    const callback = given.at(-1);
    if (typeof callback === 'function') {
      const told = (...answer: unknown[]): void => {
        done();
        Reflect.apply(callback, undefined, answer);
      };
      return Reflect.apply(plain, this, [...given.slice(0, -1), told]);
    }
    const answer = Reflect.apply(plain, this, given);
    return answer instanceof Promise ? answer.finally(done) : answer;
  };
  Object.defineProperty(Watched.prototype, 'query', { value: query, writable: true, configurable: true });
  return Watched;
}
