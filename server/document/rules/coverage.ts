import { areas as everyArea } from '~/db/reference/areas';

/** The kinds of group a concern comes from; `sin_organizacion`: raised in nobody's name but her own. */
export const groups = [
  'cooperativa',
  'asociacion',
  'federacion',
  'comite',
  'base_libre',
  'sin_organizacion',
] as const;
export type Group = (typeof groups)[number];
/** What is read across: each kind of group, and the women's collectives, which are of one of those kinds too. */
export const columns = [...groups, 'mujeres'] as const;
export type Column = (typeof columns)[number];

export type Counts = {
  /** Public concerns that were raised. */
  raised: number;
  /** Of those, how many stand behind an article. */
  answered: number;
  /** Of those, how many were not taken up, with a reason. */
  refused: number;
};

/** Concerns that are alike in all that is counted; `area` null counts each once, whatever areas it has. */
export type Heard = Counts & { area: string | null; group: Group; womens: boolean; department: string };

/**
 * What is between who speaks and what the document says:
 * `unanswered` raised, and nothing of it in the document; `part` some of it; `whole` all of it;
 * `unheard` the document speaks, and nobody of these raised it; `nothing` neither.
 */
export const gaps = ['unanswered', 'part', 'whole', 'unheard', 'nothing'] as const;
export type Gap = (typeof gaps)[number];

/** @param articles how many articles of the document are of this area. */
export function gapOf({ raised, answered }: Pick<Counts, 'raised' | 'answered'>, articles: number): Gap {
  if (raised === 0) return articles > 0 ? 'unheard' : 'nothing';
  if (answered === 0) return 'unanswered';
  return answered < raised ? 'part' : 'whole';
}

const none: Counts = { raised: 0, answered: 0, refused: 0 };
const plus = (a: Counts, b: Counts): Counts => ({
  raised: a.raised + b.raised,
  answered: a.answered + b.answered,
  refused: a.refused + b.refused,
});
export const sum = (rows: readonly Counts[]): Counts => rows.reduce(plus, none);

export type Cell<K extends string = string> = Counts & { key: K; gap: Gap };
export type Line<K extends string = string> = Counts & {
  area: string;
  articles: number;
  gap: Gap;
  cells: Cell<K>[];
};

const inColumn = (row: Heard, column: Column) => (column === 'mujeres' ? row.womens : row.group === column);

function lines<K extends string>(
  rows: readonly Heard[],
  articles: ReadonlyMap<string, number>,
  keys: readonly K[],
  fits: (row: Heard, key: K) => boolean,
): Line<K>[] {
  return everyArea.map(({ slug }) => {
    const own = rows.filter((row) => row.area === slug);
    const written = articles.get(slug) ?? 0;
    const all = sum(own);
    return {
      area: slug,
      articles: written,
      ...all,
      gap: gapOf(all, written),
      cells: keys.map((key) => {
        const counts = sum(own.filter((row) => fits(row, key)));
        return { key, ...counts, gap: gapOf(counts, written) };
      }),
    };
  });
}

/**
 * Who raised what, and what the document answers, area by area: by kind of group and by department. A concern of
 * several areas counts in each, so areas do not add up to the totals; kinds of group do, and departments do.
 */
export function coverageOf(rows: readonly Heard[], articles: ReadonlyMap<string, number>) {
  const once = rows.filter((row) => row.area === null);
  const of = (key: string) => sum(once.filter((row) => row.department === key)).raised;
  const departments = [...new Set(once.map((row) => row.department))].sort(
    (a, b) => of(b) - of(a) || (a < b ? -1 : 1),
  );
  const total = (fits: (row: Heard) => boolean) => sum(once.filter(fits));
  return {
    total: sum(once),
    groups: columns.map((key) => ({ key, ...total((row) => inColumn(row, key)) })),
    inside: total((row) => row.group === 'cooperativa'),
    outside: total((row) => row.group !== 'cooperativa'),
    departments: departments.map((key) => ({ key, ...total((row) => row.department === key) })),
    byGroup: lines(rows, articles, columns, inColumn),
    byDepartment: lines(rows, articles, departments, (row, key) => row.department === key),
  };
}
export type Coverage = ReturnType<typeof coverageOf>;
