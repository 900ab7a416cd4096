import { Simulation } from './simulation.ts';

/** Steps of one run before it comes to rest. */
const stormSteps = 4_000;

export interface StormResult {
  readonly steps: number;
  readonly runs: number;
  /** By seed: what did not hold. */
  readonly findings: readonly string[];
}

/** Runs seed after seed, from `firstSeed`, until so many steps are done. */
export async function runStorm(firstSeed: number, steps: number): Promise<StormResult> {
  const findings: string[] = [];
  let [done, runs] = [0, 0];
  for (let seed = firstSeed; done < steps; seed++, runs++) {
    const simulation = new Simulation({ seed, steps: stormSteps });
    findings.push(...(await simulation.run()).map((finding) => `seed ${seed}: ${finding}`));
    done += simulation.schedule.steps;
  }
  return { steps: done, runs, findings };
}
