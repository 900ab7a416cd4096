import { describe, expect, it } from 'vitest';
import { Simulation } from './simulation.ts';

async function traceOf(seed: number): Promise<string> {
  const simulation = new Simulation({ seed, steps: 2_000 });
  await simulation.run();
  return simulation.schedule.trace;
}

describe('the simulation', () => {
  it('gives the same trace for the same seed', async () => {
    expect(await traceOf(7)).toBe(await traceOf(7));
  });

  it('gives another trace for another seed', async () => {
    expect(await traceOf(7)).not.toBe(await traceOf(8));
  });
});
