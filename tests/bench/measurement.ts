/** Where a ratio has to lie: the product's value divided by the bare one. */
export interface Goal {
  readonly side: 'atMost' | 'atLeast';
  readonly ratio: number;
}

/** The two sides of one ratio, prepared; each call is one round and gives a value in the measurement's unit. */
export interface Pair {
  readonly product: () => Promise<number>;
  readonly bare: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export interface Measurement {
  /** Name in the JSON object. */
  readonly name: string;
  readonly title: string;
  /** What is measured on each side, in words. */
  readonly productTitle: string;
  readonly bareTitle: string;
  readonly unit: string;
  readonly goal: Goal;
  readonly rounds: number;
  /** False for rounds so long that a first one to warm up would say nothing. */
  readonly warmUp?: false;
  readonly open: () => Promise<Pair>;
}

export interface Measured {
  readonly product: number;
  readonly bare: number;
  /** Of the medians. */
  readonly ratio: number;
  /** Lowest and highest ratio of a single round. */
  readonly lowest: number;
  readonly highest: number;
  readonly met: boolean;
}

/** The value that the given part (0…1) of the values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))];
  if (value === undefined) throw new Error('A quantile of no values');
  return value;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export interface Turns {
  /** One sample each. */
  readonly product: () => Promise<number>;
  readonly bare: () => Promise<number>;
  readonly samples: number;
  /** The value of a round, of its samples. */
  readonly valueOf: (samples: readonly number[]) => number;
}

/** Rounds whose two sides are sampled by turns, one sample each: what the machine does besides meets both alike. */
export function byTurns({ product, bare, samples, valueOf }: Turns): Pick<Pair, 'product' | 'bare'> {
  const [products, bares]: [number[], number[]] = [[], []];
  const round = async (): Promise<void> => {
    const [ofProduct, ofBare]: [number[], number[]] = [[], []];
    for (let n = 0; n < samples; n++) {
      ofProduct.push(await product());
      ofBare.push(await bare());
    }
    products.push(valueOf(ofProduct));
    bares.push(valueOf(ofBare));
  };
  const next = async (values: number[]): Promise<number> => {
    if (values.length === 0) await round();
    return values.shift() ?? Number.NaN;
  };
  return { product: () => next(products), bare: () => next(bares) };
}

function holds({ side, ratio }: Goal, measured: number): boolean {
  return side === 'atMost' ? measured <= ratio : measured >= ratio;
}

/** One round of each side to warm up, then pairs, the first side changing each time, so that a slow moment of the machine hits both. */
export async function measure({ open, rounds, goal, warmUp }: Measurement): Promise<Measured> {
  const pair = await open();
  try {
    if (warmUp !== false) {
      await pair.product();
      await pair.bare();
    }
    const [products, bares]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      if (round % 2 === 1) bares.push(await pair.bare());
      products.push(await pair.product());
      if (round % 2 === 0) bares.push(await pair.bare());
    }
    const ratios = products.map((product, round) => product / (bares[round] ?? Number.NaN));
    const [product, bare] = [median(products), median(bares)];
    return { product, bare, ratio: product / bare, lowest: Math.min(...ratios), highest: Math.max(...ratios), met: holds(goal, product / bare) };
  } finally {
    await pair.close();
  }
}
