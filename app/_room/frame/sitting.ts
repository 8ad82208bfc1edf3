import type { Made } from '~/app/_keyring/frame/dom';
import type { Host } from '~/app/_keyring/frame/host';
import { listenButton, quiet } from '~/app/_keyring/frame/voice';
import type { Hex } from '~/server/rooms/rules/orders';
import { entryKinds } from '../entry';
import { type KeptRoom, readFounding, readRoom, writeRoom } from '../kept';
import { answerNewcomers } from '../newcomers';
import type { State } from '../protocol/state';
import { isLaidFor } from '../release/laid';
import { paying } from '../release/tokens';
import { busy } from './busy';
import type { Ctx, Said, Sent } from './context';
import { bringInKnocks } from './door';
import { types } from './messages';
import { ask, type Line, listen, NoNetwork } from './net';
import { getUp, sitDown } from './parked';
import { lookAfter } from './release/apart';
import { sweep } from './remains';
import { roomScreen } from './talk';
import { takeTitle, tellTitle } from './title';
import { hears, type Say } from './words';

const [keepAfterMs, doorMs] = [4000, 20_000];
const provenAfterMs = [300, 1500];
/** By what it is known whether the keyring has to be written: where the roster stands, and who is owed an answer. */
const markOf = (state: State | null, owed: readonly { id: Hex }[]): string =>
  [state?.head ?? '', ...owed.map(({ id }) => id)].join();

/** One woman sits down in one room: what every screen of it is given. Nothing of it outlives the frame's lock. */
export function enterRoom(host: Host, say: Say, kept: KeptRoom, message: HTMLElement | null = null): void {
  const { room } = kept.held;
  const server = paying(ask, () => host.purse());
  const inKeyring = markOf(kept.held.state, kept.held.owed ?? []);
  const { session, gone } = sitDown(host, kept.held, server);
  let title = kept.title;
  let line: Line = 'away';
  let heard: (() => void)[] = [];
  let timer = 0;
  let over = false;
  // Who comes for the first time after its founding has it there in another form still (founding.ts); not who only went to
  // «Mi espacio» and is back in the same sitting, in which nothing is written beside the founding.
  let written = kept.held.past || session.held !== kept.held ? inKeyring : '';

  const write = async () => {
    clearTimeout(timer);
    timer = 0;
    if (over || !session.state) return;
    const mark = markOf(session.state, session.admitted);
    const bytes = writeRoom({ title, held: session.hold() });
    const entry = { kind: entryKinds.room, bytes };
    // What another phone of hers has taken out meanwhile is not put back by this one.
    await host.keep((entries) => entries.map((one) => (isThis(one) ? entry : one)));
    written = mark;
  };
  // Founded a moment ago, it still lies there as a founding.
  const isThis = ({ kind, bytes }: { kind: number; bytes: Uint8Array }) =>
    (kind === entryKinds.room && readRoom(bytes).held.room === room) ||
    (kind === entryKinds.founding && readFounding(bytes).drawn?.room === room);
  /** What has changed for good is written soon, not at once: the moment tells less that way. */
  const writeSoon = () => {
    if (timer || over || markOf(session.state, session.admitted) === written) return;
    timer = window.setTimeout(() => void write().catch(() => {}), keepAfterMs * (0.5 + Math.random()));
  };

  let answersFrom = 0;
  /** Once at a time; what does not get there is owed still, and is brought when something is heard some seconds later. */
  async function letIn(): Promise<void> {
    if (session.admitted.length === 0 || performance.now() < answersFrom) return;
    answersFrom = Number.POSITIVE_INFINITY;
    await answerNewcomers(session).catch(() => {});
    answersFrom = session.admitted.length > 0 ? performance.now() + doorMs : 0;
    writeSoon();
  }
  const welcomed = new Set((kept.held.owed ?? []).map(({ id }) => id));
  const hearing = listen(session, (now) => {
    line = now;
    const fresh = session.admitted.filter(({ id }) => !welcomed.has(id));
    for (const { id } of fresh) welcomed.add(id);
    if (fresh.length > 0) tellTitle(ctx, () => over);
    takeTitle(ctx);
    lookAfter(ctx, () => over);
    void letIn();
    sweep(ctx, () => over);
    writeSoon();
    for (const one of heard) one();
  });
  let round = 0;
  const door = window.setInterval(() => {
    void bringInKnocks(ctx, round++).catch(() => {});
    void letIn();
  }, doorMs);
  const leave = () => {
    if (over) return;
    over = true;
    clearInterval(door);
    clearTimeout(timer);
    hearing.stop();
    quiet();
    heard = [];
  };
  host.onLock(leave);

  const ctx: Ctx = {
    session,
    host,
    say,
    title: () => title,
    line: () => line,
    show(heading, ...children) {
      // An answer that came after the lock puts nothing of the room on the screen again.
      if (over) return;
      heard = [];
      quiet();
      host.show(heading, listenButton(hears(say)), ...(children as Made[]));
    },
    back(message = null) {
      if (!over) roomScreen(ctx, message);
    },
    listen: (one) => void heard.push(one),
    name(key) {
      const there = session.state?.members.find(({ sign }) => sign === key)?.name;
      const gone = session.former.get(key);
      return there ?? (gone === undefined ? say('nobody') : say('former', { name: gone }));
    },
    said() {
      const all = session.heard.filter(({ kind, body }) => kind === 'words' && body.length > 0);
      const said = all.map(
        (frame): Said => ({
          type: frame.body[0]!,
          body: frame.body.subarray(1),
          seq: frame.seq,
          by: frame.by,
          mine: frame.by === session.me,
          frame,
        }),
      );
      const gone = new Set(
        said
          .filter(({ type }) => type === types.erased)
          .map(({ by, body }) => `${by}/${new TextDecoder().decode(body)}`),
      );
      return said.filter(
        ({ by, seq, type }) => type !== types.erased && !gone.has(`${by}/${seq}`) && !ctx.gone.has(seq),
      );
    },
    gone,
    async send(type, body) {
      const bytes = new Uint8Array(body.length + 1);
      bytes[0] = type;
      bytes.set(body, 1);
      const mayNot = () => !session.state || session.state.dirty || session.state.frozen;
      try {
        if (mayNot()) await session.catchUp();
        if (mayNot()) return 'not_now';
        let token = await session.say('words', bytes);
        // Where the key was changed a moment ago, it is said under the new one, once that has been proven to her.
        for (const pause of token ? [] : provenAfterMs) {
          await new Promise((done) => setTimeout(done, pause));
          await session.catchUp();
          if (mayNot()) return 'not_now';
          token = await session.say('words', bytes);
          if (token) break;
        }
        if (!token) {
          hearing.again();
          return 'refused';
        }
        await session.catchUp();
        return 'kept';
      } catch (error) {
        return awayOr(error);
      }
    },
    async enter(act) {
      try {
        for (let tries = 0; tries < 5; tries++) {
          if (!(await session.catchUp()) || !session.state) return 'refused';
          const event = session.signed(act);
          if (typeof session.judge(event) === 'string' || !(await session.enter(event))) return 'refused';
          await session.catchUp();
          if (session.hasHead(event)) return 'kept';
          // Another's event came before it, under which it counts for nothing: signed anew, it may.
        }
        return 'refused';
      } catch (error) {
        return awayOr(error);
      }
    },
    busy,
    async keep(name) {
      title = name ?? title;
      await write();
    },
    async drop() {
      await host.keep((entries) => entries.filter((one) => !isThis(one) && !isLaidFor(room)(one)));
      leave();
      getUp(room);
    },
    again: () => hearing.again(),
    leave() {
      const isNews = markOf(session.state, session.admitted) !== written;
      const last = isNews ? write().catch(() => {}) : Promise.resolve();
      void last.then(() => {
        if (over) return;
        // What was heard stays for her coming back, until the frame locks (parked.ts).
        leave();
        host.home();
      });
    },
  };
  function awayOr(error: unknown): Sent {
    if (!(error instanceof NoNetwork)) throw error;
    hearing.again();
    return 'away';
  }
  ctx.back(message);
}
