import { concatBytes, hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { trackerWords } from '~/db/reference/tracker-words';
import { Malformed } from '~/server/rooms/rules/bytes';
import {
  type Hex,
  hashHex,
  orderKinds,
  type Signature,
  statement,
  writeRotation,
  writeTurn,
} from '~/server/rooms/rules/orders';
import { type Ask, readDone, readReply, type Sent, writeAsk } from '~/server/rooms/rules/wire';
import type { Held } from './held';
import type { Drawn } from './kept';
import { founded, type Meeting, meetingOf, type Plan, signaturesOf, weigh, writeSaid } from './meeting';
import { genesis, messageOf, writeEvents } from './protocol/events';
import { openFrame, sealFrame } from './protocol/frames';
import { boxTo, derive, epochKeys, type MemberKeys, openBox, publicOf, signWith } from './protocol/keys';
import { rotationOf } from './protocol/notes';
import type { Newcomer, Settings, State } from './protocol/state';
import { emptyHanded, type Pays } from './release/tokens';
import { type AskServer, Session } from './session';

const settings: Settings = { retentionDays: 90, historyOpen: false, presence: false, term: 0 };
const meetingDays = 3;
const keyAad = new TextEncoder().encode('founding');

/** The order that opens a room on the server: that of a first change of key, which nobody comes from. */
const firstOrder = (state: State, key: Uint8Array) => ({
  ...rotationOf({ ...state, epoch: 0, turn: -1 }, key).order,
  note: genesis,
});
const orderMessage = (room: Hex, order: ReturnType<typeof firstOrder>) =>
  statement({ room, prev: genesis }, orderKinds.rotated, writeRotation(order));

/**
 * What the three say aloud to each other before they sign: the same words on three phones, or somebody is between.
 * @param gate the key under which this phone was given tokens: where the forum gave another to one of them, the words differ
 */
export const spelled = (plan: Plan, gate: Hex = ''): string[] => {
  const { message } = founded(plan);
  const all = concatBytes(hexToBytes(hashHex(message)), hexToBytes(gate));
  return [...derive(all, 'founding', hexToBytes(plan.room), 8)].map((byte) => trackerWords[byte]!);
};

/**
 * Whether what stands at the place is still what lies in her keyring. One founding has one room: where the drawn one is not
 * there any more, or another is, she may have signed for hers, and nothing is drawn, signed or written in its stead.
 */
export const isStillHers = (drawn: Pick<Drawn, 'room'> | null, { plan }: Pick<Meeting, 'plan'>): boolean =>
  !drawn || plan?.room === drawn.room;

/**
 * Three women found a room from three phones. They meet where eight words lead that one of them says to the others: a
 * place on the blind server like any room, which only these words open, and which is destroyed when they are done.
 * Whoever is cut off anywhere begins again with the same words and finds what stands.
 */
export class Founding {
  private readonly place: ReturnType<typeof meetingOf>;
  private readonly me: Newcomer;
  private readonly session = randomBytes(8);
  private counter = 0;
  private last = 0;

  constructor(
    words: readonly string[],
    private readonly mine: MemberKeys,
    name: string,
    private readonly server: AskServer,
    /** What a founding costs (docs/decisions/115): a token for the place where they meet, one for the room. */
    private readonly purse: Pays = emptyHanded,
  ) {
    this.place = meetingOf(words);
    this.me = { ...publicOf(mine), name };
  }

  private get keys() {
    return epochKeys(this.place.room, 1, this.place.key);
  }
  private frame(body: Uint8Array): Sent {
    const { room } = this.place;
    this.counter++;
    const { session, counter } = this;
    const content = { kind: 'words' as const, head: genesis, session, counter, body };
    const bytes = sealFrame({ room, epoch: 1, words: this.keys.words }, this.mine, content);
    return { bytes, erase: hashHex(randomBytes(32)), days: meetingDays };
  }
  private async post(body: Uint8Array): Promise<boolean> {
    const ask = writeAsk({ op: 'send', access: this.keys.access, frame: this.frame(body) });
    return readDone(await this.server(ask)) > 0;
  }

  private pay = (ask: Omit<Extract<Ask, { op: 'found' }>, 'token'>): Promise<boolean> =>
    this.purse.spend(async (token) => readDone(await this.server(writeAsk({ ...ask, token }))) > 0);

  /** Makes the place where they meet, which may stand already. @returns whether it is there */
  async open(): Promise<boolean> {
    const { room, key, state, stewards } = this.place;
    const order = firstOrder(state, key);
    const message = orderMessage(room, order);
    const signatures = stewards.map((one) => signWith(one, message));
    const frame = this.frame(writeSaid({ kind: 'here', ...this.me }));
    if ((await this.look()) !== null) return true;
    await this.pay({ op: 'found', room, order, signatures, prev: genesis, frame });
    return (await this.look()) !== null;
  }

  /** What stands there; null where these words lead nowhere. */
  async look(): Promise<Meeting | null> {
    const { room } = this.place;
    const said: { by: Hex; body: Uint8Array }[] = [];
    for (let after = 0; ; ) {
      const nobody = { prev: genesis, proof: [] };
      const reply = readReply(
        await this.server(writeAsk({ op: 'read', access: this.keys.access, after, ...nobody })),
      );
      if ('note' in reply) return null;
      for (const { seq, bytes } of reply.page.frames) {
        after = seq;
        try {
          const { by, body } = openFrame({ room, epoch: 1, words: this.keys.words }, bytes);
          said.push({ by, body });
        } catch (error) {
          if (!(error instanceof Malformed)) throw error;
        }
      }
      this.last = reply.page.last;
      if (!reply.page.more) return weigh(said);
    }
  }

  /** She is there, with the keys and the name she will have in the room. */
  async arrive(): Promise<boolean> {
    const meeting = await this.look();
    if (!meeting) return false;
    if (meeting.here.some(({ sign }) => sign === this.me.sign)) return true;
    return this.post(writeSaid({ kind: 'here', ...this.me }));
  }

  /** Whether it is for her to draw the room: who came first does it. */
  isFirst = ({ here }: Meeting): boolean => here[0]?.sign === this.me.sign;

  /** Draws the room's number and key, once all three are there; the key is sealed to each. */
  async draw({ here }: Meeting, title: string): Promise<boolean> {
    const key = randomBytes(32);
    const boxes = here.map(({ seal }) => boxTo(seal, keyAad, key));
    const room = hashHex(randomBytes(32)).slice(0, 32);
    return this.post(writeSaid({ kind: 'plan', room, title, founders: here, settings, boxes }));
  }

  /** What is to be in her keyring before she signs: with it the room is hers as soon as it stands. */
  drawn(plan: Plan): Drawn | null {
    const key = this.opened(plan);
    return key && { room: plan.room, key, state: founded(plan).state };
  }
  /**
   * Whether the room that is in her keyring stands: also where the others have changed its key before she came.
   * @returns what she opens it with
   */
  async stands({ room, key, state }: Drawn): Promise<Held | null> {
    // The first frame of a room is its founding, which the state holds already.
    const held = { room, epoch: 1, key, mine: this.mine, after: 1, state };
    return (await new Session(held, this.server).catchUp()) ? held : null;
  }

  private opened(plan: Plan): Uint8Array | null {
    const at = plan.founders.findIndex(({ sign }) => sign === this.me.sign);
    const key = at < 0 ? null : openBox(this.mine, keyAad, plan.boxes[at]!);
    return key?.length === 32 ? key : null;
  }

  /**
   * She has heard the same words from the other two, and signs: the founding, and the order to the server.
   * @param drawn what lies in her keyring: she signs for nothing else
   */
  async sign(plan: Plan, drawn: Drawn | null): Promise<boolean> {
    const key = this.opened(plan);
    if (!key || drawn?.room !== plan.room) return false;
    const { message, state } = founded(plan);
    const signatures: Signature[] = [
      signWith(this.mine, message),
      signWith(this.mine, orderMessage(plan.room, firstOrder(state, key))),
    ];
    return this.post(writeSaid({ kind: 'signed', signatures }));
  }
  signed = ({ signed }: Meeting): boolean => signed.has(this.me.sign);

  /** All three have signed: any of them asks for the room, and whoever comes second finds it. @returns what she keeps */
  async found(meeting: Meeting): Promise<Held | null> {
    const { plan } = meeting;
    const key = plan && this.opened(plan);
    if (!plan || !key) return null;
    const { event, state } = founded(plan);
    const order = firstOrder(state, key);
    const signatures = signaturesOf(meeting, 1, orderMessage(plan.room, order));
    const whole = { ...event, signatures: signaturesOf(meeting, 0, messageOf(plan.room, event)) };
    if (signatures.length < 3 || whole.signatures.length < 3) return null;
    const { words } = epochKeys(plan.room, 1, key);
    const content = { kind: 'roster' as const, head: genesis, session: randomBytes(8), counter: 1 };
    const frame = {
      bytes: sealFrame({ room: plan.room, epoch: 1, words }, this.mine, {
        ...content,
        body: writeEvents([whole]),
      }),
      erase: hashHex(randomBytes(32)),
      days: settings.retentionDays,
    };
    // Done by her, or by another before her: whether it stands is seen by reading.
    const drawn = { room: plan.room, key, state };
    const there = await this.stands(drawn);
    if (there) return there;
    await this.pay({ op: 'found', room: plan.room, order, signatures, prev: genesis, frame });
    return this.stands(drawn);
  }

  /** She has seen that it stands. The last of the three to say so destroys the place; nothing of it is needed any more. */
  async leave(): Promise<void> {
    await this.post(writeSaid({ kind: 'in' }));
    const meeting = await this.look();
    if (meeting && meeting.inside.size >= 3) await this.end();
  }

  /** Destroys the place where they met: when they are done, or when they leave it. */
  async end(): Promise<void> {
    const { room, stewards } = this.place;
    await this.look();
    const body = writeTurn({ turn: 1 });
    const message = statement({ room, prev: genesis }, orderKinds.destroyed, body);
    const signatures = stewards.slice(0, 2).map((one) => signWith(one, message));
    const order = {
      seen: this.last,
      kind: orderKinds.destroyed,
      prev: genesis,
      body,
      signatures,
      frame: this.frame(new Uint8Array(0)),
    };
    await this.server(writeAsk({ op: 'order', access: this.keys.access, order, note: null }));
  }
}
