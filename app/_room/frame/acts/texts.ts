import { button, h } from '~/app/_keyring/frame/dom';
import type { Draft } from '../../drafts';
import type { Session } from '../../session';
import { Texts, titleAtMost, titleOf } from '../../texts';
import type { Ctx, RoomAct } from '../context';
import { field } from '../parts';
import { hint, lead, note } from './kit';
import { openText } from './text';

const known = new WeakMap<Session, Texts>();
/** The texts of this room, read once in each sitting. */
export const textsOf = ({ session }: Ctx): Texts => {
  const texts = known.get(session) ?? new Texts(session);
  known.set(session, texts);
  return texts;
};

const open = (ctx: Ctx, draft: Draft) => openText(ctx, textsOf(ctx), draft, () => list(ctx));

function begin(ctx: Ctx): void {
  const { say } = ctx;
  const title = field({ name: 'title', label: say('texts.title'), most: titleAtMost });
  const go = async () => {
    const words = title.value();
    if (!words) return title.wrong(say('texts.no_title'));
    const made = await ctx.busy(() => textsOf(ctx).begin(words));
    if (made === 'away' || made === null) return title.wrong(say(made === null ? 'texts.not' : 'acts.away'));
    open(ctx, made);
  };
  // No form: the frame's sandbox lets none be sent.
  title.box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) void go();
  });
  ctx.show(
    say('texts.new'),
    title.box,
    button('pri', say('texts.begin'), go),
    button('qui', say('back'), () => list(ctx)),
  );
}

function list(ctx: Ctx): void {
  const { say } = ctx;
  const texts = textsOf(ctx);
  const rows = h('ul', { class: 'rows', 'aria-live': 'polite' });
  const told = h('div', {});
  const fill = () => {
    const all = texts.all();
    rows.replaceChildren(
      ...all.map((draft) =>
        h(
          'li',
          {},
          // Begun before her time: she has only its end, until another phone puts it in order under the present key.
          draft.whole && titleOf(draft)
            ? h(
                'button',
                { class: 'row', type: 'button', onclick: () => open(ctx, draft) },
                h('b', {}, titleOf(draft)),
              )
            : hint(say('texts.not_yet')),
        ),
      ),
    );
    if (all.length === 0) rows.replaceChildren(h('li', {}, say('texts.none')));
  };
  ctx.show(
    say('texts'),
    lead(say('texts.lead')),
    told,
    rows,
    ctx.session.state?.frozen ? null : button('pri', say('texts.new'), () => begin(ctx)),
    hint(say('texts.heading_hint')),
    button('qui', say('back'), () => ctx.back()),
  );
  ctx.listen(fill);
  fill();
  // Where another has asked for it, what was taken out goes for good now: a second phone was all that was missing.
  void texts
    .tidy()
    .then((done) => done && told.replaceChildren(note('ok', say('texts.tidied'))))
    .catch(() => {});
}

export const textsAct: RoomAct = {
  name: 'texts',
  place: 'often',
  offered: ({ session }) => session.state !== null,
  open: list,
};
