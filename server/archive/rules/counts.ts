import { areas } from '~/db/reference/areas';
import { departments } from '~/db/reference/places';
import { type Dimension, dimensions, states } from '../../concerns/rules/board';
import { type Html, h, page, t } from './html';
import type { Board, Coverage } from './reader';

const areaOf = new Map<string, string>(areas.map(({ slug, title }) => [slug, title.es]));
const placeOf = new Map<string, string>(departments.map(({ code, name }) => [code, name]));
const named: Record<Dimension, (key: string) => string> = {
  area: (key) => areaOf.get(key) ?? key,
  department: (key) => placeOf.get(key) ?? key,
  kind: (key) => t(`concerns.kind.${key}` as 'concerns.kind.mujeres'),
};

/** Where the board stands. */
export const boardPath = 'planteamientos/tablero.html';
export const coveragePath = (version: number) => `documento/v${version}/cobertura.html`;
export const coverageData = (version: number) => `datos/cobertura-v${version}.csv`;

type Cells = readonly (string | number | false)[];
const table = (head: Cells, rows: readonly Cells[]): Html =>
  h`<div class="wide"><table><thead><tr>${head.map((cell) => h`<th>${cell}</th>`)}</tr></thead><tbody>${rows.map(
    ([first, ...cells]) => h`<tr><th>${first ?? false}</th>${cells.map((cell) => h`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;

/** What became of the public concerns, counted: by area, by region, by kind of group. */
export const boardPage = (boards: Record<Dimension, Board>): string =>
  page({
    title: t('concerns.board.title', { n: boards.area.total }),
    depth: 1,
    body: [
      h`<ul>${states.map((state) => h`<li>${t(`concerns.state.${state}`)}: ${boards.area[state]}</li>`)}</ul>`,
      ...dimensions.map(
        (by) =>
          h`<h2>${t(`concerns.board.by.${by}`)}</h2>${by === 'area' ? h`<p class="hint">${t('concerns.board.areas')}</p>` : null}${table(
            ['', ...states.map((state) => t(`concerns.state.${state}`))],
            boards[by].rows.map((row) => [named[by](row.key), ...states.map((state) => row[state])]),
          )}`,
      ),
    ],
  });

/** What was raised and what a version takes up, area by area; the groups and departments are in the data. */
export const coveragePage = (number: number, { total, byGroup }: Coverage): string => {
  // Where nobody raised anything the eye finds nothing, and so sees the rest.
  const cell = (one: { answered: number; raised: number }) =>
    one.raised > 0 && t('document.coverage.cell', { answered: one.answered, raised: one.raised });
  const keys = byGroup[0]?.cells.map(({ key }) => key) ?? [];
  return page({
    title: t('document.coverage.table.groups'),
    depth: 2,
    body: [
      h`<p class="hint"><a href="index.html">${t('document.version', { n: number })}</a></p>`,
      total.raised > 0 ? h`<p>${t('document.coverage.column.all')}: ${cell(total)}</p>` : h``,
      table(
        [
          t('document.coverage.column.area'),
          t('document.coverage.column.all'),
          ...keys.map((key) => t(`document.coverage.group.${key}`)),
          t('document.coverage.column.articles'),
        ],
        byGroup.map((line) => [
          areaOf.get(line.area) ?? line.area,
          cell(line),
          ...line.cells.map(cell),
          line.articles,
        ]),
      ),
      ...(['1', '2', '3', '4'] as const).map(
        (n) => h`<p class="hint">${t(`document.coverage.method.${n}`)}</p>`,
      ),
      h`<p><a href="../../${coverageData(number)}">${t('document.coverage.csv')}</a></p>`,
    ],
  });
};
