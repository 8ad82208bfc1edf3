import { hexToBytes } from '@noble/hashes/utils.js';
import { daysBetween, limaDay } from '~/server/day';
import { type Reader, readAll, Writer } from '~/server/rooms/rules/bytes';
import { type Hex, readHex } from '~/server/rooms/rules/orders';
import { entryKinds } from '../../entry';
import { readFounding } from '../../kept';
import { type Days, daysSeen } from '../../reminders';
import type { Session } from '../../session';
import type { Ctx } from '../context';

export const today = (): string => limaDay(new Date());
const dayAtMost = 10;

export function writeDays(room: Hex, days: Days): Uint8Array {
  const writer = new Writer().fixed(hexToBytes(room), 16).u32(days.epoch).u32(days.term);
  for (const day of [days.keySince, days.termSince, days.used, days.followSince]) writer.text(day);
  return writer.done();
}
/** @throws Malformed */
export const readDays = (bytes: Uint8Array): { room: Hex; days: Days } =>
  readAll(bytes, (reader: Reader) => {
    const room = readHex(reader, 16);
    const [epoch, term] = [reader.u32(), reader.u32()];
    const day = () => reader.text(dayAtMost);
    return {
      room,
      days: { epoch, term, keySince: day(), termSince: day(), used: day(), followSince: day() },
    };
  });

const sittings = new WeakMap<Session, { before: Days | null; now: Days }>();

function known(ctx: Ctx): Days | null {
  for (const { kind, bytes } of ctx.host.entries()) {
    if (kind !== entryKinds.days) continue;
    const { room, days } = readDays(bytes);
    if (room === ctx.session.held.room) return days;
  }
  return null;
}

const usedAtLeast = 14;
/** Every writing of a keyring can be seen by who compares two copies of the same day: so it is written seldom. */
function isNews(was: Days | null, now: Days): boolean {
  if (!was || daysBetween(was.used, now.used) >= usedAtLeast) return true;
  return JSON.stringify({ ...was, used: '' }) !== JSON.stringify({ ...now, used: '' });
}

/** In the sitting of its founding nothing is written beside it: the days begin when she comes another time. */
const isJustFounded = ({ host, session }: Ctx): boolean =>
  host
    .entries()
    .some(
      ({ kind, bytes }) =>
        kind === entryKinds.founding && readFounding(bytes).drawn?.room === session.held.room,
    );

/** The days of this room as this phone knows them, with today's visit. */
export function daysOf(ctx: Ctx): Days {
  const { session, host } = ctx;
  const before = sittings.get(session)?.before ?? known(ctx);
  const now = daysSeen(sittings.get(session)?.now ?? before, session.state!, today());
  const was = sittings.get(session)?.now ?? before;
  sittings.set(session, { before, now });
  const { room } = session.held;
  if (isNews(was, now) && !isJustFounded(ctx)) {
    const entry = { kind: entryKinds.days, bytes: writeDays(room, now) };
    const isOther = (one: { kind: number; bytes: Uint8Array }) =>
      one.kind !== entryKinds.days || readDays(one.bytes).room !== room;
    // Where it could not be written today, the reminder comes some days later: nothing else hangs on it.
    void host.keep((entries) => [...entries.filter(isOther), entry]).catch(() => {});
  }
  return now;
}
/** What was known before this sitting began: whether she had been away. */
export const daysBefore = (ctx: Ctx): Days | null => {
  daysOf(ctx);
  return sittings.get(ctx.session)?.before ?? null;
};
