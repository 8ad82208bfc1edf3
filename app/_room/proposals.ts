import { hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { Malformed, readAll, Writer } from '~/server/rooms/rules/bytes';
import {
  type Hex,
  hashHex,
  orderKinds,
  readHex,
  readSignatures,
  type Signature,
  statement,
  writeRotation,
  writeSignatures,
  writeTurn,
} from '~/server/rooms/rules/orders';
import {
  type Act,
  authenticate,
  hashOf,
  readEvent,
  readEvents,
  type SignedEvent,
  writeEvent,
  writeEvents,
} from './protocol/events';
import { boxTo, epochKeys, openBox } from './protocol/keys';
import { rotationOf } from './protocol/notes';
import { ledBy, NotAllowed, reduce } from './protocol/roster';
import type { State } from './protocol/state';
import type { Heard, Session } from './session';

/**
 * What one steward has signed and another may sign too. It binds nobody: any other steward can take up the same thing
 * herself, and whatever comes into the roster before makes it be proposed anew.
 */
export type Proposal =
  /** A change of key and what goes before it: a removal, other stewards. The last event is the change itself. */
  | { kind: 'rotation'; key: Uint8Array; events: SignedEvent[] }
  /** An event that needs two: the settings, or the end of a freeze. */
  | { kind: 'event'; event: SignedEvent }
  /** The end of the room. It leaves no event: nobody is left to read it. */
  | { kind: 'destroyed'; prev: Hex; turn: number; signatures: Signature[] };

export const whisperAad = new TextEncoder().encode('whisper');
const kinds: Proposal['kind'][] = ['rotation', 'event', 'destroyed'];
const boxesAtMost = 33;

export function writeProposal(proposal: Proposal): Uint8Array {
  const writer = new Writer().u8(kinds.indexOf(proposal.kind));
  if (proposal.kind === 'rotation') writer.fixed(proposal.key, 32).bytes(writeEvents(proposal.events));
  else if (proposal.kind === 'event') writer.bytes(writeEvent(proposal.event));
  else {
    writer.fixed(hexToBytes(proposal.prev), 32).u32(proposal.turn);
    writeSignatures(writer, proposal.signatures);
  }
  return writer.done();
}
/** @throws Malformed */
export const readProposal = (bytes: Uint8Array): Proposal =>
  readAll(bytes, (reader): Proposal => {
    const kind = kinds[reader.u8()];
    if (kind === 'rotation') {
      const proposal = { kind, key: reader.fixed(32), events: readEvents(reader.bytes(65_536)) };
      if (proposal.events.at(-1)?.act.kind !== 'rotated') throw new Malformed();
      return proposal;
    }
    if (kind === 'event') return { kind, event: readEvent(reader.bytes(16_384)) };
    if (kind !== 'destroyed') throw new Malformed();
    const [prev, turn] = [readHex(reader, 32), reader.u32()];
    return { kind, prev, turn, signatures: readSignatures(reader, 1) };
  });

/** Events one after another, each on the hash of the one before. */
export function chained(session: Session, acts: readonly Act[]): SignedEvent[] {
  let prev = session.state!.head;
  return acts.map((act) => {
    const event = session.signed(act, prev);
    prev = hashOf(session.held.room, event);
    return event;
  });
}

/**
 * The state through events that are not in the log yet; what one steward proposes is weighed as if two had signed.
 * @throws NotAllowed
 */
function through(session: Session, events: SignedEvent[]): State {
  const { room } = session.held;
  return events.reduce((state, event) => {
    const signers = authenticate(room, event);
    for (const key of event.signatures.length < 2 ? state.stewards : []) signers.add(key);
    const next = reduce(room, state, event, signers, hashOf(room, event));
    if (typeof next === 'string') throw new NotAllowed(next);
    return next;
  }, session.state!);
}

/**
 * The change to a new key, signed by one. @param by the stewards who are to give it: those there are, or those who follow
 * @throws NotAllowed where the roster does not allow what goes before
 */
export function changeOfKey(
  session: Session,
  before: SignedEvent[],
  by: readonly Hex[] = session.state!.stewards,
): Extract<Proposal, { kind: 'rotation' }> {
  const state = ledBy(through(session, before), by);
  const key = randomBytes(32);
  const rotation = session.signed({ kind: 'rotated', ...rotationOf(state, key).order }, state.head);
  return { kind: 'rotation', key, events: [...before, rotation] };
}

/** The second steward makes all of it again, compares, signs, and the server goes over at once. */
export async function completeRotation(
  session: Session,
  { key, events }: Extract<Proposal, { kind: 'rotation' }>,
): Promise<boolean> {
  const { room } = session.held;
  const on = session.state!.head;
  const rotation = events.at(-1)!;
  if (rotation.act.kind !== 'rotated') return false;
  const before = events.slice(0, -1).map((event) => session.coSigned(event));
  const state = ledBy(through(session, before), rotation.act.stewards);
  const { order, note } = rotationOf(state, key);
  if (rotation.prev !== state.head) return false;
  if (hashHex(writeRotation(rotation.act)) !== hashHex(writeRotation(order))) return false;
  const both = session.coSigned(rotation);
  // As the members will weigh it: who goes out with this change cannot be one of the two who give it.
  through(session, [...before, both]);
  const place = { room, epoch: order.epoch, words: epochKeys(room, order.epoch, key).words };
  const { prev, signatures } = both;
  const body = writeRotation(order);
  return session.insist(on, (seen) => {
    const frame = session.sealed('roster', writeEvents([...before, both]), place);
    const given = { seen, kind: orderKinds.rotated, prev, body, signatures, frame };
    return { op: 'order', access: session.keys.access, order: given, note };
  });
}

/** A freeze or its end: an order to the server and an event for the members, in one. */
export async function pauseOrOpen(session: Session, event: SignedEvent): Promise<boolean> {
  const { act, prev, signatures } = event;
  if (act.kind !== 'frozen' && act.kind !== 'unfrozen') return false;
  const kind = orderKinds[act.kind];
  return session.insist(prev, (seen) => {
    const frame = session.sealed('roster', writeEvents([event]));
    const order = { seen, kind, prev, body: writeTurn(act), signatures, frame };
    return { op: 'order', access: session.keys.access, order, note: null };
  });
}

const destroying = (session: Session, prev: Hex, turn: number) =>
  statement({ room: session.held.room, prev }, orderKinds.destroyed, writeTurn({ turn }));

/** The first of two signatures under the end of the room. */
export function destruction(session: Session): Extract<Proposal, { kind: 'destroyed' }> {
  const { head: prev, turn } = session.state!;
  const signatures = [session.signature(destroying(session, prev, turn + 1))];
  return { kind: 'destroyed', prev, turn: turn + 1, signatures };
}

async function destroy(
  session: Session,
  { prev, turn, signatures }: Extract<Proposal, { kind: 'destroyed' }>,
) {
  const both = [...signatures, session.signature(destroying(session, prev, turn))];
  return session.insist(prev, (seen) => {
    // Nothing is kept of it: it is there because every order brings a frame.
    const frame = session.sealed('roster', writeEvents([]));
    const body = writeTurn({ turn });
    const order = { seen, kind: orderKinds.destroyed, prev, body, signatures: both, frame };
    return { op: 'order', access: session.keys.access, order, note: null };
  });
}

/** The place of the roster where a proposal begins: when the roster has gone on, it is none any more. */
export const headOf = (proposal: Proposal): Hex =>
  proposal.kind === 'rotation'
    ? proposal.events[0]!.prev
    : proposal.kind === 'event'
      ? proposal.event.prev
      : proposal.prev;

/** Whose it is to sign: those who follow, where they are to take over, and otherwise the stewards. */
function circleOf(session: Session, proposal: Proposal): readonly Hex[] {
  const last = proposal.kind === 'rotation' ? proposal.events.at(-1)!.act : null;
  const state = session.state!;
  return last?.kind === 'rotated' ? ledBy(state, last.stewards).stewards : state.stewards;
}

const takenOut = (proposal: Proposal): Hex[] =>
  proposal.kind === 'rotation'
    ? proposal.events.flatMap(({ act }) => (act.kind === 'removed' ? [act.target] : []))
    : [];

/** Lays it before the other stewards, and before herself on another day: a box for each. @returns whether it was kept */
export async function putBefore(session: Session, proposal: Proposal): Promise<boolean> {
  const content = writeProposal(proposal);
  const circle = new Set([...circleOf(session, proposal), session.me]);
  // A proposal carries the new key: whoever is to be without it must not be given it here.
  for (const key of takenOut(proposal)) circle.delete(key);
  const writer = new Writer();
  const members = session.state!.members.filter(({ sign }) => circle.has(sign));
  writer.list(members, ({ seal }) => writer.bytes(boxTo(seal, whisperAad, content)));
  return (await session.say('whisper', writer.done())) !== null;
}

/** A proposal as it was heard, with who made it. */
export type Waiting = { by: Hex; seq: number; proposal: Proposal };

function opened(session: Session, { body }: Heard): Proposal | null {
  try {
    const boxes = readAll(body, (reader) => reader.list(boxesAtMost, () => reader.bytes(65_536)));
    for (const box of boxes) {
      const content = openBox(session.held.mine, whisperAad, box);
      if (content) return readProposal(content);
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return null;
}

/** What waits for a second signature. Each whisper is opened once. */
export class Proposals {
  private readonly known = new Map<number, Waiting>();
  private read = 0;
  constructor(private readonly session: Session) {}

  /** Those that still stand where the roster stands, the newest first; one of each woman and each thing. */
  waiting(): Waiting[] {
    const { session } = this;
    for (; this.read < session.heard.length; this.read++) {
      const heard = session.heard[this.read]!;
      const proposal = heard.kind === 'whisper' ? opened(session, heard) : null;
      if (proposal) this.known.set(heard.seq, { by: heard.by, seq: heard.seq, proposal });
    }
    const standing = [...this.known.values()].filter(
      ({ by, proposal }) =>
        headOf(proposal) === session.state?.head && circleOf(session, proposal).includes(by),
    );
    const seen = new Set<string>();
    return standing.reverse().filter(({ by, proposal }) => {
      const what = `${by}/${subject(proposal)}`;
      return !seen.has(what) && seen.add(what);
    });
  }

  /** Hers that stand no more: they say who was to go, and carry a key that is none or has begun without them. */
  lapsed(): Heard[] {
    this.waiting();
    const { me, state, heard } = this.session;
    return heard.filter(({ seq, by }) => {
      const known = by === me ? this.known.get(seq) : undefined;
      return known !== undefined && headOf(known.proposal) !== state?.head;
    });
  }

  /** Whether she can be the second under it. */
  maySign({ by, proposal }: Waiting): boolean {
    return by !== this.session.me && circleOf(this.session, proposal).includes(this.session.me);
  }

  /** @returns whether it is done; false where the roster has gone on, or it is not what she comes to herself */
  async sign({ proposal }: Waiting): Promise<boolean> {
    const { session } = this;
    if (proposal.kind === 'rotation') {
      try {
        return await completeRotation(session, proposal);
      } catch (error) {
        // Weighed with the signatures it really has: somebody proposes what cannot be. No network is no answer.
        if (error instanceof NotAllowed) return false;
        throw error;
      }
    }
    if (proposal.kind === 'destroyed') return destroy(session, proposal);
    const event = session.coSigned(proposal.event);
    return event.act.kind === 'unfrozen' ? session.give(event) : entered(session, event);
  }
}

/** Enters an event and hears whether it counts. */
export async function entered(session: Session, event: SignedEvent): Promise<boolean> {
  await session.enter(event);
  return (await session.catchUp()) && session.hasHead(event);
}

/** What a proposal is about, in one word that tells two of them apart. */
export function subject(proposal: Proposal): string {
  if (proposal.kind === 'destroyed') return 'destroyed';
  if (proposal.kind === 'event') return hashHex(writeEvent({ ...proposal.event, signatures: [] }));
  const acts = proposal.events.slice(0, -1).map(({ act }) => act);
  return JSON.stringify(acts);
}
