import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Entry } from '~/app/_keyring/lock';
import { Malformed, readAll, Writer } from '~/server/rooms/rules/bytes';
import type { Hex } from '~/server/rooms/rules/orders';
import { entryKinds, opens } from './entry';
import { eraseToken } from './protocol/keys';

const linesAtMost = 250;
const countersAtMost = 250;

/** One thing she said: the sitting in which she did, and its number there. */
export type Line = { session: Uint8Array; counter: number };
/** What of hers is to be erased; it opens nothing, it says nothing, and each part erases one thing she said. */
export type Erasing = { seed: Uint8Array; said: Line[] };

/** In parts that each fit into one entry: nothing of it is left out. */
export function partsOf({ seed, said }: Erasing): Erasing[] {
  type Part = { said: Erasing['said']; lines: Map<string, number> };
  const parts: Part[] = [];
  for (const one of said) {
    const key = one.session.join();
    const fits = ({ lines }: Part) =>
      lines.has(key) ? lines.get(key)! < countersAtMost : lines.size < linesAtMost;
    const part: Part = parts.find(fits) ?? { said: [], lines: new Map() };
    if (part.said.length === 0) parts.push(part);
    part.said.push(one);
    part.lines.set(key, (part.lines.get(key) ?? 0) + 1);
  }
  return parts.map((part) => ({ seed, said: part.said }));
}

/** As one part of it is kept in her keyring until it is done. */
export function writeErasing({ seed, said }: Erasing): Uint8Array {
  const lines = new Map<string, { session: Uint8Array; counters: number[] }>();
  for (const { session, counter } of said) {
    const key = session.join();
    const line = lines.get(key) ?? { session, counters: [] };
    line.counters.push(counter);
    lines.set(key, line);
  }
  const writer = new Writer().fixed(seed, 32);
  return writer
    .list([...lines.values()], ({ session, counters }) => {
      writer.fixed(session, 8).list(counters, (counter) => writer.u32(counter));
    })
    .done();
}
/** @throws Malformed */
export const readErasing = (bytes: Uint8Array): Erasing =>
  readAll(bytes, (reader) => {
    const seed = reader.fixed(32);
    const lines = reader.list(linesAtMost, () => {
      const session = reader.fixed(8);
      return reader.list(countersAtMost, () => ({ session, counter: reader.u32() }));
    });
    return { seed, said: lines.flat() };
  });

export const erasingEntries = (erasing: Erasing): Entry[] =>
  partsOf(erasing).map((part) => ({ kind: entryKinds.erasing, bytes: writeErasing(part) }));

const isErasing = ({ kind }: Entry) => kind === entryKinds.erasing;
function readOrNull({ bytes }: Entry): Erasing | null {
  try {
    return readErasing(bytes);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return null;
  }
}

/** One thing that is to be erased: what asks for it at the server, which names it here too. */
export type Token = Uint8Array;
export const tokensIn = ({ seed, said }: Erasing): Token[] =>
  said.map(({ session, counter }) => eraseToken({ erase: seed }, session, counter));
/** All that is still to be erased, as this keyring has it. */
export const tokensLeft = (entries: readonly Entry[]): Token[] =>
  entries.filter(isErasing).flatMap((one) => tokensIn(readOrNull(one) ?? { seed: one.bytes, said: [] }));

/**
 * The entries without what the server has said to be gone. What two phones of hers take out, in whatever order they write,
 * is out; what either has not heard of stays.
 */
export function withoutErased(entries: readonly Entry[], gone: ReadonlySet<string>): Entry[] {
  return entries.flatMap((entry): Entry[] => {
    const erasing = isErasing(entry) ? readOrNull(entry) : null;
    if (!erasing) return [entry];
    const { seed, said } = erasing;
    const left = said.filter((line) => !gone.has(bytesToHex(tokensIn({ seed, said: [line] })[0]!)));
    if (left.length === said.length) return [entry];
    return left.length > 0 ? [{ kind: entry.kind, bytes: writeErasing({ seed, said: left }) }] : [];
  });
}

const isWaiting = ({ kind }: Entry) => kind === entryKinds.waiting;
const roomLength = 16;
export const waitsFor = (room: Hex) => (one: Entry) =>
  isWaiting(one) && bytesToHex(one.bytes.subarray(0, roomLength)) === room;

/** What is to be erased once she is out of the room, and not before: the room stands before it. */
export const waitingEntries = (room: Hex, erasing: Erasing): Entry[] =>
  erasingEntries(erasing).map(({ bytes }) => ({
    kind: entryKinds.waiting,
    bytes: new Uint8Array([...hexToBytes(room), ...bytes]),
  }));

/** What waits for a room that stands in this keyring no more begins: she is out of it. */
export function begun(entries: readonly Entry[]): Entry[] {
  const rooms = entries.map(opens);
  return entries.map((one) =>
    isWaiting(one) && !rooms.some((room) => room !== null && waitsFor(room)(one))
      ? { kind: entryKinds.erasing, bytes: one.bytes.slice(roomLength) }
      : one,
  );
}
