import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { dayAfter } from '~/server/day';
import { readAll, Writer } from '~/server/rooms/rules/bytes';
import { type Hex, readHex } from '~/server/rooms/rules/orders';

// The key under which tokens are given is to be the same for everybody: one of her own would mark what she spends. So
// phones keep which they saw, and who are in a room together compare (docs/decisions/118).

/** `month`: the first day of the key’s time. */
export type GateKey = { month: string; id: Hex };
/** `alone`: no other in a room of hers has said the same yet. `other`: somebody was told another key for that month. */
export type Verdict = 'alone' | 'shared' | 'other';
/** Who in which room was told another key than this one of her phone’s, by the beginning of her key and of the room’s number. */
type Differs = { room: Hex; by: Hex };
export type Seen = GateKey & { verdict: Verdict; differs?: readonly Differs[] | undefined };
/** Who said it, as it was heard in the room. */
export type Told = GateKey & { by: Hex };

/** A key of the phone’s own beside what the other members said of that month; and who of them shares none of hers. */
function beside({ month, id }: GateKey, mine: readonly GateKey[], told: readonly Told[]) {
  const own = new Set(mine.filter((one) => one.month === month).map((one) => one.id));
  const ofMonth = told.filter((one) => one.month === month);
  const said = [...new Set(ofMonth.map(({ by }) => by))];
  const idsOf = (by: Hex) => ofMonth.filter((one) => one.by === by).map((one) => one.id);
  // Made anew within the month, it is told by all who were given both: only who shares none of hers was told another.
  const differ = said.filter((by) => !idsOf(by).some((one) => own.has(one)));
  return { said, differ, isShared: said.some((by) => idsOf(by).includes(id)) };
}
export function verdictOf(key: GateKey, mine: readonly GateKey[], told: readonly Told[]): Verdict {
  const { differ, isShared } = beside(key, mine, told);
  return differ.length > 0 ? 'other' : isShared ? 'shared' : 'alone';
}

/** Whether a key is of the month that it is in Lima; on the days beside its turn either is, since phones go by their own clock. */
export const isOfNow = (month: string, today: string): boolean =>
  [-1, 0, 1].some((days) => month === `${dayAfter(today, days).slice(0, 7)}-01`);

const [seenAtMost, differsAtMost, beginning] = [6, 8, 8];
const verdicts: Verdict[] = ['alone', 'shared', 'other'];
const begins = (id: Hex): Hex => id.slice(0, 2 * beginning);

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
  /**
   * Compares with what the other members of a room have said. Who was told another is remembered until she says one of
   * hers too or is a member no more: what another room says takes nothing back, nor does what was not heard today.
   * @returns whether somebody there was told another key
   */
  compare(room: Hex, members: readonly Hex[], told: readonly Told[]): boolean {
    const here = begins(room);
    const present = new Set(members.map(begins));
    this.all = this.all.map(({ month, id, verdict, differs = [] }) => {
      const { said, differ, isShared } = beside({ month, id }, this.all, told);
      const heard = new Set(said.map(begins));
      const still = differs.filter((one) => one.room !== here || (present.has(one.by) && !heard.has(one.by)));
      const all = [...still, ...differ.map((by) => ({ room: here, by: begins(by) }))].slice(0, differsAtMost);
      if (all.length > 0) return { month, id, verdict: 'other', differs: all };
      return { month, id, verdict: isShared ? 'shared' : verdict === 'other' ? 'alone' : verdict };
    });
    return this.all.some(({ differs = [] }) => differs.some((one) => one.room === here));
  }
  /** With a key that is not shared nothing is spent. Where none was ever kept, what she has is from before they were. */
  maySpend(id: Hex): boolean {
    return this.all.length === 0 || this.of(id)?.verdict === 'shared';
  }
  /**
   * For a founding: a key that a room has compared, or the one that its three read aloud and no other.
   * @param aloud which that was; null before anything was drawn, when the newest pays for the place where they meet
   */
  mayFound(id: Hex, aloud: Hex | null): boolean {
    if (this.maySpend(id)) return true;
    const one = this.of(id);
    return one?.verdict === 'alone' && (aloud === null ? one === this.all.at(-1) : id === aloud);
  }
  /**
   * By what three who found a room compare: her own of this month, where she was not given the one that is told to all.
   * Of two it is that one, so that a marked one beside it neither pays nor makes the words differ.
   */
  beside({ month, id }: GateKey): Hex {
    const own = this.all.filter((one) => one.month === month);
    return own.some((one) => one.id === id) ? id : (own.at(-1)?.id ?? id);
  }
}

/** Whether two lists are the same, so that nothing is to be written. */
export const isSameSeen = (one: readonly Seen[], other: readonly Seen[]): boolean =>
  bytesToHex(writeSeen(one)) === bytesToHex(writeSeen(other));

export const seenAtMostBytes = 1024;
export function writeSeen(all: readonly Seen[]): Uint8Array {
  const writer = new Writer();
  writer.list(all, ({ month, id, verdict }) => {
    writer.text(month).fixed(hexToBytes(id), 8).u8(verdicts.indexOf(verdict));
  });
  // Where nobody differs, as is usual, this is not there.
  if (all.every(({ differs = [] }) => differs.length === 0)) return writer.done();
  return writer
    .list(all, ({ differs = [] }) => {
      writer.list(differs, ({ room, by }) =>
        writer.fixed(hexToBytes(room), beginning).fixed(hexToBytes(by), beginning),
      );
    })
    .done();
}
/** @throws Malformed */
export const readSeen = (bytes: Uint8Array): Seen[] =>
  readAll(bytes, (reader) => {
    const all = reader.list(seenAtMost, () => ({
      month: reader.text(10),
      id: readHex(reader, 8),
      verdict: verdicts[reader.u8()] ?? 'other',
    }));
    if (reader.isOver) return all;
    const one = () => ({ room: readHex(reader, beginning), by: readHex(reader, beginning) });
    const differs = reader.list(seenAtMost, () => reader.list(differsAtMost, one));
    return all.map((seen, at) => (differs[at]?.length ? { ...seen, differs: differs[at] } : seen));
  });

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
