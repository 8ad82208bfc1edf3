import { button } from '~/app/_keyring/frame/dom';
import type { Settings } from '../../protocol/state';
import { remindersOf } from '../../reminders';
import type { Ctx, RoomAct } from '../context';
import { daysOf, today } from './days';
import { choices, hint, lead, looksAfter, note, propose } from './kit';

const offered = [7, 30, 60, 90];

const settle = (ctx: Ctx, change: Partial<Settings>) =>
  propose(ctx, () => ({
    kind: 'event',
    event: ctx.session.signed({
      kind: 'settled',
      settings: { ...ctx.session.state!.settings, ...change },
    }),
  }));

const isDue = (ctx: Ctx) =>
  remindersOf(ctx.session.state!, ctx.session.me, daysOf(ctx), today()).includes('new_term');

/** For how long what is said stays, and the stewards' term. */
export const settingsAct: RoomAct = {
  name: 'settings',
  place: 'seldom',
  offered: looksAfter,
  waits: (ctx) => (ctx.session.state && isDue(ctx) ? ctx.say('term.due') : null),
  open(ctx) {
    const { say, session } = ctx;
    const { retentionDays, term } = session.state!.settings;
    const all = [...new Set([...offered, retentionDays])].sort((a, b) => a - b);
    const days = choices(
      'radio',
      say('settings.days'),
      all.map((value) => ({ value, text: say('settings.so_many', { days: value }) })),
      [retentionDays],
    );
    const done = async () => {
      const [chosen = retentionDays] = days.chosen();
      if (chosen === retentionDays) return ctx.back(note('info', say('settings.same')));
      await settle(ctx, { retentionDays: chosen });
    };
    ctx.show(
      say('settings'),
      lead(say('settings.lead')),
      days.node,
      button('pri', say('settings.yes'), done),
      hint(say('term.lead')),
      button('sec', say('term.yes'), () => settle(ctx, { term: term + 1 })),
      hint(say('take_out.two')),
      button('qui', say('back'), () => ctx.back()),
    );
  },
};
