import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { Malformed } from '~/server/rooms/rules/bytes';
import {
  type Hex,
  hashHex,
  isParting,
  orderKinds,
  type Parting,
  type Signature,
  statement,
  writeTurn,
} from '~/server/rooms/rules/orders';
import { type Ask, type Kept, readDone, readReply, type Sent, writeAsk } from '~/server/rooms/rules/wire';
import { type Admitted, type Held, holdOf, keysOf, type Reached, wipe } from './held';
import { admittedBy } from './newcomers';
import {
  changeOfKey,
  completeRotation,
  pauseOrOpen,
  readProposal,
  whisperAad,
  writeProposal,
} from './proposals';
import {
  type Act,
  authenticate,
  type Event,
  genesis,
  hashOf,
  messageOf,
  readEvents,
  type SignedEvent,
  writeEvents,
} from './protocol/events';
import { type Frame, type FrameKind, lookAtFrames, openFrame, sealFrame } from './protocol/frames';
import { boxTo, type EpochKeys, eraseToken, openBox, publicOf, signWith } from './protocol/keys';
import { isTrueRotation, openNote } from './protocol/notes';
import { isMember, isSteward, type Refusal, reduce } from './protocol/roster';
import type { State } from './protocol/state';

/** One question to the server and its answer: `fetch` in the browser. */
export type AskServer = (body: Uint8Array) => Promise<Uint8Array>;
export type { Held } from './held';
/** What is to be said to her in plain words. */
export type Alarm = 'unknown_head' | 'wrong_rotation' | 'replayed' | 'closed';
export type Heard = Frame & { seq: number };

/** One woman’s sitting in one room: what she holds, what she hears, what she says. Knows no page and no network. */
export class Session {
  state: State | null;
  epoch: number;
  after: number;
  readonly me: Hex;
  readonly heard: Heard[] = [];
  readonly alarms: Alarm[] = [];
  readonly admitted: Admitted[] = [];
  /** Who was a member and is none any more. */
  readonly former = new Map<Hex, string>();
  private readonly partings = new Map<Hex, Parting>();
  private readonly heads = new Set<Hex>();
  private readonly last = new Map<string, number>();
  private readonly session = randomBytes(8);
  private counter = 0;
  private shows = false;
  private catching: Promise<unknown> = Promise.resolve();
  /** Of each epoch she has the key to: how it was reached, until its first frame has been seen. */
  private readonly epochs = new Map<number, Reached>();
  /** Place of the first frame under the newest key. */
  keySeq = 0;
  /** Place of the last frame that she has no key to: from before her time. */
  unread = 0;
  /** The newest epoch of which a frame has come. */
  private newest = 0;

  /** @param trusted whose signatures a newcomer believes at first: the stewards her invite names */
  constructor(
    readonly held: Held,
    readonly server: AskServer,
    private readonly trusted: Hex[] = [],
  ) {
    ({ state: this.state, epoch: this.epoch } = held);
    this.after = held.past ? 0 : held.after;
    for (const { epoch, key } of held.past?.keys ?? []) this.epochs.set(epoch, { key, unproven: null });
    for (const { sign, name } of held.past?.former ?? []) this.former.set(sign, name);
    for (const head of held.past?.heads ?? []) this.heads.add(head);
    this.epochs.set(held.epoch, { key: held.key, unproven: null });
    this.me = publicOf(held.mine).sign;
    if (this.state) this.heads.add(this.state.head);
    for (const one of held.owed ?? []) this.admitted.push({ ...one, note: null });
  }

  get keys(): EpochKeys {
    return this.keysOf(this.epoch)!;
  }
  /** What opens an epoch; null where she has no key to it. */
  keysOf(epoch: number): EpochKeys | null {
    const reached = this.epochs.get(epoch);
    return reached ? keysOf(this.held.room, epoch, reached) : null;
  }
  isKeyOf = (epoch: number, key: Uint8Array): boolean => this.epochs.get(epoch)?.key.join() === key.join();
  private get unproven(): boolean {
    return this.epochs.get(this.epoch)!.unproven !== null;
  }
  private get place() {
    return { room: this.held.room, epoch: this.epoch, words: this.keys.words };
  }

  /** What her keyring is to hold from now on: all that she has weighed, up to the last key that was proven. */
  hold(): Held {
    return holdOf(this.held, this, this.epochs, this.heads);
  }
  /** Overwrites every key there is: as if she had never come. */
  forget(): void {
    for (const reached of this.epochs.values()) wipe(reached);
    for (const part of Object.values(this.held.mine)) part.fill(0);
    this.heard.length = 0;
    this.state = null;
  }

  /** What lets her in now; for the body of a question, never for an address. */
  access(): Uint8Array {
    return this.keys.access;
  }

  /** What to ask to be told everything since, over a socket as well. */
  reading(): Uint8Array {
    const state = this.epochs.get(this.epoch)!.unproven?.checkpoint ?? this.state;
    const prev = state?.head ?? genesis;
    // She shows who she is only to a frozen room: else whoever runs the server would be told each time which steward is there.
    const shown = this.able && (this.shows || state?.frozen);
    const proof = shown ? [this.proof(prev)] : [];
    return writeAsk({ op: 'read', access: this.keys.access, after: this.after, prev, proof });
  }

  /** Whether a frozen room is open to her: to its stewards, and to those who follow. */
  private get able(): boolean {
    const state = this.epochs.get(this.epoch)!.unproven?.checkpoint ?? this.state;
    return state !== null && (isSteward(state, this.me) || state.successors.includes(this.me));
  }

  private proof(prev: Hex): Signature {
    const body = writeTurn({ turn: this.epoch });
    return signWith(this.held.mine, statement({ room: this.held.room, prev }, orderKinds.read, body));
  }

  /** Asks until there is nothing more, through as many changes of the key as there were. @returns whether she is in. */
  catchUp(): Promise<boolean> {
    // One after another: two that were given the same note would both go over, and the later one find no door.
    const mine = this.catching.then(() => this.catchUpNow());
    this.catching = mine.catch(() => {});
    return mine;
  }
  private async catchUpNow(): Promise<boolean> {
    for (let turns = 0; turns < 10_000; turns++) {
      const reply = readReply(await this.server(this.reading()));
      if ('note' in reply) {
        // It may have been frozen since: asked once more, as who she is, before she believes that it is closed.
        const again = !this.shows && this.able && !openNote(this.held.room, this.held.mine, reply.note);
        this.shows = again;
        if (!again && !this.goOver(reply.note)) return false;
        continue;
      }
      const wordsOf = (epoch: number) => this.keysOf(epoch)?.words ?? null;
      await lookAtFrames(this.held.room, wordsOf, reply.page.frames);
      for (const kept of reply.page.frames) this.take(kept);
      if (reply.page.more) continue;
      this.after = Math.max(this.after, reply.page.last);
      this.shows = false;
      return true;
    }
    return false;
  }

  /** To the next epoch, where a box of the note is hers. */
  goOver(note: Uint8Array): boolean {
    const opened = openNote(this.held.room, this.held.mine, note);
    // A note of an older epoch, given again, leads nowhere.
    if (!opened || (this.state && opened.state.epoch !== this.epoch + 1)) {
      this.alarms.push('closed');
      return false;
    }
    this.epoch = opened.state.epoch;
    this.epochs.set(this.epoch, { key: opened.key, unproven: { note, checkpoint: opened.state } });
    return true;
  }

  /** One frame as the server gave it. What is not of this room, its members and its order is dropped. */
  take(kept: Kept): void {
    if (kept.seq <= this.after) return;
    this.after = kept.seq;
    const reached = this.epochs.get(kept.epoch);
    if (kept.seq > this.held.after) this.newest = Math.max(this.newest, this.held.epoch);
    // After a change of key nothing of the old one counts: whoever was removed still has it.
    if (!reached) this.unread = kept.seq;
    else if (reached.unproven) reached.from ??= kept.seq;
    if (!reached || kept.epoch < this.newest) return;
    try {
      const { words } = keysOf(this.held.room, kept.epoch, reached);
      const frame = openFrame({ room: this.held.room, epoch: kept.epoch, words }, kept.bytes);
      if (kept.epoch > this.newest || this.keySeq === 0) this.keySeq = kept.seq;
      this.newest = kept.epoch;
      this.weigh(frame, kept.seq, reached);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }

  private weigh(frame: Frame, seq: number, reached: Reached): void {
    const line = `${frame.by}/${bytesToHex(frame.session)}`;
    if (frame.counter <= (this.last.get(line) ?? 0)) {
      this.alarms.push('replayed');
      return;
    }
    this.last.set(line, frame.counter);
    if (seq <= this.held.after && this.state && !reached.unproven) {
      // Weighed on an earlier day: only who said it is looked at again.
      const known = isMember(this.state, frame.by) || this.former.has(frame.by);
      if (frame.kind === 'roster') for (const event of readEvents(frame.body)) this.part(event);
      else if (known) this.heard.push({ ...frame, seq });
      return;
    }
    const begins = this.state === null;
    if (frame.kind === 'roster') this.takeEvents(readEvents(frame.body));
    // The first thing she sees was written under a head from before her time.
    if (begins) this.heads.add(frame.head);
    if (!this.state || reached.unproven || !isMember(this.state, frame.by)) return;
    if (!this.heads.has(frame.head)) this.alarms.push('unknown_head');
    else if (frame.kind !== 'roster' && this.mayBeHeard(frame)) this.heard.push({ ...frame, seq });
  }

  /** Frozen, only what stewards tell each other. */
  private mayBeHeard({ kind, by }: Frame): boolean {
    const { frozen, stewards, successors } = this.state!;
    return !frozen || (kind === 'whisper' && (stewards.includes(by) || successors.includes(by)));
  }

  private takeEvents(events: SignedEvent[]): void {
    for (const event of events) {
      const { act } = event;
      const hash = hashOf(this.held.room, event);
      const reached = act.kind === 'rotated' ? this.epochs.get(act.epoch) : undefined;
      if (
        act.kind === 'rotated' &&
        !isTrueRotation(this.held.room, this.state, event, reached, this.trusted)
      ) {
        this.alarms.push('wrong_rotation');
        return;
      }
      if (!this.state && reached?.unproven) {
        // A newcomer begins with the checkpoint that two whom she trusts have signed.
        this.state = { ...reached.unproven.checkpoint, head: hash };
      } else {
        const next = this.judge(event);
        if (typeof next === 'string') continue;
        this.note(this.state, next, act.kind === 'rotated' ? reached?.unproven?.note : undefined);
        this.state = next;
        this.part(event);
      }
      if (reached) reached.unproven = null;
      this.heads.add(hash);
    }
  }

  /** What a woman signed when she went by herself, until the key has been changed. */
  private part({ prev, act, signatures }: SignedEvent): void {
    if (act.kind !== 'left' || !this.state?.gone.includes(act.by)) return;
    const signature = signatures.find(({ by }) => by === act.by);
    if (signature && isParting(this.held.room, { prev, signature }))
      this.partings.set(act.by, { prev, signature });
  }
  /** Who has gone by herself since the key was changed, as she signed it. */
  parted(): Parting[] {
    return [...this.partings].flatMap(([by, parting]) => (this.state?.gone.includes(by) ? [parting] : []));
  }

  /** Who went, and who comes: the note that opens for her is to be left where she knocked. */
  private note(before: State | null, next: State, note: Uint8Array | undefined): void {
    for (const { sign, name } of before?.members ?? [])
      if (!isMember(next, sign)) this.former.set(sign, name);
    if (note) this.admitted.push(...admittedBy(before, next.epoch, note));
  }

  sealed(kind: FrameKind, body: Uint8Array, place = this.place): Sent {
    this.counter++;
    const { session, counter, held } = this;
    const frame = { kind, head: this.state!.head, session, counter, body };
    return {
      bytes: sealFrame(place, held.mine, frame),
      erase: hashHex(eraseToken(held.mine, session, counter)),
      days: this.state!.settings.retentionDays,
    };
  }

  /** @returns the token with which it can be erased; null where it was not kept, or where the key must be changed first */
  async say(kind: FrameKind, body: Uint8Array): Promise<Uint8Array | null> {
    // Under a key whose boxes she has not made herself and compared, she says nothing: a stranger may have it.
    if (!this.state || this.unproven || !this.maySay(kind)) return null;
    const ask = this.sending(this.sealed(kind, body));
    const token = eraseToken(this.held.mine, this.session, this.counter);
    return readDone(await this.server(ask)) ? token : null;
  }

  /** What leads to a new key is said under a stale one too; a whisper is sealed to stewards besides. */
  private maySay(kind: FrameKind): boolean {
    const { dirty, frozen } = this.state!;
    if (frozen) return kind === 'whisper';
    return !dirty || kind === 'whisper' || kind === 'accord';
  }

  private sending(frame: Sent): Uint8Array {
    const { access } = this.keys;
    if (!this.state?.frozen) return writeAsk({ op: 'send', access, frame });
    const prev = this.state.head;
    return writeAsk({ op: 'tell', access, frame, prev, proof: [this.proof(prev)] });
  }

  /** @returns whether the server has said that it is gone */
  async erase(token: Uint8Array): Promise<boolean> {
    return readDone(await this.server(writeAsk({ op: 'erase', token }))) > 0;
  }

  signed(act: Act, prev = this.state!.head): SignedEvent {
    const event: Event = { prev, act };
    return { ...event, signatures: [signWith(this.held.mine, messageOf(this.held.room, event))] };
  }
  /** Adds her signature to what another has signed. */
  coSigned(event: SignedEvent): SignedEvent {
    const mine = signWith(this.held.mine, messageOf(this.held.room, event));
    return { ...event, signatures: [...event.signatures, mine] };
  }

  /** Writes an event into the roster; it counts when it comes back from the server, for her as for all. */
  async enter(event: SignedEvent): Promise<boolean> {
    const frame = this.sealed('roster', writeEvents([event]));
    return readDone(await this.server(this.sending(frame))) > 0;
  }

  /** What the roster would be after this event, or why it counts for nothing. */
  judge(event: SignedEvent): State | Refusal {
    const { room } = this.held;
    return reduce(room, this.state, event, authenticate(room, event), hashOf(room, event));
  }
  /** Whether this event is the last of the roster, or one that others have followed. */
  hasHead = (event: Event): boolean => this.heads.has(hashOf(this.held.room, event));

  /** Gives an order until nothing came before it, or the roster has gone on: then it must be signed anew. */
  async insist(on: Hex, order: (seen: number) => Ask): Promise<boolean> {
    for (let tries = 0; tries < 20; tries++) {
      if (!(await this.catchUp()) || this.state?.head !== on) return false;
      const seen = this.after;
      if (readDone(await this.server(writeAsk(order(seen))))) return true;
      // Nothing had come before it, not even while it was on its way: it was refused for what it is.
      if (!(await this.catchUp()) || this.after === seen) return false;
    }
    return false;
  }

  /** A freeze, signed by one steward, or its end, signed by two: an order to the server and an event, in one. */
  give = (event: SignedEvent): Promise<boolean> => pauseOrOpen(this, event);
  signature = (message: Uint8Array): Signature => signWith(this.held.mine, message);

  /** The first half of a change of key: what goes before it (a removal), the order, and the new key, for one steward. */
  propose(before: SignedEvent[], to: Hex): Uint8Array {
    const proposal = changeOfKey(this, before);
    return boxTo(
      this.state!.members.find(({ sign }) => sign === to)!.seal,
      whisperAad,
      writeProposal(proposal),
    );
  }

  /** The other half: she makes it again herself, compares, signs, and the server goes over at once. */
  async complete(box: Uint8Array): Promise<boolean> {
    const content = openBox(this.held.mine, whisperAad, box);
    if (!content) return false;
    const proposal = readProposal(content);
    return proposal.kind === 'rotation' && completeRotation(this, proposal);
  }
}
