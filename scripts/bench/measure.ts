/** Medians and spread of one side of a comparison. */
export interface Sample {
  median: number;
  /** Half the distance between the quartiles, as a share of the median. */
  spread: number;
}

export function summarise(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  const median = at(0.5);
  return { median, spread: median === 0 ? 0 : (at(0.75) - at(0.25)) / 2 / median };
}

/** What is counted, or measured once. */
export function exactly(value: number): Sample {
  return { median: value, spread: 0 };
}

/** The median of the ratios of pairs, which cancels what slows both sides of a pair. */
export function ratioOf(numerators: readonly number[], denominators: readonly number[]): number {
  return summarise(numerators.map((value, index) => value / denominators[index]!)).median;
}

/** Measures each side in turn, round after round: A B C, A B C, … The first round warms up and is dropped. */
export async function interleave<Side extends string>(
  sides: Record<Side, () => number | Promise<number>>,
  rounds: number,
): Promise<Record<Side, number[]>> {
  const names = Object.keys(sides) as Side[];
  const values = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const value = await sides[name]();
      if (round > 0) values[name].push(value);
    }
  }
  return values;
}

/** How often per second `work` runs, over about `ms` milliseconds. */
export function rateOf(work: () => unknown, ms: number): number {
  const startedAt = performance.now();
  let runs = 0;
  let elapsed = 0;
  do {
    for (let batch = 0; batch < 20; batch++) work();
    runs += 20;
    elapsed = performance.now() - startedAt;
  } while (elapsed < ms);
  return (runs / elapsed) * 1000;
}

/** The same for work that is asynchronous or long. */
export async function asyncRateOf(work: () => unknown, ms: number): Promise<number> {
  const startedAt = performance.now();
  let runs = 0;
  let elapsed = 0;
  do {
    await work();
    runs++;
    elapsed = performance.now() - startedAt;
  } while (elapsed < ms);
  return (runs / elapsed) * 1000;
}
