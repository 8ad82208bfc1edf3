import { Malformed } from '~/server/rooms/rules/bytes';
import {
  type Hex,
  orderKinds,
  type Signature,
  twoThirds,
  writeSuccession,
} from '~/server/rooms/rules/orders';
import {
  authenticate,
  hashOf,
  readEvent,
  type SignedEvent,
  writeEvent,
  writeEvents,
} from './protocol/events';
import { countSalt, membersTree } from './protocol/notes';
import { isMember } from './protocol/roster';
import type { Session } from './session';

/** Other stewards, as some members want them, and who has signed for it so far. */
export type Asked = { hash: Hex; stewards: Hex[]; by: Hex; signers: Hex[]; event: SignedEvent };

/**
 * Where the stewards are lost, or do what the room does not want: two thirds of the members sign for others. All members
 * see it being asked for. The server lets those who follow give orders after seven days; in these days whoever still is
 * steward can answer by changing the key.
 */
export class Successions {
  private readonly signed = new Map<Hex, { event: SignedEvent; by: Hex; signatures: Map<Hex, Signature> }>();
  private read = 0;
  constructor(private readonly session: Session) {}

  /** What is being asked for where the roster stands now. */
  standing(): Asked[] {
    const { session } = this;
    for (; this.read < session.heard.length; this.read++) {
      const { kind, body } = session.heard[this.read]!;
      if (kind !== 'accord') continue;
      try {
        this.take(readEvent(body));
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
      }
    }
    const now = [...this.signed].filter(([, { event }]) => event.prev === session.state?.head);
    return now.map(([hash, { event, by, signatures }]) => {
      const signers = [...signatures.keys()].filter((key) => isMember(session.state!, key));
      const stewards = event.act.kind === 'succeeded' ? event.act.stewards : [];
      return { hash, stewards, by, signers, event: { ...event, signatures: [...signatures.values()] } };
    });
  }

  private take(event: SignedEvent): void {
    if (event.act.kind !== 'succeeded') return;
    const hash = hashOf(this.session.held.room, event);
    const good = authenticate(this.session.held.room, event);
    const first = event.signatures.find(({ by }) => good.has(by));
    if (!first) return;
    const known = this.signed.get(hash) ?? { event, by: first.by, signatures: new Map() };
    for (const signature of event.signatures)
      if (good.has(signature.by)) known.signatures.set(signature.by, signature);
    this.signed.set(hash, known);
  }

  /** How many members there were when the key was changed: so many the server knows of. */
  private get counted(): number {
    const { members, gone } = this.session.state!;
    return members.length + gone.length;
  }
  /** How many must sign. */
  get needed(): number {
    return twoThirds(this.counted - this.session.parted().length);
  }

  /** Asks the room for these stewards, and is the first to sign. */
  async ask(stewards: readonly Hex[]): Promise<boolean> {
    const turn = this.session.state!.turn + 1;
    const event = this.session.signed({ kind: 'succeeded', turn, stewards: [...stewards].sort() });
    return (await this.session.say('accord', writeEvent(event))) !== null;
  }

  /** Signs too. @returns whether it was kept */
  async join({ event }: Asked): Promise<boolean> {
    const mine = this.session.signed(event.act, event.prev);
    return (await this.session.say('accord', writeEvent(mine))) !== null;
  }

  /** Gives the order, once enough have signed: who is a member is proven to the server, and how many there are. */
  async carry({ event, signers }: Asked): Promise<boolean> {
    const { session } = this;
    if (event.act.kind !== 'succeeded' || signers.length < this.needed) return false;
    const { prev, act } = event;
    const signatures = event.signatures.filter(({ by }) => signers.includes(by));
    return session.insist(prev, (seen) => {
      const { access, tree: treeKey } = session.keys;
      const tree = membersTree(session.state!, treeKey);
      const frame = session.sealed('roster', writeEvents([{ prev, act, signatures }]));
      const body = writeSuccession(act);
      const order = { seen, kind: orderKinds.succeeded, prev, body, signatures, frame };
      const left = session.parted();
      const proven = [...signatures, ...left.map(({ signature }) => signature)];
      const proofs = proven.map(({ by }) => tree.proof(by));
      const members = this.counted;
      return { op: 'succeed', access, order, members, salt: countSalt(treeKey), proofs, left };
    });
  }
}
