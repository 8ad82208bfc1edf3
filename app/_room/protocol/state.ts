import { hexToBytes } from '@noble/hashes/utils.js';
import { Malformed, type Reader, readAll, Writer } from '~/server/rooms/rules/bytes';
import { type Hex, readHex, readKeys, writeKeys } from '~/server/rooms/rules/orders';
import { membersAtMost } from '~/server/rooms/rules/sizes';
import type { PublicKeys } from './keys';

export type Newcomer = PublicKeys & { name: string };
export type Member = Newcomer & { vouches: number };
export type Settings = { retentionDays: number; historyOpen: boolean; presence: boolean; term: number };
export type Invite = {
  id: Hex;
  /** Of whoever brings the answer to the newcomer. */
  key: Hex;
  by: Hex;
  knock: Newcomer | null;
  vouchers: Hex[];
  confirmed: boolean;
};

/** Everything that is so in a room, as far as the roster says. Lists stand in the order of their keys. */
export type State = {
  room: Hex;
  epoch: number;
  turn: number;
  /** Hash of the last event. */
  head: Hex;
  members: Member[];
  /** Who went since the key was changed: the server’s tree of keys is from then, and names her still. */
  gone: Hex[];
  stewards: Hex[];
  /** Whom two thirds of the members want as stewards; they are when two of them change the key. */
  successors: Hex[];
  settings: Settings;
  invites: Invite[];
  /** Somebody who is no member any more still has the key: nothing is written until it has been changed. */
  dirty: boolean;
  frozen: boolean;
};

export const vouchesEach = 5;
export const invitesAtMost = 8;
/** For one woman: two are needed, and the checkpoint has room for so many. */
export const vouchersAtMost = 4;
export const stewardsAtLeast = 3;
const stewardsAtMost = 16;
const nameAtMost = 32;

export const isName = (name: string): boolean =>
  name.trim() === name &&
  name.length > 0 &&
  name === name.normalize('NFC') &&
  new TextEncoder().encode(name).length <= nameAtMost;
export const isSettings = ({ retentionDays, term }: Settings): boolean =>
  retentionDays >= 1 && retentionDays <= 90 && term >= 0;

export function writeNewcomer(writer: Writer, { sign, seal, name }: Newcomer): void {
  writer.fixed(hexToBytes(sign), 32).fixed(hexToBytes(seal), 32).text(name);
}
export function readNewcomer(reader: Reader): Newcomer {
  const [sign, seal] = [readHex(reader, 32), readHex(reader, 32)];
  const name = reader.text(nameAtMost);
  if (!isName(name)) throw new Malformed();
  return { sign, seal, name };
}
export function writeSettings(writer: Writer, given: Settings): void {
  writer.u8(given.retentionDays).u8(Number(given.historyOpen)).u8(Number(given.presence)).u32(given.term);
}
export function readSettings(reader: Reader): Settings {
  const [retentionDays, historyOpen, presence] = [reader.u8(), reader.flag(), reader.flag()];
  return { retentionDays, historyOpen, presence, term: reader.u32() };
}

/** The state as a rotation hands it on: a newcomer starts from it, and everybody else must come to the same bytes. */
export function writeState(state: State): Uint8Array {
  const writer = new Writer().fixed(hexToBytes(state.room), 16).u32(state.epoch).u32(state.turn);
  writer.fixed(hexToBytes(state.head), 32).u8(Number(state.dirty)).u8(Number(state.frozen));
  writer.list(state.members, (member) => {
    writeNewcomer(writer, member);
    writer.u8(member.vouches);
  });
  writeKeys(writer, state.gone);
  writeKeys(writer, state.stewards);
  writeKeys(writer, state.successors);
  writeSettings(writer, state.settings);
  writer.list(state.invites, (invite) => {
    for (const part of [invite.id, invite.key, invite.by]) writer.fixed(hexToBytes(part), 32);
    writer.list(invite.knock ? [invite.knock] : [], (knock) => writeNewcomer(writer, knock));
    writeKeys(writer, invite.vouchers);
    writer.u8(Number(invite.confirmed));
  });
  return writer.done();
}
export const readState = (bytes: Uint8Array): State =>
  readAll(bytes, (reader) => {
    const [room, epoch, turn] = [readHex(reader, 16), reader.u32(), reader.u32()];
    const [head, dirty, frozen] = [readHex(reader, 32), reader.flag(), reader.flag()];
    const members = reader.list(membersAtMost, () => ({ ...readNewcomer(reader), vouches: reader.u8() }));
    const gone = readKeys(reader, membersAtMost);
    const stewards = readKeys(reader, stewardsAtMost);
    const successors = readKeys(reader, stewardsAtMost);
    const settings = readSettings(reader);
    const invites = reader.list(invitesAtMost, () => {
      const [id, key, by] = [readHex(reader, 32), readHex(reader, 32), readHex(reader, 32)];
      const [knock = null] = reader.list(1, () => readNewcomer(reader));
      return { id, key, by, knock, vouchers: readKeys(reader, vouchersAtMost), confirmed: reader.flag() };
    });
    return { room, epoch, turn, head, dirty, frozen, members, gone, stewards, successors, settings, invites };
  });
