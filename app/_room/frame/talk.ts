import { button, h } from '~/app/_keyring/frame/dom';
import { roomActs } from './acts';
import type { Ctx, Said } from './context';
import { composers, messageKinds } from './messages';

const shownAtOnce = 40;

function bubble(ctx: Ctx, said: Said): Node | null {
  const kind = messageKinds.find(({ type }) => type === said.type);
  const inside = kind ? kind.render(ctx, said) : null;
  return (
    inside && h('li', { class: said.mine ? 'said mine' : 'said' }, h('b', {}, ctx.name(said.by)), inside)
  );
}

/** The room's first screen: what waits for her, what is said, and what can be done. */
export function roomScreen(ctx: Ctx, message: HTMLElement | null = null): void {
  const list = h('ol', { class: 'talk', 'aria-live': 'polite' });
  const look = () => {
    const all = ctx.said().map((said) => bubble(ctx, said));
    list.replaceChildren(
      ...all
        .filter((one): one is Node => one !== null)
        .slice(-shownAtOnce)
        .reverse(),
    );
  };
  const offered = roomActs.filter((act) => act.offered(ctx));
  ctx.show(
    ctx.title() || ctx.say('unnamed'),
    message,
    list,
    ...composers
      .filter((one) => one.offered(ctx))
      .map((one) => button('sec', ctx.say(one.name), () => one.open(ctx))),
    ...offered.map((act) => button('sec', ctx.say(act.name), () => act.open(ctx))),
    button('qui', ctx.say('out'), () => ctx.leave()),
  );
  ctx.listen(look);
  look();
}
