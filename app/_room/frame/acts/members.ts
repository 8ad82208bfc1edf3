import { button, h } from '~/app/_keyring/frame/dom';
import type { Hex } from '~/server/rooms/rules/orders';
import { chained, changeOfKey } from '../../proposals';
import { fingerprint } from '../../protocol/keys';
import { isSteward } from '../../protocol/roster';
import { type Member, stewardsAtLeast } from '../../protocol/state';
import { remindersOf } from '../../reminders';
import type { Ctx, RoomAct } from '../context';
import { daysOf, today } from './days';
import { choices, hint, lead, looksAfter, note, others, propose, sure } from './kit';

const remove = (ctx: Ctx, target: Hex, lapses: Hex[]) =>
  propose(ctx, () =>
    changeOfKey(ctx.session, chained(ctx.session, [{ kind: 'removed', target, lapses: lapses.sort() }])),
  );

/** Taking somebody out, for what she did: who had vouched for her may be named, and vouches for nobody more in this term. */
function takeOut(ctx: Ctx, { sign, name }: Member): void {
  const { say } = ctx;
  const rest = others(ctx).filter((one) => one.sign !== sign);
  const vouched = choices('checkbox', say('take_out.vouched'), [
    ...rest.map((one) => ({ value: one.sign, text: one.name })),
    { value: ctx.session.me, text: say('who.you') },
  ]);
  sure(
    ctx,
    say('take_out.title', { name }),
    [
      lead(say('take_out.lead', { name })),
      hint(say('take_out.two')),
      h(
        'details',
        {},
        h('summary', {}, say('take_out.more')),
        hint(say('take_out.vouched_why')),
        vouched.node,
      ),
    ],
    { text: say('take_out.yes'), tone: 'dan', act: () => remove(ctx, sign, vouched.chosen()) },
    () => list(ctx),
  );
}

/** She lost her words and her key with them: the old one goes, and she is vouched for again. */
export function lostKey(ctx: Ctx, { sign, name }: Member): void {
  const { say } = ctx;
  sure(
    ctx,
    say('lost.title', { name }),
    [lead(say('lost.lead', { name })), hint(say('lost.then')), hint(say('take_out.two'))],
    { text: say('lost.yes'), act: () => remove(ctx, sign, []) },
    () => list(ctx),
  );
}

function care(ctx: Ctx, { sign, name }: Member): void {
  const { say } = ctx;
  const is = isSteward(ctx.session.state!, sign);
  const kind = is ? 'released' : 'chosen';
  const act = () =>
    propose(ctx, () => changeOfKey(ctx.session, chained(ctx.session, [{ kind, target: sign }])));
  const few = is && ctx.session.state!.stewards.length <= stewardsAtLeast;
  if (few) {
    sure(ctx, say('care.released', { name }), [lead(say('care.few'))], {
      text: say('who'),
      act: () => list(ctx),
    });
    return;
  }
  sure(
    ctx,
    say(`care.${kind}`, { name }),
    [lead(say(`care.${kind}_lead`, { name })), hint(say('take_out.two'))],
    { text: say('care.yes'), act },
    () => list(ctx),
  );
}

function card(ctx: Ctx, member: Member): HTMLElement {
  const { say, session } = ctx;
  const { sign, name } = member;
  const mine = sign === session.me;
  const state = isSteward(session.state!, sign) ? say('who.steward') : say('who.member');
  const words = fingerprint(session.held.room, member);
  const may = looksAfter(ctx) && !mine;
  return h(
    'li',
    { class: 'card' },
    h('p', {}, h('b', {}, name), mine ? ` (${say('who.you')})` : null, ` · ${state}`),
    h(
      'details',
      {},
      h('summary', {}, say(mine ? 'who.my_words' : may ? 'who.more' : 'who.words')),
      hint(say(mine ? 'who.my_words_why' : 'who.words_why')),
      h('ol', { class: 'spell' }, ...words.map((word) => h('li', {}, word))),
      may ? button('sec', say('who.lost'), () => lostKey(ctx, member)) : null,
      looksAfter(ctx)
        ? button('sec', say(isSteward(session.state!, sign) ? 'who.release' : 'who.choose'), () =>
            care(ctx, member),
          )
        : null,
      may ? button('dan', say('who.take_out'), () => takeOut(ctx, member)) : null,
    ),
  );
}

/** Who is in the room, what she does in it, and the words by which her key is told from another. */
function list(ctx: Ctx): void {
  const { say, session } = ctx;
  const all = session.state!.members.slice().sort((a, b) => a.name.localeCompare(b.name));
  const few = remindersOf(session.state!, session.me, daysOf(ctx), today()).includes('few_stewards');
  ctx.show(
    say('who'),
    few ? note('warn', say('who.few')) : null,
    hint(say('who.lead')),
    h('ul', { class: 'plain' }, ...all.map((one) => card(ctx, one))),
    button('qui', say('back'), () => ctx.back()),
  );
}

export const membersAct: RoomAct = {
  name: 'who',
  place: 'often',
  offered: ({ session }) => session.state !== null,
  waits: (ctx) => (looksAfter(ctx) && ctx.session.state!.stewards.length === 2 ? ctx.say('who.few') : null),
  open: list,
};
