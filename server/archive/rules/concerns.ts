import { areas } from '~/db/reference/areas';
import { departments } from '~/db/reference/places';
import { dayInWords, type Html, h, page, paragraphs, t } from './html';
import type { Concern } from './reader';

const titleOf = new Map<string, string>(areas.map(({ slug, title }) => [slug, title.es]));
const nameOf = new Map<string, string>(departments.map(({ code, name }) => [code, name]));

/** How many concerns stand on one page. */
export const perPage = 100;
/** Where a concern stands, by its place among all of them, from 0. */
export const concernPath = (at: number, number: number) =>
  `planteamientos/${Math.floor(at / perPage) + 1}.html#p${number}`;

/** The articles of the version in force that a concern stands behind. */
export type TakenUp = { number: number; path: string };

function line(concern: Concern, taken: readonly TakenUp[]): Html {
  const where = [
    concern.association,
    nameOf.get(concern.department) ?? concern.department,
    ...concern.areas.map((slug) => titleOf.get(slug) ?? slug),
    dayInWords(concern.day),
  ];
  const why =
    concern.state === 'no_recogida' && concern.reasonCode
      ? h`<p><b>${t(`concerns.reason.${concern.reasonCode}` as 'concerns.reason')}</b></p>${paragraphs(concern.reason ?? '')}`
      : null;
  return h`<article id="p${concern.number}"><p class="hint">${t('concerns.number', { n: concern.number })} · <span class="state">${t(`concerns.state.${concern.state}`)}</span></p>
${paragraphs(concern.words)}
<p class="hint">${where.filter(Boolean).join(' · ')}</p>
${taken.length > 0 ? h`<p>${taken.map(({ number, path }) => h`<a href="../${path}">${t('document.article.short', { number })}</a> `)}</p>` : null}${why}</article>
`;
}

/** One page of the public concerns, each with what became of it. */
export function concernsPage(
  at: number,
  pages: number,
  concerns: readonly Concern[],
  takenUp: (id: string) => readonly TakenUp[],
): string {
  const beside = (other: number, words: string) =>
    other >= 1 && other <= pages ? h`<a href="${other}.html">${words}</a> ` : null;
  return page({
    title: t('document.archive.concerns'),
    depth: 1,
    body: [
      h`<p class="hint">${t('document.leaf.page', { page: at, pages })}</p>`,
      concerns.length === 0 ? h`<p>${t('document.archive.none')}</p>` : h``,
      ...concerns.map((concern) => line(concern, takenUp(concern.id))),
      h`<p>${beside(at - 1, t('document.archive.before'))}${beside(at + 1, t('document.archive.after'))}</p>`,
    ],
  });
}
