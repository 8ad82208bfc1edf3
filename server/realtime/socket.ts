import type { WebSocket } from 'ws';
import { logError } from '../log';
import { ownerTag } from '../session';
import type { Outcome } from './commits';
import { Malformed } from './document';
import { type Ground, standsOn } from './ground';
import type { Peers } from './peers';
import type { Stretch } from './pens';
import type { Identity } from './presence';
import {
  aliveFrame,
  answerAtMost,
  closed,
  decode,
  deniedFrame,
  frameAtMost,
  isAnswer,
  isEmpty,
  type Message,
  nothingFrame,
  placeOf,
  rightFrame,
  type Said,
  savedFrame,
  step1Frame,
  step2Frame,
  updateFrame,
  upToFrame,
  waitingFrame,
  wholeFrame,
} from './protocol';

/** What was decided about a socket: it stands until an event drops it. */
export type Decision = {
  textId: string;
  right: 'edit' | 'read';
  personId: string | null;
  sessionId: string | null;
  /** Null: neither tells who is here nor is told. */
  identity: Identity | null;
};

const queuedAtMost = 1024 * 1024;
// A peer that does not answer our closing is cut, with whatever was still on its way to it.
const closeWithinMs = 1000;

/** One client at one text: its frames in their order, what of it is durable, and how it ends. */
export class Socket {
  decision: Decision | null = null;
  gone = false;
  private peers: Peers | null = null;
  private alive = true;
  private resting = false;
  private working = false;
  private toldAt = Date.now();
  private readonly inbox: Uint8Array[] = [];
  /** Updates are numbered as they come; those in `open` are not durable yet. */
  private received = 0;
  private readonly open = new Set<number>();
  private lastSeq = 0;
  private ackDue = false;
  private toldWaiting = false;
  /** The place up to which it has been told; null until it has been told the text. */
  private place: number | null = null;
  /** The client it said it is. */
  private client: number | null = null;
  /** What the text is known to have, while that is so. */
  private ground: Ground | null = null;

  constructor(
    readonly ws: WebSocket,
    readonly address: string,
    private readonly left: (socket: Socket) => void,
  ) {
    ws.binaryType = 'nodebuffer';
    ws.on('message', (data: Buffer, binary) => this.take(data, binary));
    ws.on('pong', () => {
      this.alive = true;
    });
    ws.on('error', () => this.end());
    ws.on('close', () => this.end());
  }

  get identity(): Identity | null {
    return this.decision?.identity ?? null;
  }

  /** Frames are worked on from here on; those that came before waited. */
  begin(decision: Decision, peers: Peers): void {
    this.decision = decision;
    this.peers = peers;
    this.send(rightFrame(decision.right === 'edit', decision.personId ? ownerTag(decision.personId) : ''));
    peers.join(this);
    void this.work();
  }

  send(frame: Uint8Array): void {
    if (this.gone) return;
    if (this.ws.bufferedAmount > queuedAtMost) {
      this.close(closed.again);
      return;
    }
    this.toldAt = Date.now();
    this.ws.send(frame);
  }

  close(code: number): void {
    if (this.gone) return;
    this.ws.close(code);
    const cut = setTimeout(() => this.ws.terminate(), closeWithinMs);
    this.ws.once('close', () => clearTimeout(cut));
    this.end();
  }

  /** Takes nothing more; what it took is still written down and acknowledged. */
  rest(): void {
    this.resting = true;
    this.inbox.length = 0;
  }

  /** Every `ms`: whoever did not answer the last ping is cut; the others hear something. */
  beat(ms: number): void {
    if (!this.alive) this.ws.terminate();
    else {
      this.alive = false;
      this.ws.ping();
      if (this.decision && Date.now() - this.toldAt >= ms) this.send(aliveFrame);
    }
  }

  private end(): void {
    if (this.gone) return;
    this.gone = true;
    this.inbox.length = 0;
    this.peers?.part(this);
    this.left(this);
    // A paused connection would not see the other side close.
    this.ws.resume();
  }

  private take(data: Buffer, binary: boolean): void {
    if (this.gone || this.resting) return;
    if (!binary) this.close(closed.malformed);
    else if (data.length > (isAnswer(data) ? answerAtMost : frameAtMost)) this.close(closed.tooLarge);
    else {
      this.inbox.push(data);
      if (this.decision && !this.working) void this.work();
      else this.ws.pause();
    }
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let frame = this.inbox.shift(); frame && !this.gone; frame = this.inbox.shift()) {
        const unfinished = this.handle(decode(frame));
        if (unfinished) await unfinished;
      }
    } catch (error) {
      if (!(error instanceof Malformed)) logError('socket', error);
      this.close(error instanceof Malformed ? closed.malformed : closed.again);
    } finally {
      this.working = false;
      if (!this.gone) this.ws.resume();
    }
  }

  private handle(message: Message): Promise<void> | undefined {
    const writer = this.decision!.right === 'edit';
    if (message.kind === 'step1') return this.answer(message.vector);
    if (message.kind === 'resume') return this.resume(message.place);
    if (message.kind === 'whole') return this.giveWhole();
    if (message.kind === 'query') this.peers!.presence.greet(this);
    else if (message.kind === 'presence') {
      if (writer) this.isHere(message.said);
    } else if (isEmpty(message.bytes)) this.settle(++this.received);
    else if (!writer) this.send(deniedFrame('read-only'));
    else if (message.kind === 'update')
      return this.keepOwn(message.bytes, message.stretches, ++this.received);
    else return this.keepNovel(message.bytes, message.stretches, ++this.received);
    return undefined;
  }

  private isHere(said: readonly Said[]): void {
    this.peers!.presence.say(this, said);
    const here = this.client === null && said.find((one) => one.here);
    if (!here) return;
    this.client = here.client;
    this.peers!.pens.claim(here.client, this.decision!.personId!);
  }

  /** What she writes now, in her own client's id. */
  private keepOwn(bytes: Uint8Array, stretches: Stretch[], number: number): Promise<void> | undefined {
    const person = this.decision!.personId!;
    const { pens } = this.peers!;
    if (!pens.are(person, stretches)) return this.keepUnlessForeign(bytes, stretches, number);
    for (const { client } of stretches) pens.claim(client, person);
    return this.place === null ? this.keepStanding(bytes, number) : this.keep(bytes, number);
  }

  private async keepUnlessForeign(bytes: Uint8Array, stretches: Stretch[], number: number): Promise<void> {
    this.open.add(number);
    const person = this.decision!.personId!;
    if (await this.peers!.foreign(person, stretches)) return this.close(closed.foreign);
    if (this.gone) return;
    for (const { client } of stretches) this.peers!.pens.claim(client, person);
    await (this.place === null ? this.keepStanding(bytes, number) : this.keep(bytes, number));
  }

  private async answer(vector: Uint8Array): Promise<void> {
    const { state, update } = await this.peers!.missing(vector);
    this.send(step2Frame(update));
    if (this.decision!.right === 'edit') this.send(step1Frame(state.vector));
    this.place ??= 0;
    this.tellPlace(placeOf(state.seq, state.mark));
  }

  private async giveWhole(): Promise<void> {
    const { seq, mark, packed } = await this.peers!.whole();
    const place = placeOf(seq, mark);
    this.place = Math.max(this.place ?? 0, place);
    this.send(wholeFrame(place, packed));
  }

  private async resume(from: number): Promise<void> {
    const since = await this.peers!.since(from, this.decision!.right === 'read');
    if (!since) return this.answer(new Uint8Array([0]));
    for (const update of since.updates) this.send(updateFrame(update));
    this.send(nothingFrame);
    this.place ??= 0;
    this.tellPlace(since.place, true);
  }

  /** Everything up to this place has been sent to it, or has come from it. */
  tellPlace(place: number, again = false): void {
    if (this.place === null || (place <= this.place && !again)) return;
    this.place = place;
    this.send(upToFrame(place));
  }

  private keep(bytes: Uint8Array, number: number): Promise<void> | undefined {
    this.open.add(number);
    return this.offer(bytes, number) ? undefined : this.keepWhenDrained(bytes, number);
  }

  private offer(bytes: Uint8Array, number: number): boolean {
    const entry = { author: this.decision!.personId, bytes };
    return this.peers!.accept(this, entry, (outcome) => this.outcome(number, outcome));
  }

  /** Somebody pastes a whole book: nothing more is read from her until what waits has been written. */
  private async keepWhenDrained(bytes: Uint8Array, number: number): Promise<void> {
    do {
      if (!(await this.peers!.drained())) this.close(closed.again);
      if (this.gone) return;
    } while (!this.offer(bytes, number));
  }

  /**
   * Who has not asked for the text brings what was written elsewhere. It is kept where it stands on what the text
   * has, and else refused, since she lets go of what she is told is saved.
   */
  private async keepStanding(bytes: Uint8Array, number: number): Promise<void> {
    this.open.add(number);
    if (!this.ground || !standsOn(this.ground, bytes)) {
      this.ground = await this.peers!.ground();
      if (this.gone) return;
      if (!standsOn(this.ground, bytes)) return this.close(closed.adrift);
    }
    await this.keep(bytes, number);
  }

  /** The answer to our step 1 repeats every deletion ever made: only what the log lacks is kept and told. */
  private async keepNovel(bytes: Uint8Array, stretches: Stretch[], number: number): Promise<void> {
    this.open.add(number);
    // Who brings it herself will be back; until then her place in the text is kept for her.
    if (!this.peers!.carries() && (await this.peers!.foreign(this.decision!.personId!, stretches)))
      return this.close(closed.again);
    const novel = await this.peers!.novel(bytes);
    if (this.gone) return;
    if (novel) {
      this.peers!.pens.hear(novel);
      await this.keep(novel, number);
    } else this.settle(number);
  }

  private outcome(number: number, outcome: Outcome): void {
    if (outcome === 'gone') this.close(closed.again);
    else if (outcome === 'waiting') {
      if (!this.toldWaiting) this.send(waitingFrame);
      this.toldWaiting = true;
    } else {
      this.lastSeq = outcome.seq;
      this.toldWaiting = false;
      this.settle(number);
    }
  }

  private settle(number: number): void {
    this.open.delete(number);
    if (this.ackDue) return;
    this.ackDue = true;
    // Once for all that became durable in this turn.
    setImmediate(() => {
      this.ackDue = false;
      const [first] = this.open;
      this.send(savedFrame(first === undefined ? this.received : first - 1, this.lastSeq));
    });
  }
}
