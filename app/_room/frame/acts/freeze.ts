import type { Ctx, RoomAct } from '../context';
import { hint, lead, looksAfter, propose, sure, told } from './kit';

async function freeze(ctx: Ctx): Promise<void> {
  const { session } = ctx;
  const done = await ctx.busy(async () => {
    if (!(await session.catchUp()) || !session.state) return false;
    const { turn } = session.state;
    const given = await session.give(session.signed({ kind: 'frozen', by: session.me, turn: turn + 1 }));
    await session.catchUp();
    return given;
  });
  ctx.again();
  told(ctx, done, 'freeze.done', 'freeze.not');
}

/** One steward stops everything at once; two open it again. */
export const freezeAct: RoomAct = {
  name: 'freeze',
  place: 'seldom',
  offered: (ctx) => looksAfter(ctx) && !ctx.session.state!.frozen,
  open(ctx) {
    const { say } = ctx;
    sure(ctx, say('freeze'), [lead(say('freeze.lead')), hint(say('freeze.week'))], {
      text: say('freeze.yes'),
      tone: 'dan',
      act: () => freeze(ctx),
    });
  },
};

export const unfreezeAct: RoomAct = {
  name: 'unfreeze',
  place: 'often',
  offered: (ctx) => looksAfter(ctx) && ctx.session.state!.frozen,
  waits: (ctx) => (ctx.session.state?.frozen ? ctx.say('freeze.now') : null),
  open(ctx) {
    const { say, session } = ctx;
    const event = () => session.signed({ kind: 'unfrozen', turn: session.state!.turn + 1 });
    sure(ctx, say('unfreeze'), [lead(say('unfreeze.lead')), hint(say('take_out.two'))], {
      text: say('unfreeze.yes'),
      act: () => propose(ctx, () => ({ kind: 'event', event: event() })),
    });
  },
};
