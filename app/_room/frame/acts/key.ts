import { changeOfKey } from '../../proposals';
import { type Reminder, remindersOf } from '../../reminders';
import type { Ctx, RoomAct } from '../context';
import { daysOf, today } from './days';
import { hint, lead, looksAfter, proposalsOf, propose, sure } from './kit';

const due = (ctx: Ctx): Reminder | undefined =>
  remindersOf(ctx.session.state!, ctx.session.me, daysOf(ctx), today()).find(
    (one) => one === 'change_key' || one === 'renew_key',
  );

/** A new key for the room: after somebody went or comes, and in good time before the old one's days are over. */
export const keyAct: RoomAct = {
  name: 'key',
  place: 'seldom',
  offered: looksAfter,
  waits(ctx) {
    const { state } = ctx.session;
    if (!state || !looksAfter(ctx)) return null;
    // Where one has proposed it already, her proposal is what waits.
    if (
      proposalsOf(ctx)
        .waiting()
        .some(({ proposal }) => proposal.kind === 'rotation')
    )
      return null;
    const why = due(ctx);
    if (!why) return null;
    return ctx.say(why === 'renew_key' ? 'key.renew' : state.dirty ? 'key.dirty' : 'key.comes');
  },
  open(ctx) {
    const { say } = ctx;
    sure(ctx, say('key'), [lead(say('key.lead')), hint(say('take_out.two'))], {
      text: say('key.yes'),
      act: () => propose(ctx, () => changeOfKey(ctx.session, [])),
    });
  },
};
