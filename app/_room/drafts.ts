import { hexToBytes } from '@noble/hashes/utils.js';
import * as Y from 'yjs';
import { Malformed, readAll, Writer } from '~/server/rooms/rules/bytes';
import {
  type Hex,
  hashHex,
  isSigned,
  readHex,
  readSignatures,
  type Signature,
  seqsAtMost,
  writeSignatures,
} from '~/server/rooms/rules/orders';
import { compact, compaction } from './compaction';
import type { Heard, Session } from './session';

type Update = { seq: number; bytes: Uint8Array };
type Snapshot = {
  seq: number;
  epoch: number;
  hash: Hex;
  by: Hex;
  input: Hex;
  seqs: number[];
  state: Uint8Array;
  signature: Signature;
};

export const stateAtMost = 60_000;
/** So many pieces, and a client offers by itself to put them in order. */
const tidyAfter = 120;

/** What two women who have the same updates come to, byte for byte; what was deleted is not in it. */
function folded(state: Uint8Array | null, updates: readonly Update[]): Uint8Array {
  const doc = new Y.Doc({ gc: true });
  if (state) Y.applyUpdate(doc, state);
  for (const { bytes } of updates) Y.applyUpdate(doc, bytes);
  const bytes = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return bytes;
}

/**
 * A text that a room writes together: an encrypted log of updates, numbered by generation. All that decides is the
 * order in which the server gave the frames, so that everybody comes to the same.
 */
export class Draft {
  /** Fresh ids: nobody is known again by them in another text. */
  doc = new Y.Doc({ gc: true });
  generation = 0;
  private state: Uint8Array | null = null;
  private updates: Update[] = [];
  private readonly offers = new Map<Hex, Snapshot>();
  /** Places of the two frames that made the present state what it is. */
  private base: number[] = [];
  private fresh = true;
  /** Two have agreed on what she does not come to: it is not taken, and is said. */
  doubted = false;
  /** Told when the text goes on in another document: what was only on this screen has not come along. */
  renewed: ((old: Y.Doc) => void) | null = null;

  constructor(
    readonly id: Hex,
    private readonly session: Session,
  ) {}

  private head(): Writer {
    return new Writer().fixed(hexToBytes(this.id), 16).u32(this.generation);
  }
  /** Sends what has been written since; it is in the text when it comes back. */
  async write(change: (doc: Y.Doc) => void): Promise<boolean> {
    const before = Y.encodeStateVector(this.doc);
    change(this.doc);
    return this.send(Y.encodeStateAsUpdate(this.doc, before));
  }
  /** @throws Malformed where it is longer than a frame */
  async send(update: Uint8Array): Promise<boolean> {
    if (update.length > stateAtMost) throw new Malformed();
    return (await this.session.say('draft', this.head().bytes(update).done())) !== null;
  }

  /** Whether all that the text is made of is here; a newcomer waits for the next compaction. */
  get whole(): boolean {
    return this.doc.store.pendingStructs === null;
  }
  /** Whether it should be put in order: it lies under an older key, or in many pieces. */
  get untidy(): boolean {
    const seqs = this.seqsOf(this.updates);
    return this.updates.length > tidyAfter || seqs.some((seq) => seq < this.session.keySeq);
  }
  /** Whether an offer of hers waits for another. */
  get offered(): boolean {
    return [...this.offers.values()].some(
      ({ by, epoch }) => by === this.session.me && epoch === this.session.epoch,
    );
  }

  /** One frame of the room, in the order in which it came; of other texts and older generations nothing is taken. */
  take({ kind, by, body, seq }: Heard): void {
    if (kind !== 'draft' && kind !== 'snapshot' && kind !== 'cosign') return;
    try {
      readAll(body, (reader) => {
        const [id, generation] = [readHex(reader, 16), reader.u32()];
        // Who comes later begins with the oldest that is still there.
        if (id === this.id && this.fresh) this.generation = generation;
        if (id !== this.id || generation !== this.generation) return void reader.rest();
        this.fresh = false;
        if (kind === 'draft') this.add({ seq, bytes: reader.bytes(stateAtMost) });
        else if (kind === 'snapshot') this.takeOffer(by, reader.rest(), seq);
        else this.agreed(by, reader.rest(), seq);
      });
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }

  private add(update: Update): void {
    try {
      // Looked into apart, so that what cannot be read leaves no half of it in the text.
      Y.decodeUpdate(update.bytes);
      Y.applyUpdate(this.doc, update.bytes);
    } catch {
      throw new Malformed();
    }
    this.updates.push(update);
  }

  /** What a snapshot is made of: the last one, and the updates since with their places. */
  private inputOf(updates: readonly Update[]): Hex {
    const writer = new Writer().bytes(this.state ?? new Uint8Array(0));
    for (const { seq, bytes } of updates) writer.u32(seq).bytes(bytes);
    return hashHex(writer.done());
  }

  /** The frames that may go: those of the updates, and those in which the last snapshot came. */
  private seqsOf(updates: readonly Update[]): number[] {
    return [...this.base, ...updates.map(({ seq }) => seq)];
  }

  /** Offers the text as it is, without what was deleted. It stands in place of nothing until another has made it too. */
  async offer(): Promise<boolean> {
    const updates = this.updates.slice(0, seqsAtMost - 2);
    const state = folded(this.state, updates);
    const seqs = this.seqsOf(updates);
    const { message } = compaction(this.session, hashHex(state), seqs);
    const writer = this.head()
      .u32(this.session.epoch)
      .fixed(hexToBytes(this.inputOf(updates)), 32)
      .bytes(state);
    writer.list(seqs, (seq) => writer.u32(seq));
    writeSignatures(writer, [this.session.signature(message)]);
    return (await this.session.say('snapshot', writer.done())) !== null;
  }

  private takeOffer(by: Hex, rest: Uint8Array, place: number): void {
    readAll(rest, (reader) => {
      const epoch = reader.u32();
      const [input, state] = [readHex(reader, 32), reader.bytes(stateAtMost)];
      const seqs = reader.list(seqsAtMost, () => reader.u32());
      const [signature] = readSignatures(reader, 1);
      if (!signature || signature.by !== by) throw new Malformed();
      const hash = hashHex(state);
      this.offers.set(`${hash}/${by}`, { seq: place, epoch, hash, by, input, seqs, state, signature });
    });
  }

  /** The updates an offer says it is made of; null where they are not what she has. */
  private agrees(offer: Snapshot): Update[] | null {
    const updates = this.updates.filter(({ seq }) => offer.seqs.includes(seq));
    const same = this.seqsOf(updates).join() === offer.seqs.join() && this.inputOf(updates) === offer.input;
    return same && hashHex(folded(this.state, updates)) === offer.hash ? updates : null;
  }

  /** Makes each open offer of another woman again; where it is the same, the older frames go. @returns whether one did */
  async settle(): Promise<boolean> {
    const offer = [...this.offers.values()].find(
      (one) => one.by !== this.session.me && one.epoch === this.session.epoch && this.agrees(one),
    );
    if (!offer) return false;
    const { message } = compaction(this.session, offer.hash, offer.seqs, offer.epoch);
    if (!isSigned(message, offer.signature)) return false;
    const mine = this.session.signature(message);
    const writer = this.head().fixed(hexToBytes(offer.by), 32).fixed(hexToBytes(offer.hash), 32);
    writeSignatures(writer, [mine]);
    return compact(this.session, offer.hash, offer.seqs, [offer.signature, mine], writer.done());
  }

  private agreed(by: Hex, rest: Uint8Array, place: number): void {
    readAll(rest, (reader) => {
      const [first, hash] = [readHex(reader, 32), readHex(reader, 32)];
      const [signature] = readSignatures(reader, 1);
      const offer = this.offers.get(`${hash}/${first}`);
      if (!offer || first === by || signature?.by !== by) throw new Malformed();
      const { message } = compaction(this.session, hash, offer.seqs, offer.epoch);
      if (!isSigned(message, offer.signature) || !isSigned(message, signature)) throw new Malformed();
      // Whoever has the updates looks too; who came later has only the word of these two.
      if (!this.mayBelieve(offer)) {
        this.doubted = true;
        throw new Malformed();
      }
      this.goOn(offer.state, offer.seqs);
      this.base = [offer.seq, place];
    });
  }

  private mayBelieve(offer: Snapshot): boolean {
    const known = new Set([...this.base, ...this.updates.map(({ seq }) => seq)]);
    const missing = offer.seqs.filter((seq) => !known.has(seq));
    if (missing.length === offer.seqs.length) return true;
    // What was said before her time she cannot look into; everything else she must have.
    if (missing.length > 0) return missing.every((seq) => seq <= this.session.unread);
    return this.agrees(offer) !== null;
  }

  /** What came meanwhile stays; a stale phone’s words of before do not come back. */
  private goOn(state: Uint8Array, gone: number[]): void {
    this.updates = this.updates.filter(({ seq }) => !gone.includes(seq));
    this.state = state;
    this.generation++;
    this.offers.clear();
    const doc = new Y.Doc({ gc: true });
    Y.applyUpdate(doc, state);
    for (const { bytes } of this.updates) Y.applyUpdate(doc, bytes);
    const old = this.doc;
    this.doc = doc;
    this.renewed?.(old);
    old.destroy();
  }
}
