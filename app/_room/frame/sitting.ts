import { hexToBytes } from '@noble/hashes/utils.js';
import type { Made } from '~/app/_keyring/frame/dom';
import type { Host } from '~/app/_keyring/frame/host';
import { listenButton, quiet } from '~/app/_keyring/frame/voice';
import { writeAsk } from '~/server/rooms/rules/wire';
import { entryKinds } from '../entry';
import { type KeptRoom, readRoom, writeRoom } from '../kept';
import { sealAnswer } from '../protocol/invites';
import { paying } from '../release/tokens';
import { Session } from '../session';
import { busy } from './busy';
import type { Ctx, Said, Sent } from './context';
import { bringInKnocks } from './door';
import { types } from './messages';
import { ask, type Line, listen, NoNetwork } from './net';
import { roomScreen } from './talk';
import { takeTitle, tellTitle } from './title';
import { hears, type Say } from './words';

const [keepAfterMs, doorMs] = [4000, 20_000];

/** One woman sits down in one room: what every screen of it is given. Nothing of it outlives the frame's lock. */
export function enterRoom(host: Host, say: Say, kept: KeptRoom, message: HTMLElement | null = null): void {
  const session = new Session(
    kept.held,
    paying(ask, () => host.purse()),
  );
  const room = kept.held.room;
  let title = kept.title;
  let line: Line = 'away';
  let heard: (() => void)[] = [];
  let timer = 0;
  let over = false;
  let written = kept.held.state?.head ?? '';

  const write = async () => {
    clearTimeout(timer);
    timer = 0;
    if (over || !session.state) return;
    const head = session.state.head;
    const bytes = writeRoom({ title, held: session.hold() });
    const entry = { kind: entryKinds.room, bytes };
    // What another phone of hers has taken out meanwhile is not put back by this one.
    await host.keep((entries) => entries.map((one) => (isThis(one) ? entry : one)));
    written = head;
  };
  const isThis = ({ kind, bytes }: { kind: number; bytes: Uint8Array }) =>
    kind === entryKinds.room && readRoom(bytes).held.room === room;
  /** What has changed for good is written soon, not at once: the moment tells less that way. */
  const writeSoon = () => {
    if (timer || over || session.state?.head === written) return;
    timer = window.setTimeout(() => void write().catch(() => {}), keepAfterMs * (0.5 + Math.random()));
  };

  /** Leaves the note at the door where she knocked; any member may, and the first one stands. */
  async function letIn(): Promise<void> {
    for (const one of session.admitted.splice(0)) {
      const answer = sealAnswer(hexToBytes(one.key), one.note);
      const access = session.access();
      await ask(writeAsk({ op: 'answer', access, id: hexToBytes(one.id), answer })).catch(
        () => void session.admitted.push(one),
      );
    }
  }
  const hearing = listen(session, (now) => {
    line = now;
    if (session.admitted.length > 0) tellTitle(ctx, () => over);
    takeTitle(ctx);
    void letIn();
    writeSoon();
    for (const one of heard) one();
  });
  let round = 0;
  const door = window.setInterval(() => void bringInKnocks(ctx, round++).catch(() => {}), doorMs);
  const leave = () => {
    if (over) return;
    over = true;
    clearInterval(door);
    clearTimeout(timer);
    hearing.stop();
    quiet();
    heard = [];
  };
  host.onLock(() => {
    leave();
    session.forget();
  });

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
    gone: new Set(),
    async send(type, body) {
      const bytes = new Uint8Array(body.length + 1);
      bytes[0] = type;
      bytes.set(body, 1);
      const { state } = session;
      if (!state || state.dirty || state.frozen) return 'not_now';
      try {
        const token = await session.say('words', bytes);
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
      await host.keep((entries) => entries.filter((one) => !isThis(one)));
      leave();
      session.forget();
    },
    again: () => hearing.again(),
    leave() {
      const last = session.state?.head !== written ? write().catch(() => {}) : Promise.resolve();
      void last.then(() => {
        if (over) return;
        leave();
        session.forget();
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
