import { describe, expect, it } from 'vitest';
import { seededBugs } from './seeded-bugs.ts';
import { Simulation } from './simulation.ts';

/** Seeds that a bug may need until it is seen. */
const seeds = 400;

describe.each(seededBugs)('a seeded bug: %s', (bug) => {
  it('is caught', async () => {
    let [seed, findings]: [number, readonly string[]] = [0, []];
    while (findings.length === 0 && seed < seeds) findings = await new Simulation({ seed: ++seed, steps: 4_000, bug }).run();
    console.log(`${bug}: seed ${seed}, ${findings[0] ?? 'not caught'}`);
    expect(findings).not.toEqual([]);
  });
});
