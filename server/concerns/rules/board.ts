export const states = ['recibida', 'en_debate', 'recogida', 'no_recogida'] as const;
export type State = (typeof states)[number];
export type Counts = Record<State, number> & { total: number };

/** By what the board can be read. */
export const dimensions = ['area', 'department', 'kind'] as const;
export type Dimension = (typeof dimensions)[number];

/** The kinds of group; a women's collective is one whatever its form, and who is on her own counts as free base. */
export const groupKinds = [
  'mujeres',
  'asociacion',
  'cooperativa',
  'federacion',
  'comite',
  'base_libre',
] as const;
export type GroupKind = (typeof groupKinds)[number];

const none = (): Counts => ({ recibida: 0, en_debate: 0, recogida: 0, no_recogida: 0, total: 0 });

/**
 * The board out of counted cells: the whole (cells without a key), and a row for each key, the fullest first.
 * A concern of two areas stands in both rows, and once in the whole.
 */
export function boardOf(cells: readonly { key: string | null; state: State; n: number }[]) {
  const whole = none();
  const rows = new Map<string, Counts>();
  for (const { key, state, n } of cells) {
    const counts = key === null ? whole : (rows.get(key) ?? none());
    counts[state] += n;
    counts.total += n;
    if (key !== null) rows.set(key, counts);
  }
  return {
    ...whole,
    rows: [...rows]
      .map(([key, counts]) => ({ key, ...counts }))
      .sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1)),
  };
}
