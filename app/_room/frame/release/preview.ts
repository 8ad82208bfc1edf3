import { areas } from '~/db/reference/areas';
import { barriers } from '~/db/reference/barriers';
import { departments } from '~/db/reference/places';
import { type Content, shownName } from '~/server/releases/rules';
import { tellingIn, type Warning } from '~/server/releases/rules/telling';
import type { Ctx } from '../context';
import { h, hint } from '../parts';

type Say = Ctx['say'];
const language = () => (document.documentElement.lang === 'en' ? 'en' : 'es');
export const areaTitle = (slug: string) => areas.find((one) => one.slug === slug)?.title[language()] ?? slug;
export const barrierTitle = (slug: string) =>
  barriers.find((one) => one.slug === slug)?.title[language()] ?? slug;
export const placeTitle = (code: string) => departments.find((one) => one.code === code)?.name ?? code;

/** A text with what could be known again marked in it. */
function marked(text: string, warnings: readonly Warning[]): HTMLElement {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const one of warnings) {
    parts.push(text.slice(at, one.at), h('mark', {}, one.words));
    at = one.at + one.length;
  }
  parts.push(text.slice(at));
  return h('p', { class: 'words-said' }, ...parts);
}

/** Its words, part by part: each is looked through on its own. */
const partsOf = (content: Content): { title: boolean; text: string }[] =>
  content.kind === 'concern'
    ? [{ title: false, text: content.words }]
    : [
        { title: true, text: content.title },
        { title: false, text: content.text },
        { title: false, text: content.why },
      ];

/** Exactly what outsiders will see, and nothing else; `mark` also shows what could be known again. */
export function preview(ctx: Ctx, content: Content, mark: boolean): HTMLElement {
  const { say } = ctx;
  const names = (ctx.session.state?.members ?? []).map(({ name }) => name);
  const line =
    content.kind === 'concern'
      ? [placeTitle(content.place), ...content.areas.map(areaTitle), barrierTitle(content.barrier)]
      : [areaTitle(content.area)];
  const show = (text: string) => (mark ? marked(text, tellingIn(text, names)) : marked(text, []));
  const [first, second, third] = partsOf(content);
  return h(
    'article',
    { class: 'said', 'aria-label': say('release.preview') },
    h('b', {}, say(`release.kind.${content.kind}`)),
    first!.title ? h('h3', {}, first!.text) : show(first!.text),
    second ? show(second.text) : null,
    third ? h('p', {}, h('b', {}, say('release.why_in'))) : null,
    third ? show(third.text) : null,
    hint([shownName(content), ...line].join(' · ')),
  );
}

/** What could be known again, each with why; never a reason to forbid it. */
export function warnings(ctx: Ctx, content: Content): HTMLElement | null {
  const names = (ctx.session.state?.members ?? []).map(({ name }) => name);
  const found = [...partsOf(content).map(({ text }) => text), content.name].flatMap((text) =>
    tellingIn(text, names),
  );
  const once = [...new Map(found.map((one) => [`${one.why} ${one.words}`, one])).values()];
  if (once.length === 0) return null;
  return h(
    'div',
    { class: 'note warn' },
    h('p', {}, ctx.say('release.warn')),
    h('ul', {}, ...once.map(({ words, why }) => h('li', {}, `«${words}»: ${reason(ctx.say, why)}`))),
  );
}
const reason = (say: Say, why: Warning['why']) => say(`release.warn.${why}`);
