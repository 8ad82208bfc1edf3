import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { Malformed, type Reader, readAll, Writer } from '~/server/rooms/rules/bytes';
import {
  type Hex,
  isSigned,
  readHex,
  readSignatures,
  type Signature,
  writeSignatures,
} from '~/server/rooms/rules/orders';
import { boxLength } from '~/server/rooms/rules/sizes';
import { readTitle } from './entry';
import { type Event, genesis, hashOf, messageOf } from './protocol/events';
import { codeKeys, derive, type MemberKeys, publicOf } from './protocol/keys';
import { reduce } from './protocol/roster';
import {
  type Newcomer,
  readNewcomer,
  readSettings,
  type Settings,
  type State,
  writeNewcomer,
  writeSettings,
} from './protocol/state';

/** The room as the first of the three drew it; `boxes` hold its key, one for each founder. */
export type Plan = {
  room: Hex;
  title: string;
  founders: Newcomer[];
  settings: Settings;
  boxes: Uint8Array[];
};
type Said =
  | ({ kind: 'here' } & Newcomer)
  | ({ kind: 'plan' } & Plan)
  | { kind: 'signed'; signatures: Signature[] }
  | { kind: 'in' };
/** What stands at the place: who is there, what was drawn, who has signed it, who has the room. */
export type Meeting = {
  here: Newcomer[];
  plan: Plan | null;
  signed: Map<Hex, Signature[]>;
  inside: Set<Hex>;
  /** More than three know the words: whoever they are, it is begun again with others. */
  crowded: boolean;
};

const kinds: Said['kind'][] = ['here', 'plan', 'signed', 'in'];

export function writeSaid(said: Said): Uint8Array {
  const writer = new Writer().u8(kinds.indexOf(said.kind));
  if (said.kind === 'here') writeNewcomer(writer, said);
  if (said.kind === 'signed') writeSignatures(writer, said.signatures);
  if (said.kind === 'plan') {
    writer.text(said.title).fixed(hexToBytes(said.room), 16);
    writer.list(said.founders, (one) => writeNewcomer(writer, one));
    writeSettings(writer, said.settings);
    writer.list(said.boxes, (box) => writer.fixed(box, boxLength));
  }
  return writer.done();
}
const readSaid = (body: Uint8Array): Said =>
  readAll(body, (reader: Reader): Said => {
    const kind = kinds[reader.u8()];
    if (kind === 'here') return { kind, ...readNewcomer(reader) };
    if (kind === 'signed') return { kind, signatures: readSignatures(reader, 2) };
    if (kind === 'in') return { kind };
    if (kind !== 'plan') throw new Malformed();
    const [title, room] = [readTitle(reader), readHex(reader, 16)];
    const founders = reader.list(3, () => readNewcomer(reader));
    const settings = readSettings(reader);
    return { kind, title, room, founders, settings, boxes: reader.list(3, () => reader.fixed(boxLength)) };
  });

const sameKeys = (a: readonly Newcomer[], b: readonly Newcomer[]) =>
  a.map(({ sign, seal, name }) => `${sign}${seal}${name}`).join() ===
  b.map(({ sign, seal, name }) => `${sign}${seal}${name}`).join();

function take(meeting: Meeting, by: Hex, said: Said): void {
  const { here, plan } = meeting;
  const isHere = here.some(({ sign }) => sign === by);
  if (said.kind === 'here') {
    // Nobody brings another's keys, and the same name twice would be two women for one.
    if (said.sign !== by || isHere || here.some(({ name }) => name === said.name)) return;
    if (here.length >= 3) meeting.crowded = true;
    else here.push({ sign: said.sign, seal: said.seal, name: said.name });
  } else if (said.kind === 'plan') {
    const fits = here.length === 3 && by === here[0]!.sign && sameKeys(said.founders, here);
    if (!plan && fits && said.boxes.length === 3 && isFoundable(said)) meeting.plan = said;
  } else if (!isHere || !plan) return;
  else if (said.kind === 'signed') meeting.signed.set(by, said.signatures);
  else meeting.inside.add(by);
}

/** What was said at the place, in the order in which it came. Whatever is none of it counts for nothing. */
export function weigh(all: readonly { by: Hex; body: Uint8Array }[]): Meeting {
  const meeting: Meeting = { here: [], plan: null, signed: new Map(), inside: new Set(), crowded: false };
  for (const { by, body } of all) {
    try {
      take(meeting, by, readSaid(body));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }
  return meeting;
}

/** The first event of the drawn room, and the state it begins with. @throws Malformed for a plan that is none */
export function founded({ room, founders, settings }: Plan): {
  event: Event;
  message: Uint8Array;
  state: State;
} {
  const event: Event = { prev: genesis, act: { kind: 'founded', founders, settings } };
  const all = new Set(founders.map(({ sign }) => sign));
  const state = reduce(room, null, event, all, hashOf(room, event));
  if (typeof state === 'string') throw new Malformed();
  return { event, message: messageOf(room, event), state };
}
function isFoundable(plan: Plan): boolean {
  founded(plan);
  return true;
}

/** The good signatures under one of the two messages, of the founders alone. */
export const signaturesOf = ({ signed, plan }: Meeting, at: 0 | 1, message: Uint8Array): Signature[] =>
  (plan?.founders ?? []).flatMap(({ sign }) => {
    const signature = signed.get(sign)?.[at];
    return signature && signature.by === sign && isSigned(message, signature) ? [signature] : [];
  });

/** The place that eight words lead to: its number, its key, and three stewards who are the words themselves. */
export function meetingOf(words: readonly string[]) {
  const { key: root } = codeKeys(words);
  const part = (what: string, size = 32) => derive(root, `meeting/${what}`, new Uint8Array(0), size);
  const room = bytesToHex(part('room', 16));
  const stewards: MemberKeys[] = [0, 1, 2].map((at) => ({
    sign: part(`sign/${at}`),
    seal: part(`seal/${at}`),
    erase: part(`erase/${at}`),
  }));
  const founders = stewards.map((one, at) => ({ ...publicOf(one), name: `${at}` }));
  const settings: Settings = { retentionDays: 90, historyOpen: false, presence: false, term: 0 };
  const { state } = founded({ room, title: '', founders, settings, boxes: [] });
  return { room, key: part('key'), state, stewards };
}
