import { hexToBytes } from '@noble/hashes/utils.js';
import { type Reader, readAll, Writer } from '~/server/rooms/rules/bytes';
import { type Hex, readHex } from '~/server/rooms/rules/orders';
import { readTitle } from './entry';
import { type Held, owedAtMost } from './held';
import type { MemberKeys } from './protocol/keys';
import { readState, type State, writeState } from './protocol/state';

/** A room as it lies in the keyring: her own name for it first, which is read before anything is opened. */
export type KeptRoom = { title: string; held: Held };
type Begun = { title: string; code: number[]; name: string; mine: MemberKeys };
/**
 * A founding that the three have not finished: the words they meet under, and what she brings. `drawn`: the room they are
 * about to sign for, with its key; from then on this is all she needs, and nothing is written when the room stands.
 */
export type KeptFounding = Begun & { drawn: Drawn | null };
/** `gate`: the token key whose words the three read aloud, which pays for it and no other. */
export type Drawn = { room: Hex; key: Uint8Array; state: State; gate?: Hex | undefined };
/** A knock that has not been answered yet. */
export type KeptJoining = Begun & { room: Hex; stewards: Hex[] };

const [keysAtMost, stateAtMost] = [64, 12_000];

function writeMine(writer: Writer, { sign, seal, erase }: MemberKeys): void {
  for (const key of [sign, seal, erase]) writer.fixed(key, 32);
}
function readMine(reader: Reader): MemberKeys {
  return { sign: reader.fixed(32), seal: reader.fixed(32), erase: reader.fixed(32) };
}
const writeHexes = (writer: Writer, all: readonly Hex[]) =>
  void writer.list(all, (one) => writer.fixed(hexToBytes(one), 32));
const readHexes = (reader: Reader): Hex[] => reader.list(keysAtMost, () => readHex(reader, 32));

/** A room's entry. @throws Malformed for what cannot be written so */
export function writeRoom({ title, held }: KeptRoom): Uint8Array {
  const writer = new Writer().text(title).fixed(hexToBytes(held.room), 16).u32(held.epoch);
  writer.fixed(held.key, 32).u32(held.after);
  writeMine(writer, held.mine);
  writer.bytes(held.state ? writeState(held.state) : new Uint8Array(0));
  writer.list(held.past?.keys ?? [], ({ epoch, key }) => writer.u32(epoch).fixed(key, 32));
  writer.list(held.past?.former ?? [], ({ sign, name }) => writer.fixed(hexToBytes(sign), 32).text(name));
  writeHexes(writer, held.past?.heads ?? []);
  writer.list(held.owed ?? [], ({ id, key, epoch }) => {
    writer.fixed(hexToBytes(id), 32).fixed(hexToBytes(key), 32).u32(epoch);
  });
  return writer.done();
}
/** @throws Malformed */
export const readRoom = (bytes: Uint8Array): KeptRoom =>
  readAll(bytes, (reader) => {
    const title = readTitle(reader);
    const [room, epoch, key, after] = [readHex(reader, 16), reader.u32(), reader.fixed(32), reader.u32()];
    const mine = readMine(reader);
    const state = reader.bytes(stateAtMost);
    const past = {
      keys: reader.list(keysAtMost, () => ({ epoch: reader.u32(), key: reader.fixed(32) })),
      former: reader.list(keysAtMost, () => ({ sign: readHex(reader, 32), name: reader.text(32) })),
      heads: readHexes(reader),
    };
    // A keyring from before this was kept ends here.
    const owed = reader.isOver
      ? []
      : reader.list(owedAtMost, () => ({
          ...{ id: readHex(reader, 32), key: readHex(reader, 32) },
          epoch: reader.u32(),
        }));
    const held = { room, epoch, key, after, mine, state: state.length ? readState(state) : null, past, owed };
    return { title, held };
  });

function writeBegun(writer: Writer, { title, code, name, mine }: Begun): Writer {
  writer.text(title).list(code, (at) => writer.u8(at));
  writer.text(name);
  writeMine(writer, mine);
  return writer;
}
function readBegun(reader: Reader): Begun {
  const title = readTitle(reader);
  return { title, code: reader.list(8, () => reader.u8()), name: reader.text(32), mine: readMine(reader) };
}

export function writeFounding(kept: KeptFounding): Uint8Array {
  const writer = writeBegun(new Writer(), kept);
  // An entry from before rooms were kept beforehand ends here, and so does one of which nothing is drawn.
  const { drawn } = kept;
  if (drawn) writer.fixed(hexToBytes(drawn.room), 16).fixed(drawn.key, 32).bytes(writeState(drawn.state));
  if (drawn?.gate) writer.fixed(hexToBytes(drawn.gate), 8);
  return writer.done();
}
/** @throws Malformed */
export function readFounding(bytes: Uint8Array): KeptFounding {
  let drawn: KeptFounding['drawn'] = null;
  const begun = readAll(bytes, (reader) => {
    const one = readBegun(reader);
    const rest = reader.rest();
    if (rest.length > 0)
      drawn = readAll(rest, (more) => ({
        room: readHex(more, 16),
        key: more.fixed(32),
        state: readState(more.bytes(stateAtMost)),
        gate: more.isOver ? undefined : readHex(more, 8),
      }));
    return one;
  });
  return { ...begun, drawn };
}

export function writeJoining(kept: KeptJoining): Uint8Array {
  const writer = writeBegun(new Writer(), kept).fixed(hexToBytes(kept.room), 16);
  writeHexes(writer, kept.stewards);
  return writer.done();
}
/** @throws Malformed */
export const readJoining = (bytes: Uint8Array): KeptJoining =>
  readAll(bytes, (reader) => ({
    ...readBegun(reader),
    room: readHex(reader, 16),
    stewards: readHexes(reader),
  }));
