import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { type Entry, roomBytes, sizeOf } from '~/app/_keyring/lock';
import { dayAfter, limaDay } from '~/server/day';
import { readAll, Writer } from '~/server/rooms/rules/bytes';
import { type Hex, readHex } from '~/server/rooms/rules/orders';
import { contentLengths } from '~/server/rooms/rules/sizes';
import { readToken, type Token, writeToken } from '~/server/rooms/rules/tokens';
import { releaseCloses, releaseOpens } from '~/server/tokens/rules';
import { entryKinds } from '../entry';
import { filledUp, shortened } from './filled';

// A text that was signed for lies in the keyring of one of the room, and goes out at a later opening: apart from the
// seconds in which a room is open (docs/decisions/118).

/** `token`: the text’s own. `day`: of its signatures. `from`: the minute before which it does not go. */
export type Laid = {
  room: Hex;
  salt: Uint8Array;
  bytes: Uint8Array;
  token: Token;
  day: string;
  from: number;
};

const [leastMinutes, mostMinutes] = [4 * 60, 8 * 60];
const minuteOf = (now: Date) => Math.floor(now.getTime() / 60_000);
/** Some hours from now, drawn: who knows when it was laid does not know when it goes. */
export const drawnFrom = (now: Date, random: () => number = Math.random): number =>
  minuteOf(now) + leastMinutes + Math.floor(random() * (mostMinutes - leastMinutes));

export const laidName = ({ token }: Pick<Laid, 'token'>): Hex => bytesToHex(token.nonce);

type When = Pick<Laid, 'day' | 'from'>;
/** So long it stays when it is too late by this phone's clock alone, which may be ahead by days. */
const lateDays = 28;

/** Whether it may go at this opening. Where the phone’s clock was put back, it waits no longer than it ever would. */
export function mayGo({ day, from }: When, now: Date): 'rests' | 'goes' | 'late' | 'over' {
  const today = limaDay(now);
  if (today > dayAfter(releaseCloses(day), lateDays)) return 'over';
  if (today > releaseCloses(day)) return 'late';
  const wait = from - minuteOf(now);
  return today >= releaseOpens(day) && (wait <= 0 || wait > mostMinutes) ? 'goes' : 'rests';
}

/**
 * Whether one that may go is tried at this opening. Nothing is written when it goes, so nobody remembers that it was tried:
 * on its first day it always is; on a later one only before the day's tokens have come, and by chance. Else a text that
 * the door refuses would keep her tokens, her erasing and her rooms from her at every opening, for two weeks.
 * @param filled whether today's tokens have come already
 */
export const isTried = ({ day, from }: When, now: Date, filled: boolean, chance: number): boolean => {
  const first = [releaseOpens(day), limaDay(new Date(from * 60_000))];
  return first.includes(limaDay(now)) || (!filled && chance < 0.5);
};

/** What is done first in a sitting, where the keyring has just been opened. */
export type Facts = { due: boolean; entered: boolean; pays: boolean };
/**
 * One text goes, or today’s tokens come, and never both: these write the keyring, with her name on it. Nor does a text go
 * in a sitting in which a room was opened first.
 */
export const firstOf = ({ due, entered, pays }: Facts): 'hand_out' | 'fill_up' =>
  due && !entered && pays ? 'hand_out' : 'fill_up';

/** As it stands in the keyring. */
export function laidEntry({ room, salt, bytes, token, day, from }: Laid): Entry {
  const writer = new Writer().fixed(hexToBytes(room), 16).fixed(salt, 32).text(day).u32(from);
  writeToken(writer, token);
  return { kind: entryKinds.laid, bytes: writer.bytes(shortened(bytes)).done() };
}

/** @returns null for an entry of another kind, or one that cannot be read */
export function readLaid({ kind, bytes: from }: Entry): Laid | null {
  if (kind !== entryKinds.laid) return null;
  try {
    return readAll(from, (reader) => {
      const [room, salt, day] = [readHex(reader, 16), reader.fixed(32), reader.text(10)];
      const [minute, token] = [reader.u32(), readToken(reader)];
      return { room, salt, day, from: minute, token, bytes: filledUp(reader.bytes(contentLengths[1])) };
    });
  } catch {
    return null;
  }
}

export const laidIn = (entries: readonly Entry[]): Laid[] =>
  entries.map(readLaid).filter((one) => one !== null);

/** Laid once more it takes the place of itself: a text lies once in a keyring. */
export const withLaid = (entries: readonly Entry[], laid: Laid): Entry[] => [
  ...withoutLaid(entries, new Set([laidName(laid)])),
  laidEntry(laid),
];
/** The same entries where nothing of it is there. */
export function withoutLaid(entries: readonly Entry[], gone: ReadonlySet<Hex>): Entry[] {
  return entries.filter((one) => {
    const laid = readLaid(one);
    return !laid || !gone.has(laidName(laid));
  });
}
// Beside it must find place what comes without being asked: the day's tokens, and what is to be erased of a room when she
// goes out of it, or she could only go without erasing.
const [entryAtMost, reserved] = [8000, 4096];
/** Whether it may lie there: a long article leaves a keyring no room for what else is in it, or comes into it. */
export function fitsInKeyring(laid: Laid, entries: readonly Entry[]): boolean {
  const all = withLaid(entries, laid);
  return all.at(-1)!.bytes.length <= entryAtMost && sizeOf(all) + reserved <= roomBytes;
}
/** What lies there for one room: it goes with the room, when she does. */
export const isLaidFor =
  (room: Hex) =>
  (entry: Entry): boolean =>
    readLaid(entry)?.room === room;
