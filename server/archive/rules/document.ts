import type { Line } from '../../document/rules/points';
import { chapterHeading, type Leaf, type Part, type Tree } from '../../document/rules/tree';
import { dayInWords, dayOf, type Html, h, page, paragraphs, t } from './html';
import type { Answer, VersionLine } from './reader';

const folder = (version: number) => `documento/v${version}`;
export const versionPath = (version: number) => `${folder(version)}/index.html`;
export const articlePath = (version: number, article: number) => `${folder(version)}/art-${article}.html`;
export const dataPath = (version: number, form: 'json' | 'csv' | 'xml') =>
  `datos/documento-v${version}.${form}`;

const spelled = ({ letter, runs }: Line): Html => {
  const words = runs.map(({ words, to }) =>
    to ? h`<a href="art-${to.number}.html">${words}</a>` : h`${words}`,
  );
  return letter ? h`<p class="point"><b>${letter}</b><span>${words}</span></p>` : h`<p>${words}</p>`;
};

const part = ({ kind, label, lines, read }: Part): Html => {
  const said = read ? read.map(spelled) : lines.map((line) => h`<p>${line}</p>`);
  if (kind === 'summary') return h`<p><i>${lines.join(' ')}</i></p>`;
  return label ? h`<section><h2>${label}</h2>${said}</section>` : h`${said}`;
};

const wording = ({ kind, words, on, until }: NonNullable<Answer['current']>): Html =>
  h`<p><b>${t(`responses.kind.${kind}` as 'responses.kind.acogida')}</b> · ${dayInWords(on)}${until ? h` · ${t('responses.study', { day: dayInWords(until) })}` : null}</p>${paragraphs(words)}`;

/** What an office said to an article, and what it said before; or that it is silent. */
export const answered = (one: Answer): Html => h`<div class="card"><h3>${one.office}</h3>
<p>${t('responses.due', { day: dayInWords(one.dueOn) })}</p>
${one.overdue ? h`<p><b>${t('responses.silent', { n: one.daysLate })}</b></p>` : null}
${one.current ? wording(one.current) : one.overdue ? null : h`<p>${t('responses.waiting')}</p>`}
${one.earlier.map(wording)}</div>`;

type Behind = { number: number; path: string };
/** What is asked and said of an article while it is consulted. */
export type Voices = {
  amendments: readonly { id: string; title: string; page: string }[];
  comments: Html | null;
};

/** One article of one version: what it says, what stands behind it, what the bases and the State said. */
export function articlePage(
  tree: Tree,
  leaf: Leaf,
  behind: readonly Behind[],
  answers: readonly Answer[],
  { amendments, comments }: Voices,
): string {
  const all = tree.chapters.flatMap((chapter) => chapter.articles);
  const at = all.indexOf(leaf);
  const beside = (other: Leaf | undefined) =>
    other ? h`<a href="art-${other.number}.html">${other.heading}</a>` : null;
  return page({
    title: leaf.heading,
    depth: 2,
    body: [
      h`<p class="hint"><a href="index.html">${tree.kicker}</a></p>`,
      ...leaf.parts.filter(({ kind }) => kind !== 'concerns').map(part),
      h`<section><h2>${t('document.article.behind', { n: leaf.concerns })}</h2><p>${behind.map(({ number, path }) => h`<a href="../../${path}">${t('concerns.number', { n: number })}</a> `)}</p></section>`,
      answers.length > 0
        ? h`<section><h2>${t('responses.title')}</h2>${answers.map(answered)}</section>`
        : h``,
      amendments.length > 0
        ? h`<section><h2>${t('amendments.list')}</h2><ul>${amendments.map((one) => h`<li><a href="${one.page}#e-${one.id}">${one.title}</a></li>`)}</ul></section>`
        : h``,
      comments ? h`<p>${comments}</p>` : h``,
      h`<p class="hint">${t('document.article.seal')}: <code>${leaf.sha256}</code></p>`,
      h`<p>${beside(all[at - 1])} ${beside(all[at + 1])}</p>`,
    ],
  });
}

/** The contents of one version, with its seal and the forms in which it is data. */
export const versionPage = (tree: Tree, amendments: number): string =>
  page({
    title: tree.title,
    depth: 2,
    body: [
      h`<p class="hint">${tree.kicker}</p>`,
      ...tree.chapters.map(
        (chapter) =>
          h`<h2>${chapterHeading(chapter)}</h2>${chapter.note ? h`<p>${chapter.note}</p>` : h`<ul>${chapter.articles.map((leaf) => h`<li><a href="art-${leaf.number}.html">${leaf.heading}</a></li>`)}</ul>`}`,
      ),
      amendments > 0
        ? h`<p><a href="enmiendas-1.html">${t('amendments.list.n', { n: amendments })}</a></p>`
        : h``,
      h`<p><a href="cobertura.html">${t('document.coverage.table.groups')}</a></p>`,
      h`<p>${(['json', 'csv', 'xml'] as const).map((form) => h`<a href="../../${dataPath(tree.number, form)}">${t(`document.take.${form}`)}</a> `)}</p>`,
      h`<p class="hint">${t('document.seal')}: <code>${tree.sha256}</code></p>`,
    ],
  });

/** The first page: what the archive holds, and of which moment it is. */
export const homePage = (
  made: Date,
  versions: readonly VersionLine[],
  concerns: number,
  ballots: number,
): string =>
  page({
    title: t('document.archive.title'),
    depth: 0,
    body: [
      h`<p>${t('document.archive.lead', { day: dayOf(made) })}</p>`,
      h`<h2>${t('document.versions')}</h2>`,
      versions.length === 0 ? h`<p>${t('document.none')}</p>` : h``,
      h`<ul>${versions.map((one) => h`<li><a href="${versionPath(one.number)}">${t('document.versions.line', { n: one.number, title: one.title })}</a> <span class="hint">${dayOf(one.frozenAt)}</span></li>`)}</ul>`,
      h`<h2>${t('document.archive.rest')}</h2>`,
      h`<ul><li><a href="planteamientos/1.html">${t('document.archive.concerns.n', { n: concerns })}</a></li><li><a href="planteamientos/tablero.html">${t('document.archive.board')}</a></li><li><a href="votaciones/index.html">${t('document.archive.ballots.n', { n: ballots })}</a></li></ul>`,
      h`<h2>${t('document.archive.data')}</h2>`,
      h`<ul>${['versiones.json', 'clave.pem', 'planteamientos.json', 'tablero.json', 'enmiendas.json', 'comentarios.json', 'respuestas.json', 'votaciones.json'].map((file) => h`<li><a href="datos/${file}">datos/${file}</a></li>`)}</ul>`,
    ],
  });
