import { median } from '../measure';

/** What was measured of one thing: rows by their name, one figure for each round. */
export type Rounds<T> = Record<string, T[]>;

const shown = (value: number) =>
  Number.isNaN(value) ? '-' : value >= 100 ? value.toFixed(0) : value.toFixed(value < 10 ? 2 : 1);

/** Medians over the rounds. */
export const middle = <T>(rounds: T[], pick: (round: T) => number | undefined): number => {
  const values = rounds.map(pick).filter((value) => value !== undefined);
  return values.length > 0 ? median(values) : Number.NaN;
};

/** Two rows beside each other in each round, and the median of that: rounds are noisy, pairs less so. */
export const ratio = <T>(over: T[], under: T[], pick: (round: T) => number | undefined): number =>
  middle(
    over.map((round, i) => (pick(round) ?? Number.NaN) / (pick(under[i]!) ?? Number.NaN)),
    (value) => (Number.isFinite(value) ? value : undefined),
  );

export function printTable<T>(
  title: string,
  rounds: Rounds<T>,
  columns: Record<string, (round: T) => number | undefined>,
): void {
  console.info(`\n${title}`);
  console.table(
    Object.fromEntries(
      Object.entries(rounds).map(([row, all]) => [
        row,
        Object.fromEntries(
          Object.entries(columns).map(([column, pick]) => [column, shown(middle(all, pick))]),
        ),
      ]),
    ),
  );
}

/** One goal of drafting: what was found, and whether it is enough. Null: not measured here, and where it is. */
export type Goal =
  | { goal: string; found: number; atMost: number; unit?: string }
  | { goal: string; elsewhere: string };

export function printGoals(goals: Goal[]): void {
  console.info('\nGoals (drafting, section 8), each with what was found');
  console.table(
    goals.map((goal) =>
      'elsewhere' in goal
        ? { goal: goal.goal, found: '-', 'at most': '-', met: goal.elsewhere }
        : {
            goal: goal.goal,
            found: `${shown(goal.found)}${goal.unit ?? 'x'}`,
            'at most': `${goal.atMost}${goal.unit ?? 'x'}`,
            met: goal.found <= goal.atMost ? 'yes' : 'NO',
          },
    ),
  );
}
