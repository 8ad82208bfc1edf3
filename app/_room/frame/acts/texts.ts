import { button, h } from '~/app/_keyring/frame/dom';
import type { Draft } from '../../drafts';
import type { Session } from '../../session';
import { Texts, titleAtMost, titleOf } from '../../texts';
import type { Ctx, RoomAct } from '../context';
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
  const field = h('input', { id: 'title', type: 'text', maxlength: titleAtMost, autocomplete: 'off' });
  const wrong = h('p', { class: 'hint', role: 'alert', id: 'title-wrong' });
  field.setAttribute('aria-describedby', 'title-wrong');
  const go = async () => {
    const title = field.value.trim();
    if (!title) {
      wrong.textContent = say('texts.no_title');
      return field.focus();
    }
    const made = await ctx.busy(() => textsOf(ctx).begin(title));
    if (made === 'away' || made === null) {
      wrong.textContent = say(made === null ? 'texts.not' : 'acts.away');
      return field.focus();
    }
    open(ctx, made);
  };
  const form = h(
    'form',
    { class: 'stack' },
    h('label', { for: 'title' }, say('texts.title')),
    field,
    wrong,
    h('button', { class: 'btn pri', type: 'submit' }, say('texts.begin')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void go();
  });
  ctx.show(
    say('texts.new'),
    form,
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
          h(
            'button',
            { class: 'row', type: 'button', onclick: () => open(ctx, draft) },
            h('b', {}, titleOf(draft)),
          ),
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
