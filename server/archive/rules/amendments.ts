import { areas } from '~/db/reference/areas';
import type { Row } from '../../drafts/rules/comparison';
import { versionPath } from './document';
import { dayInWords, type Html, h, page, paragraphs, t } from './html';
import type { Amendment } from './reader';

const titles = new Map<string, string>(areas.map(({ slug, title }) => [slug, title.es]));

/** How many amendments stand on one page. */
export const perPage = 50;
const file = (at: number) => `enmiendas-${at}.html`;
/** One page of a version's amendments. */
export const amendmentsPath = (version: number, at: number) => `documento/v${version}/${file(at)}`;

type Named = { id: string; title: string; page: string };
/** An article's amendments and what is to come behind it, with the page that each stands on. */
export const amendmentsAt = (all: readonly Amendment[], article: number): Named[] =>
  all.flatMap((one, i) =>
    (one.kind === 'add' ? one.after : one.article)?.number === article
      ? [{ id: one.id, title: titleOf(one), page: file(Math.floor(i / perPage) + 1) }]
      : [],
  );

const titleOf = (one: Amendment): string =>
  one.article && one.kind !== 'add'
    ? t(`amendments.title.${one.kind}`, { number: one.article.number, title: one.title })
    : t('amendments.title.add', { title: one.title });

const line = (row: Row): Html =>
  row.kind === 'fold'
    ? h`<p class="hint">${t('drafts.compare.fold', { n: row.lines })}</p>`
    : h`<p>${row.pieces.map(({ kind, text: letters }) => {
        const text = letters.replace(/\n$/, '');
        if (kind === 'same') return text;
        return kind === 'out' ? h`<del>${text}</del>` : h`<ins>${text}</ins>`;
      })}</p>`;

/** What came of it, in the committee's own words. */
const outcome = ({ state, decidedOn, reason, byHand, rival, backings }: Amendment): Html | null =>
  state === 'open'
    ? null
    : h`<p><b>${t(`amendments.came.${state}`, { day: decidedOn ? dayInWords(decidedOn) : '' })}</b></p>${paragraphs(reason ?? '')}${byHand ? h`<p>${t('amendments.by_hand')}</p>` : null}${rival ? h`<p>${t('amendments.rival.line', { n: backings })}</p>` : null}`;

const whole = (one: Amendment): Html => h`<article id="e-${one.id}"><h2>${titleOf(one)}</h2>
<p class="hint">${t('amendments.by', { by: one.by, day: dayInWords(one.day) })} · <span class="state">${t(`amendments.state.${one.state}`)}</span></p>
${outcome(one)}<h3>${t(`amendments.what.${one.kind}`)}</h3>${
  one.kind === 'add'
    ? h`<p>${
        one.after
          ? t('amendments.after', { article: t('document.article.title', one.after) })
          : t('amendments.after.first', { area: titles.get(one.area) ?? one.area })
      }</p>`
    : null
}${one.rows.map(line)}
<h3>${t('amendments.why.title')}</h3>${paragraphs(one.why)}
${one.actaReference && one.actaDate ? h`<p class="hint">${t('amendments.acta.short')}: ${t('amendments.acta.line', { acta: one.actaReference, day: dayInWords(one.actaDate) })}</p>` : null}${
  one.bases.length > 0
    ? h`<p>${t('amendments.backings', { n: one.bases.length })}: ${one.bases.join(', ')}</p>`
    : null
}</article>
`;

/** One page of the amendments to a version: what each changes, why, in whose name, and what came of it. */
export function amendmentsPage(version: number, at: number, all: readonly Amendment[]): string {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const beside = (other: number, words: string) =>
    other >= 1 && other <= pages ? h`<a href="${file(other)}">${words}</a> ` : null;
  return page({
    title: t('amendments.list.of', { n: version }),
    depth: 2,
    body: [
      h`<p class="hint"><a href="../../${versionPath(version)}">${t('document.version', { n: version })}</a> · ${t('document.leaf.page', { page: at, pages })}</p>`,
      ...all.slice((at - 1) * perPage, at * perPage).map(whole),
      h`<p>${beside(at - 1, t('document.archive.before'))}${beside(at + 1, t('document.archive.after'))}</p>`,
    ],
  });
}

/** What leaves of an amendment as data: each thing by its name, so that nothing new leaves by itself. */
export const amendmentData = (one: Amendment) => ({
  id: one.id,
  kind: one.kind,
  state: one.state,
  area: one.area,
  article: one.article,
  after: one.after,
  title: one.title,
  difference: one.rows,
  why: one.why,
  by: one.by,
  acta: one.actaReference,
  actaDay: one.actaDate,
  day: one.day,
  decidedOn: one.decidedOn,
  reason: one.reason,
  byHand: one.byHand,
  backedBy: one.bases,
  rival: one.rival,
});
