import { button, h } from '~/app/_keyring/frame/dom';
import type { RoomAct } from '../context';
import { hint, lead, looksAfter, others } from './kit';
import { lostKey } from './members';

/** When a woman has lost her words: what she and the others do, one step after another. */
export const recoverAct: RoomAct = {
  name: 'recover',
  place: 'seldom',
  offered: ({ session }) => session.state !== null,
  open(ctx) {
    const { say } = ctx;
    const steps = ['recover.1', 'recover.2', 'recover.3', 'recover.4'].map((key) =>
      h('li', {}, h('p', {}, say(key))),
    );
    ctx.show(
      say('recover'),
      lead(say('recover.lead')),
      h('ol', {}, ...steps),
      ...(looksAfter(ctx)
        ? [
            hint(say('recover.who')),
            ...others(ctx).map((one) => button('sec', one.name, () => lostKey(ctx, one))),
          ]
        : [hint(say('recover.ask'))]),
      button('qui', say('back'), () => ctx.back()),
    );
  },
};
