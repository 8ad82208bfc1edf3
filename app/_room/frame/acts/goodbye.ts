import { h } from '~/app/_keyring/frame/dom';
import { entryKinds } from '../../entry';
import { saidBy } from '../../leaving';
import { awayOf } from '../../reminders';
import type { Ctx, RoomAct } from '../context';
import { daysBefore, today } from './days';
import { goOut } from './going';
import { hint, lead, looksAfter, note, sure } from './kit';

/** Out of the room (going.ts). Broken off anywhere, opening the room once more finishes it. */
async function go(ctx: Ctx, erase: boolean): Promise<void> {
  const { session, host, say } = ctx;
  const said = saidBy(session);
  // Where there is nothing to ask her for, what she asked for before holds.
  const erasing = said.said.length === 0 ? null : erase ? said : { ...said, said: [] };
  let noted = false;
  const keyring: Pick<typeof host, 'keep'> = {
    keep: async (change) => {
      await host.keep(change);
      noted = true;
    },
  };
  const work = async () => {
    if (!(await goOut(keyring, session, erasing, () => ctx.line() === 'closed'))) return false;
    await ctx.drop();
    return true;
  };
  const done = await ctx.busy(work).catch(() => null);
  if (done !== true) {
    // The room knows already where only the last writing failed: opened once more, it is finished.
    const half = done === null && (noted || !erase || !erasing);
    if (half) host.home(note('bad', say('leave.half')));
    else ctx.back(note('bad', say(done === null ? 'leave.unwritten' : 'leave.not')));
    return;
  }
  const goesOn = host.entries().some(({ kind }) => kind === entryKinds.erasing);
  host.home(note('ok', say(erase && goesOn ? 'leave.done_erasing' : 'leave.done')));
  host.erase();
}

function ask(ctx: Ctx, what: 'leave' | 'lock_out'): void {
  const { say, session } = ctx;
  const count = saidBy(session).said.length;
  const box = h('input', { type: 'checkbox' });
  const erase = h('label', { class: 'choice' }, box, h('span', {}, say('leave.erase', { count })));
  sure(
    ctx,
    say(what),
    [
      lead(say(`${what}.lead`)),
      what === 'leave' ? hint(say('leave.only_close')) : null,
      what === 'leave' && looksAfter(ctx) ? note('warn', say('leave.steward')) : null,
      count > 0 ? erase : null,
      count > 0 ? hint(say('leave.erase_why')) : null,
      hint(say('leave.back')),
    ],
    { text: say(`${what}.yes`), tone: 'dan', act: () => go(ctx, box.checked) },
  );
}

export const leaveAct: RoomAct = {
  name: 'leave',
  place: 'seldom',
  grave: true,
  offered: ({ session }) => session.state !== null,
  waits(ctx) {
    // Her own phone reminds her; the forum knows nothing of it.
    const before = ctx.session.state && daysBefore(ctx);
    const away = before && awayOf(before, today());
    return away ? ctx.say(`away.${away}`) : null;
  },
  open: (ctx) => ask(ctx, 'leave'),
};
/** The same in a hurry: somebody has her phone, or makes her show it. */
export const lockOutAct: RoomAct = {
  name: 'lock_out',
  place: 'seldom',
  grave: true,
  offered: ({ session }) => session.state !== null,
  open: (ctx) => ask(ctx, 'lock_out'),
};
