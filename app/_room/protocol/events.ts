import { hexToBytes } from '@noble/hashes/utils.js';
import { Malformed, readAll, Writer } from '~/server/rooms/rules/bytes';
import {
  type Hex,
  hashHex,
  isSigned,
  leftKind,
  orderKinds,
  type Rotation,
  readHex,
  readKeys,
  readRotation,
  readSignatures,
  readSuccession,
  readTurn,
  type Signature,
  type Succession,
  signersOf,
  statement,
  type Turn,
  writeKeys,
  writeRotation,
  writeSignatures,
  writeSuccession,
  writeTurn,
} from '~/server/rooms/rules/orders';
import { membersAtMost } from '~/server/rooms/rules/sizes';
import {
  type Newcomer,
  readNewcomer,
  readSettings,
  type Settings,
  writeNewcomer,
  writeSettings,
} from './state';

export type Knock = Newcomer & { id: Hex; proof: Signature };

/** What may happen to a roster. Whoever does it is told by the signatures, never by a field. */
export type Act =
  | { kind: 'founded'; founders: Newcomer[]; settings: Settings }
  | { kind: 'invited'; by: Hex; id: Hex; key: Hex }
  | ({ kind: 'knocked'; by: Hex } & Knock)
  | { kind: 'vouched'; by: Hex; id: Hex; sign: Hex; seal: Hex }
  | { kind: 'confirmed'; by: Hex; id: Hex; sign: Hex; seal: Hex }
  /** An invite that was not used, or a knock that is not answered, is taken back. */
  | { kind: 'withdrawn'; by: Hex; id: Hex }
  /** `lapses`: who vouched for an infiltrator vouches for nobody more in this term. */
  | { kind: 'removed'; target: Hex; lapses: Hex[] }
  | { kind: 'left'; by: Hex }
  | { kind: 'chosen'; target: Hex }
  | { kind: 'released'; target: Hex }
  | { kind: 'settled'; settings: Settings }
  | ({ kind: 'rotated' } & Rotation)
  | ({ kind: 'frozen'; by: Hex } & Turn)
  | ({ kind: 'unfrozen' } & Turn)
  | ({ kind: 'succeeded' } & Succession);

export type Event = { prev: Hex; act: Act };
export type SignedEvent = Event & { signatures: Signature[] };

const kinds: Record<Act['kind'], number> = {
  founded: 1,
  invited: 2,
  knocked: 3,
  vouched: 4,
  confirmed: 5,
  removed: 6,
  left: leftKind,
  chosen: 8,
  released: 9,
  settled: 20,
  withdrawn: 21,
  rotated: orderKinds.rotated,
  frozen: orderKinds.frozen,
  unfrozen: orderKinds.unfrozen,
  succeeded: orderKinds.succeeded,
};
const names = new Map(Object.entries(kinds).map(([name, number]) => [number, name as Act['kind']]));
export const genesis: Hex = '00'.repeat(32);

function writeBody(act: Act): Uint8Array {
  const writer = new Writer();
  const hexes = (...given: Hex[]) => {
    for (const hex of given) writer.fixed(hexToBytes(hex), 32);
    return writer;
  };
  switch (act.kind) {
    case 'founded':
      writer.list(act.founders, (founder) => writeNewcomer(writer, founder));
      writeSettings(writer, act.settings);
      break;
    case 'invited':
      hexes(act.by, act.id, act.key);
      break;
    case 'knocked':
      hexes(act.by, act.id);
      writeNewcomer(writer, act);
      hexes(act.proof.by).fixed(act.proof.bytes, 64);
      break;
    case 'vouched':
    case 'confirmed':
      hexes(act.by, act.id, act.sign, act.seal);
      break;
    case 'withdrawn':
      hexes(act.by, act.id);
      break;
    case 'removed':
      hexes(act.target);
      writeKeys(writer, act.lapses);
      break;
    case 'left':
      hexes(act.by);
      break;
    case 'chosen':
    case 'released':
      hexes(act.target);
      break;
    case 'settled':
      writeSettings(writer, act.settings);
      break;
    case 'rotated':
      return writeRotation(act);
    case 'frozen':
    case 'unfrozen':
      return writeTurn(act);
    case 'succeeded':
      return writeSuccession(act);
  }
  return writer.done();
}

function readBody(kind: Act['kind'], body: Uint8Array, first: Hex): Act {
  if (kind === 'rotated') return { kind, ...readRotation(body) };
  if (kind === 'frozen') return { kind, by: first, ...readTurn(body) };
  if (kind === 'unfrozen') return { kind, ...readTurn(body) };
  if (kind === 'succeeded') return { kind, ...readSuccession(body) };
  return readAll(body, (reader): Act => {
    const hex = () => readHex(reader, 32);
    switch (kind) {
      case 'founded':
        return { kind, founders: reader.list(3, () => readNewcomer(reader)), settings: readSettings(reader) };
      case 'invited':
        return { kind, by: hex(), id: hex(), key: hex() };
      case 'knocked': {
        const [by, id] = [hex(), hex()];
        const newcomer = readNewcomer(reader);
        return { kind, by, id, ...newcomer, proof: { by: hex(), bytes: reader.fixed(64) } };
      }
      case 'vouched':
      case 'confirmed':
        return { kind, by: hex(), id: hex(), sign: hex(), seal: hex() };
      case 'withdrawn':
        return { kind, by: hex(), id: hex() };
      case 'removed':
        return { kind, target: hex(), lapses: readKeys(reader, membersAtMost) };
      case 'left':
        return { kind, by: hex() };
      case 'chosen':
      case 'released':
        return { kind, target: hex() };
      case 'settled':
        return { kind, settings: readSettings(reader) };
    }
  });
}

/** The bytes that are signed. */
export const messageOf = (room: Hex, { prev, act }: Event): Uint8Array =>
  statement({ room, prev }, kinds[act.kind], writeBody(act));
/** An event’s name in the chain. Signatures are no part of it: more of them make no other event. */
export const hashOf = (room: Hex, event: Event): Hex => hashHex(messageOf(room, event));

/** What a newcomer signs; she does not know the room’s head yet. */
export function knockMessage(room: Hex, id: Hex, newcomer: Newcomer): Uint8Array {
  const writer = new Writer();
  writeNewcomer(writer, newcomer);
  return statement({ room, prev: id }, 0, writer.done());
}

export function writeEvent({ prev, act, signatures }: SignedEvent): Uint8Array {
  const writer = new Writer().fixed(hexToBytes(prev), 32).u8(kinds[act.kind]).bytes(writeBody(act));
  writeSignatures(writer, signatures);
  return writer.done();
}
/** @throws Malformed */
export const readEvent = (bytes: Uint8Array): SignedEvent =>
  readAll(bytes, (reader) => {
    const prev = readHex(reader, 32);
    const kind = names.get(reader.u8());
    if (!kind) throw new Malformed();
    const body = reader.bytes(8192);
    const signatures = readSignatures(reader, membersAtMost);
    return { prev, act: readBody(kind, body, signatures[0]?.by ?? genesis), signatures };
  });

const eventsAtMost = 8;
/** What one frame of the roster carries: one event, or those that go with a change of key. */
export function writeEvents(events: readonly SignedEvent[]): Uint8Array {
  const writer = new Writer();
  writer.list(events, (event) => writer.bytes(writeEvent(event)));
  return writer.done();
}
/** @throws Malformed */
export const readEvents = (bytes: Uint8Array): SignedEvent[] =>
  readAll(bytes, (reader) => reader.list(eventsAtMost, () => readEvent(reader.bytes(16_384))));

/** Who has really signed an event; of a knock, the newcomer only if her own proof is good. */
export function authenticate(room: Hex, event: SignedEvent): Set<Hex> {
  const signers = signersOf(messageOf(room, event), event.signatures);
  const { act } = event;
  if (act.kind !== 'knocked') return signers;
  // A relayed signature under the event says nothing of her: only the proof does.
  signers.delete(act.sign);
  if (act.proof.by === act.sign && isSigned(knockMessage(room, act.id, act), act.proof))
    signers.add(act.sign);
  return signers;
}
