import { areas } from '~/db/reference/areas';
import { barriers } from '~/db/reference/barriers';
import { departments } from '~/db/reference/places';
import { type Content, type Field, isTaken, limits, problemsOf, tidy } from '~/server/releases/rules';
import type { Draft } from '../../drafts';
import { propose } from '../../release/acts';
import { titleOf } from '../../texts';
import { textsOf } from '../acts/texts';
import type { Ctx } from '../context';
import { type Asked, button, drawer, field, form, h, hint, lead, note } from '../parts';
import { publicList } from './outside';
import { areaTitle, barrierTitle, preview, warnings } from './preview';

type Kind = Content['kind'];
const bodyOf = ({ doc }: Draft): string => doc.getText('t').toString().trim();

type Back = (message?: HTMLElement | null) => void;

/** A list to choose one from; as a field, with its own mistake. */
function choice(
  name: string,
  label: string,
  none: string,
  all: { value: string; text: string }[],
  chosen: string,
): Asked {
  const select = h('select', { id: name, 'aria-describedby': `${name}-wrong` });
  select.append(
    h('option', { value: '' }, none),
    ...all.map(({ value, text }) => h('option', { value }, text)),
  );
  select.value = chosen;
  const wrong = h('p', { class: 'wrong', id: `${name}-wrong`, role: 'alert' });
  return {
    box: h('div', { class: 'field' }, h('label', { for: name }, label), wrong, select),
    value: () => select.value,
    wrong(sentence) {
      wrong.textContent = sentence;
      select.setAttribute('aria-invalid', 'true');
      select.focus();
    },
    clear() {
      wrong.textContent = '';
      select.removeAttribute('aria-invalid');
    },
  };
}

/** What it is to become: a concern, or an article. */
export function chooseKind(ctx: Ctx, back: Back): void {
  const { say } = ctx;
  ctx.show(
    say('release.new'),
    lead(say('release.new.lead')),
    note(say('release.care'), 'warn'),
    button('pri', say('release.kind.concern'), () => write(ctx, 'concern', back)),
    hint(say('release.kind.concern.hint')),
    button('pri', say('release.kind.article'), () => write(ctx, 'article', back)),
    hint(say('release.kind.article.hint')),
    button('qui', say('back'), () => back()),
  );
}

/** The form; what was typed stays while she looks at how it will be seen. */
export function write(ctx: Ctx, kind: Kind, back: Back, before: Partial<Record<string, string>> = {}): void {
  const { say } = ctx;
  const text = (name: Field & keyof typeof limits, long: boolean) =>
    field({
      name,
      label: say(`release.field.${name}`),
      hint: say(`release.field.${name}.hint`),
      most: limits[name][1],
      long,
      value: before[name] ?? '',
    });
  const area = choice(
    'area',
    say('release.field.area'),
    say('release.choose'),
    areas.map(({ slug }) => ({ value: slug, text: areaTitle(slug) })),
    before.area ?? '',
  );
  const place = choice(
    'place',
    say('release.field.place'),
    say('release.choose'),
    departments.map(({ code, name }) => ({ value: code, text: name })),
    before.place ?? '',
  );
  const barrier = choice(
    'barrier',
    say('release.field.barrier'),
    say('release.choose'),
    barriers.map(({ slug }) => ({ value: slug, text: barrierTitle(slug) })),
    before.barrier ?? '',
  );
  const name = text('name', false);
  const asked: Partial<Record<Field, Asked>> =
    kind === 'concern'
      ? { words: text('words', true), area, place, barrier, name }
      : { title: text('title', false), text: text('text', true), why: text('why', true), area, name };
  const women = h('input', { type: 'checkbox', id: 'womens' });
  women.checked = before.womens === 'on';
  const typed = () => ({
    ...Object.fromEntries(Object.entries(asked).map(([one, { value }]) => [one, value()])),
    womens: women.checked ? 'on' : '',
  });
  const contentOf = (given: Partial<Record<string, string>>): Content => {
    const named = { name: given.name ?? '', womens: women.checked };
    return kind === 'concern'
      ? {
          kind,
          ...named,
          words: given.words ?? '',
          areas: given.area ? [given.area] : [],
          place: given.place ?? '',
          barrier: given.barrier ?? '',
        }
      : {
          kind,
          ...named,
          area: given.area ?? '',
          title: given.title ?? '',
          text: given.text ?? '',
          why: given.why ?? '',
        };
  };
  const main = kind === 'concern' ? 'words' : 'text';
  // What the room has written together is taken as it stands today; from here on it is a text of its own.
  const written = textsOf(ctx)
    .all()
    .filter((draft) => bodyOf(draft) !== '')
    .map((draft) =>
      button('sec', titleOf(draft), () =>
        write(ctx, kind, back, { ...typed(), [main]: bodyOf(draft).slice(0, limits[main][1]) }),
      ),
    );
  const look = async () => {
    const given = typed();
    const content = tidy(contentOf(given));
    for (const one of Object.values(asked)) unmark(one);
    const problems = problemsOf(content).map(({ field: at, why }) => ({
      at: at === 'areas' ? 'area' : at,
      why,
    }));
    // Each at its field, the first one last, so that the cursor ends there.
    for (const [at, { wrong }] of Object.entries(asked).reverse()) {
      const why = problems.find((one) => one.at === at)?.why;
      if (why) wrong(say(`release.wrong.${why}`));
    }
    if (problems.length > 0) return;
    const list = await ctx.busy(publicList);
    // Without network it is looked at again before it appears.
    if (list !== 'away' && isTaken(content.name, list.bases)) return name.wrong(say('release.wrong.taken'));
    check(ctx, content, () => write(ctx, kind, back, given), back);
  };
  ctx.show(
    say(`release.kind.${kind}`),
    written.length > 0 ? drawer(say('release.from_texts'), ...written) : null,
    form(
      say('release.see'),
      look,
      ...Object.values(asked).map(({ box }) => box),
      h('label', { class: 'choice', for: 'womens' }, women, h('span', {}, say('release.womens'))),
    ),
    button('qui', say('back'), () => back()),
  );
}
/** Its mistake is gone, what was typed is not. */
function unmark({ box }: Asked): void {
  const wrong = box.querySelector('.wrong');
  if (wrong) wrong.textContent = '';
  for (const one of box.querySelectorAll('[aria-invalid]')) one.removeAttribute('aria-invalid');
}

/** As outsiders will see it, with what could be known again; then it is laid before the others, frozen. */
function check(ctx: Ctx, content: Content, again: () => void, back: Back): void {
  const { say } = ctx;
  const go = async () => {
    const done = await ctx.busy(async () => {
      const outcome = await propose(ctx.session, content);
      await ctx.session.catchUp();
      return outcome;
    });
    back(
      done === 'done'
        ? note(say('release.proposed'), 'ok')
        : note(say(done === 'away' ? 'away' : 'release.not_kept'), 'bad'),
    );
  };
  ctx.show(
    say('release.preview'),
    lead(say('release.preview.lead')),
    preview(ctx, content, true),
    warnings(ctx, content) ?? note(say('release.warn.none'), 'ok'),
    hint(say('release.frozen')),
    button('pri', say('release.propose'), go),
    button('sec', say('release.correct'), again),
  );
}
