import { button, h } from '~/app/_keyring/frame/dom';
import { dayAfter } from '~/server/day';
import { changeOfKey } from '../../proposals';
import { remindersOf } from '../../reminders';
import type { Asked } from '../../succession';
import type { Ctx, RoomAct } from '../context';
import { inWords } from '../day';
import { daysOf, today } from './days';
import { choices, hint, lead, names, propose, successionsOf, told } from './kit';

async function join(ctx: Ctx, asked: Asked): Promise<void> {
  const all = successionsOf(ctx);
  const done = await ctx.busy(async () => {
    if (!(await all.join(asked))) return false;
    await ctx.session.catchUp();
    const now = all.standing().find(({ hash }) => hash === asked.hash);
    // Whoever is the last of two thirds brings it to the forum.
    if (now && now.signers.length >= all.needed) await all.carry(now);
    await ctx.session.catchUp();
    return true;
  });
  told(ctx, done, 'follow.joined', 'acts.not_possible');
}

function card(ctx: Ctx, asked: Asked): HTMLElement {
  const { say, session } = ctx;
  const all = successionsOf(ctx);
  const mine = asked.signers.includes(session.me);
  const counts = { count: asked.signers.length, needed: all.needed };
  const carry = async () =>
    told(ctx, await ctx.busy(() => all.carry(asked)), 'follow.carried', 'acts.gone_on');
  return h(
    'li',
    { class: 'card' },
    h('p', {}, say('follow.asks', { by: ctx.name(asked.by), names: names(ctx, asked.stewards) })),
    hint(say('follow.signed', counts)),
    mine
      ? asked.signers.length >= all.needed
        ? button('pri', say('follow.carry'), carry)
        : hint(say('follow.yours'))
      : button('pri', say('sign.yes'), () => join(ctx, asked)),
  );
}

function pending(ctx: Ctx): HTMLElement | null {
  const { say, session } = ctx;
  const { successors } = session.state!;
  if (successors.length === 0) return null;
  const since = daysOf(ctx).followSince || today();
  const ripe = today() >= dayAfter(since, 7);
  const takeOver = () => propose(ctx, () => changeOfKey(session, [], successors));
  return h(
    'div',
    { class: 'card' },
    h('p', {}, say('follow.coming', { names: names(ctx, successors) })),
    hint(ripe ? say('follow.ripe') : say('follow.day', { day: inWords(dayAfter(since, 7)) })),
    ripe && successors.includes(session.me) ? button('pri', say('follow.take'), takeOver) : null,
  );
}

function open(ctx: Ctx): void {
  const { say, session } = ctx;
  const all = session.state!.members.slice().sort((a, b) => a.name.localeCompare(b.name));
  const members = all.map(({ sign, name }) => ({ value: sign, text: name }));
  const chosen = choices('checkbox', say('follow.who'), members);
  const list = h('ul', { class: 'plain' });
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const ask = async () => {
    const stewards = chosen.chosen();
    if (stewards.length < 3) {
      wrong.textContent = say('follow.three');
      chosen.node.querySelector('input')?.focus();
      return;
    }
    const done = await ctx.busy(async () => {
      if (!(await session.catchUp())) return false;
      const kept = await successionsOf(ctx).ask(stewards);
      await session.catchUp();
      return kept;
    });
    told(ctx, done, 'follow.asked', 'acts.not_possible');
  };
  const fill = () =>
    list.replaceChildren(
      ...successionsOf(ctx)
        .standing()
        .map((one) => card(ctx, one)),
    );
  ctx.show(
    say('follow'),
    lead(say('follow.lead')),
    pending(ctx),
    list,
    h(
      'details',
      {},
      h('summary', {}, say('follow.new')),
      hint(say('follow.how', { needed: successionsOf(ctx).needed })),
      wrong,
      chosen.node,
      button('sec', say('follow.yes'), ask),
    ),
    button('qui', say('back'), () => ctx.back()),
  );
  ctx.listen(fill);
  fill();
}

/** Others look after the room, where its stewards are lost or do what it does not want. */
export const followAct: RoomAct = {
  name: 'follow',
  place: 'seldom',
  offered: ({ session }) => session.state !== null && !session.state.frozen,
  waits(ctx) {
    const { session, say } = ctx;
    if (!session.state) return null;
    const [asked] = successionsOf(ctx)
      .standing()
      .filter(({ signers }) => !signers.includes(session.me));
    if (asked) return say('follow.asks', { by: ctx.name(asked.by), names: names(ctx, asked.stewards) });
    const all = remindersOf(session.state, session.me, daysOf(ctx), today());
    if (all.includes('follow') || all.includes('follow_soon'))
      return say('follow.coming', { names: names(ctx, session.state.successors) });
    return all.includes('no_stewards') ? say('follow.needed') : null;
  },
  open,
};
