import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { readAll, Writer } from '~/server/rooms/rules/bytes';
import { type Hex, readHex } from '~/server/rooms/rules/orders';

// The key under which tokens are given is to be the same for everybody: one of her own would mark what she spends. So
// phones keep which they saw, and who are in a room together compare (docs/decisions/118).

/** `month`: the first day of the key’s time. */
export type GateKey = { month: string; id: Hex };
/** `alone`: no other in a room of hers has said the same yet. `other`: somebody was told another key for that month. */
export type Verdict = 'alone' | 'shared' | 'other';
export type Seen = GateKey & { verdict: Verdict };
/** Who said it, as it was heard in the room. */
export type Told = GateKey & { by: Hex };

/** A key of the phone’s own beside what the other members said of that month. */
export function verdictOf({ month, id }: GateKey, mine: readonly GateKey[], told: readonly Told[]): Verdict {
  const own = new Set(mine.filter((one) => one.month === month).map((one) => one.id));
  const ofMonth = told.filter((one) => one.month === month);
  const others = [...new Set(ofMonth.map(({ by }) => by))].map((by) =>
    ofMonth.filter((one) => one.by === by).map((one) => one.id),
  );
  // Made anew within the month, it is told by all who were given both: only who shares none of hers was told another.
  if (others.some((ids) => !ids.some((one) => own.has(one)))) return 'other';
  return others.some((ids) => ids.includes(id)) ? 'shared' : 'alone';
}

const seenAtMost = 6;
const verdicts: Verdict[] = ['alone', 'shared', 'other'];

/** The keys a phone was given tokens under, newest last, and what came of comparing them. */
export class SeenKeys {
  constructor(private all: readonly Seen[] = []) {}
  list(): readonly Seen[] {
    return this.all;
  }
  private of = (id: Hex) => this.all.find((one) => one.id === id);

  /** Under this one she was given tokens. */
  see({ month, id }: GateKey): void {
    if (this.of(id)) return;
    this.all = [...this.all, { month, id, verdict: 'alone' as const }].slice(-seenAtMost);
  }
  /** Compares with what the other members of a room have said. @returns whether somebody was told another key */
  compare(told: readonly Told[]): boolean {
    this.all = this.all.map((one) => {
      const verdict = verdictOf(one, this.all, told);
      // What another room has found is not forgotten where this one has nothing to say of it.
      return verdict === 'alone' ? one : { ...one, verdict };
    });
    return this.all.some((one) => verdictOf(one, this.all, told) === 'other');
  }
  /** With a key that is not shared nothing is spent. One that is not known is from before keys were kept. */
  maySpend(id: Hex): boolean {
    return (this.of(id)?.verdict ?? 'shared') === 'shared';
  }
  /** For a founding: one that three read aloud, or that a room has compared. */
  mayFound(id: Hex): boolean {
    const one = this.of(id);
    return !one || one.verdict === 'shared' || (one.verdict === 'alone' && one === this.all.at(-1));
  }
  /** By what three who found a room compare: her own of this month, where she was given another than is told to all. */
  beside({ month, id }: GateKey): Hex {
    const own = this.all.filter((one) => one.month === month);
    return own.at(-1)?.id ?? id;
  }
}

/** Whether two lists are the same, so that nothing is to be written. */
export const isSameSeen = (one: readonly Seen[], other: readonly Seen[]): boolean =>
  bytesToHex(writeSeen(one)) === bytesToHex(writeSeen(other));

export function writeSeen(all: readonly Seen[]): Uint8Array {
  const writer = new Writer();
  return writer
    .list(all, ({ month, id, verdict }) => {
      writer.text(month).fixed(hexToBytes(id), 8).u8(verdicts.indexOf(verdict));
    })
    .done();
}
/** @throws Malformed */
export const readSeen = (bytes: Uint8Array): Seen[] =>
  readAll(bytes, (reader) =>
    reader.list(seenAtMost, () => ({
      month: reader.text(10),
      id: readHex(reader, 8),
      verdict: verdicts[reader.u8()] ?? 'other',
    })),
  );

/** The first byte of what is said in talk: numbers stand for good. */
export const gateKeyType = 64;
/** In a room: under which key she was given tokens that month. It fits into the least of the frames. */
export const writeGateKey = ({ month, id }: GateKey): Uint8Array =>
  new Writer().text(month).fixed(hexToBytes(id), 8).done();
/** @returns null for what was not written as it must be */
export function readGateKey(body: Uint8Array): GateKey | null {
  try {
    return readAll(body, (reader) => ({ month: reader.text(10), id: readHex(reader, 8) }));
  } catch {
    return null;
  }
}
