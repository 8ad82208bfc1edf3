import { h } from '~/app/_keyring/frame/dom';
import { entryKinds } from '../../entry';
import { leave, saidBy } from '../../leaving';
import { awayOf } from '../../reminders';
import type { Ctx, RoomAct } from '../context';
import { daysBefore, readDays, today } from './days';
import { erasingEntry, goOnErasing } from './erasing';
import { hint, lead, looksAfter, note, sure } from './kit';

/**
 * Out of the room: first the room is told, so that it changes its key; then her own key goes out of the keyring. Broken
 * off between the two she is out already, and opening the room once more finishes it.
 */
async function go(ctx: Ctx, erase: boolean): Promise<void> {
  const { session, host, say } = ctx;
  const { room } = session.held;
  const erasing = saidBy(session);
  const done = await ctx.busy(async () => {
    // A frozen room can be told nothing by a member; her key goes all the same.
    const knows = await leave(session);
    if (!knows && !session.state?.frozen && ctx.line() !== 'closed') return false;
    await host.keep((entries) => [
      ...entries.filter(({ kind, bytes }) => kind !== entryKinds.days || readDays(bytes).room !== room),
      ...(erase && erasing.said.length > 0 ? [erasingEntry(erasing)] : []),
    ]);
    await ctx.drop();
    return true;
  });
  if (done !== true) return ctx.back(note('bad', say('leave.not')));
  host.home(note('ok', say(erase && erasing.said.length > 0 ? 'leave.done_erasing' : 'leave.done')));
  if (erase) goOnErasing(host);
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
  offered: ({ session }) => session.state !== null,
  open: (ctx) => ask(ctx, 'lock_out'),
};
