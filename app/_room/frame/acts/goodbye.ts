import { h } from '~/app/_keyring/frame/dom';
import type { Entry } from '~/app/_keyring/lock';
import type { Hex } from '~/server/rooms/rules/orders';
import { entryKinds } from '../../entry';
import { readRoom } from '../../kept';
import { leave, saidBy } from '../../leaving';
import { awayOf } from '../../reminders';
import type { Ctx, RoomAct } from '../context';
import { daysBefore, readDays, today } from './days';
import { erasingEntries, goOnErasing } from './erasing';
import { hint, lead, looksAfter, note, sure } from './kit';

const isOf = (room: Hex, { kind, bytes }: Entry): boolean =>
  (kind === entryKinds.days && readDays(bytes).room === room) ||
  (kind === entryKinds.room && readRoom(bytes).held.room === room);

/**
 * Out of the room: first the room is told, so that it changes its key; then her own key goes out of the keyring. Broken
 * off between the two she is out already, and opening the room once more finishes it.
 */
async function go(ctx: Ctx, erase: boolean): Promise<void> {
  const { session, host, say } = ctx;
  const { room } = session.held;
  const erasing = saidBy(session);
  const work = async () => {
    // A frozen room can be told nothing by a member; her key goes all the same.
    const knows = await leave(session);
    if (!knows && !session.state?.frozen && ctx.line() !== 'closed') return false;
    await host.keep((entries) => [
      ...entries.filter((one) => !isOf(room, one)),
      ...(erase && erasing.said.length > 0 ? erasingEntries(erasing) : []),
    ]);
    await ctx.drop();
    return true;
  };
  // The room knows already, and only the keyring could not be written: opened once more, it is finished.
  const done = await ctx.busy(work).catch(() => null);
  if (done !== true) {
    if (done === false || done === 'away') ctx.back(note('bad', say('leave.not')));
    else host.home(note('bad', say('leave.half')));
    return;
  }
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
