import type { Random } from '../random.ts';

/** Values at the edges of every schema: of another kind, empty, too long, halves of characters, NUL. */
const garbage: readonly unknown[] = [null, '', ' ', 0, -1, 1.5, 1e300, true, [], {}, [null], 'unknown', 'ж'.repeat(7000), 'a\u0000b', '\ud83d', '{"a":1}', '__proto__', "'; --", '../..'];

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value with one place of it, somewhere inside, replaced, left out, or joined by a stranger. */
export function spoilt(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    const at = random.between(0, value.length - 1);
    return value.map((each: unknown, n) => (n === at ? spoilt(each, random) : each));
  }
  if (isObject(value) && random.chance(0.9)) {
    const names = Object.keys(value);
    const name = random.pick(names);
    if (name === undefined || random.chance(0.05)) return { ...value, 'чужое поле': random.pick(garbage) };
    if (random.chance(0.15)) return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
    return { ...value, [name]: spoilt(value[name], random) };
  }
  return random.pick(garbage);
}
