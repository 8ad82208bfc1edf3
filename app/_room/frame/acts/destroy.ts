import { destruction } from '../../proposals';
import type { RoomAct } from '../context';
import { sureByDrawing } from './drawing';
import { hint, looksAfter, note, propose } from './kit';

/** The end of a room: two stewards, each of whom confirms it twice. */
export const destroyAct: RoomAct = {
  name: 'destroy',
  place: 'seldom',
  grave: true,
  offered: looksAfter,
  open(ctx) {
    const { say } = ctx;
    sureByDrawing(
      ctx,
      say('destroy'),
      [note('warn', say('destroy.lead')), hint(say('destroy.copies')), hint(say('take_out.two'))],
      () => propose(ctx, () => destruction(ctx.session)),
    );
  },
};
