import { describe, expect, it } from 'vitest';
import { runStorm } from './storm.ts';

// Half of the steps in each of two files, so that two cores share them.
describe('three desks and a centre in a storm, part 2', () => {
  it('F1 F2 F4 F7 F8 F16 F18 F22 F23 F24 F26 F29 F33 F35: I1–I7 hold over half a million steps', async () => {
    const { steps, runs, findings } = await runStorm(200_000, 505_000);
    console.log(`Simulation, part 2: ${steps} steps in ${runs} runs`);
    expect(findings).toEqual([]);
  });
});
