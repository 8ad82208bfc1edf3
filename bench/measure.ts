/** What one run of a load gave: requests per second, and milliseconds. */
export type Figures = { rps: number; p50: number; p99: number };

export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

export const medians = (runs: Figures[]): Figures => ({
  rps: median(runs.map((run) => run.rps)),
  p50: median(runs.map((run) => run.p50)),
  p99: median(runs.map((run) => run.p99)),
});

/**
 * Runs `work(i)` for `total` times, `atOnce` at a time, and times each.
 * @returns figures of this one run.
 */
export async function load(
  total: number,
  atOnce: number,
  work: (i: number) => Promise<void>,
): Promise<Figures> {
  const times: number[] = [];
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    while (next < total) {
      const i = next++;
      const at = performance.now();
      await work(i);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return { rps: total / seconds, p50: at(0.5), p99: at(0.99) };
}

/** Prints a table and, last, one JSON line with the bench's name and every ratio. */
export function report(name: string, rows: Record<string, Figures>, ratios: Record<string, number>): void {
  const fixed = (value: number) => value.toFixed(value < 10 ? 2 : 1);
  console.table(
    Object.fromEntries(
      Object.entries(rows).map(([row, { rps, p50, p99 }]) => [
        row,
        { 'per second': fixed(rps), 'p50 ms': fixed(p50), 'p99 ms': fixed(p99) },
      ]),
    ),
  );
  const rounded = Object.fromEntries(
    Object.entries(ratios).map(([key, value]) => [key, Number(value.toFixed(3))]),
  );
  console.info(JSON.stringify({ bench: name, ratios: rounded }));
}
