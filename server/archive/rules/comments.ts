import { dayInWords, type Html, h, page, paragraphs, t } from './html';
import type { Comment, Comments } from './reader';

const file = (article: number) => `art-${article}-comentarios.html`;
/** Where the comments on an article of a version stand. */
export const commentsPath = (version: number, article: number) => `documento/v${version}/${file(article)}`;

/** Whether anybody has said anything: only then is there a page. */
export const spoken = (all: Comments): boolean => all.for.length + all.against.length + all.state.length > 0;

/** The way from an article to what is said of it. */
export const commentsLink = (article: number, { tally }: Comments): Html =>
  h`<a href="${file(article)}">${t('comments.title')}: ${t('comments.counts', { for: tally.for, against: tally.against })}</a>`;

const said = (one: Comment): Html => {
  const day = dayInWords(one.day);
  return h`<article><p class="hint"><b>${one.office ?? one.base ?? t('comments.nobody')}</b> · ${one.edited ? t('comments.day.edited', { day }) : day}</p>
${one.words === null ? h`<p><b>${t('comments.hidden')}</b> ${one.hiddenReason}</p>` : paragraphs(one.words)}</article>
`;
};

const column = (title: string, all: readonly Comment[], none: string): Html =>
  h`<section><h2>${title}</h2>${all.length === 0 ? h`<p>${none}</p>` : all.map(said)}</section>`;

/** For and against on one article; the State apart. Of hidden words only that they are hidden, and why. */
export const commentsPage = (article: { number: number; heading: string }, all: Comments): string =>
  page({
    title: t('comments.title'),
    depth: 2,
    body: [
      h`<p class="hint"><a href="art-${article.number}.html">${article.heading}</a></p>`,
      column(t('comments.for.n', { n: all.tally.for }), all.for, t('comments.none.for')),
      column(t('comments.against.n', { n: all.tally.against }), all.against, t('comments.none.against')),
      all.state.length > 0
        ? h`<section><h2>${t('comments.state')}</h2><p class="hint">${t('comments.state.line')}</p>${all.state.map(said)}</section>`
        : h``,
    ],
  });

/** What leaves of a comment as data: each thing by its name, so that nothing new leaves by itself. */
export const commentData = ({ words, base, office, day, edited, hiddenReason }: Comment) => ({
  words,
  base,
  office,
  day,
  edited,
  hiddenReason,
});
