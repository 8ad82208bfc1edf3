import { areas } from '~/db/reference/areas';
import { departments } from '~/db/reference/places';
import { translator } from '~/messages/catalogue';
import type { Cell, Coverage, Line } from './coverage';
import { row } from './csv';

const t = translator('es');
const columns = [
  'version',
  'fecha',
  'corte',
  'area',
  'grupo',
  'planteados',
  'recogidos',
  'no_recogidos',
  'articulos_del_area',
  'situacion',
  'metodo',
];
const titles = new Map<string, string>(areas.map(({ slug, title }) => [slug, title.es]));
const places = new Map<string, string>(departments.map(({ code, name }) => [code, name]));

type Asked = Pick<Coverage, 'byGroup' | 'byDepartment'> & { version: { number: number } | null; day: string };

/** The same numbers as the page, one row for each area and group or department, with the day and how it is counted. */
export function coverageCsv({ version, day, byGroup, byDepartment }: Asked): string {
  const method = t('document.coverage.csv.method');
  const of = <K extends string>(kind: string, lines: readonly Line<K>[], name: (cell: Cell<K>) => string) =>
    lines.flatMap((line) =>
      line.cells.map((cell) =>
        row([
          version ? String(version.number) : '',
          day,
          kind,
          titles.get(line.area)!,
          name(cell),
          ...[cell.raised, cell.answered, cell.refused, line.articles].map(String),
          t(`document.coverage.csv.gap.${cell.gap}`),
          method,
        ]),
      ),
    );
  return `\uFEFF${[
    row(columns),
    ...of('tipo de grupo', byGroup, ({ key }) => t(`document.coverage.group.${key}`)),
    ...of('departamento', byDepartment, ({ key }) => places.get(key) ?? key),
  ].join('')}`;
}
