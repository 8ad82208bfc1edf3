import { bytesToHex } from '@noble/hashes/utils.js';
import { begun, tokensLeft, withoutErased } from '~/app/_room/erasing';
import type { AskServer } from '~/app/_room/session';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import type { Host } from './host';

/** How far it is: so many left; `done`, once nothing is left in the keyring either; `away`, while nobody answers. */
export type Told = { left: number; how: 'going' | 'away' | 'done' };

const [leastMs, mostMs] = [2000, 20_000];
/** After so many, what is left is written: the frame locks sooner than most are done. */
const writeAfter = 5;
const longestMs = 240_000;

export type Eraser = {
  /** Goes on, if it does not already: at each opening of the keyring, and when something was added. */
  goOn(): void;
};

/**
 * Erases what the women of this phone have asked for, as long as the keyring is open, whatever is on the screen. One by one,
 * in an order of chance and with pauses of chance: who watches the line sees no bundle that would be one woman's. Each
 * stays in the keyring until the server has said that it is gone; asked for twice, it is gone once.
 * @param rests while nothing may be asked or written by itself
 */
export function eraser(
  host: Pick<Host, 'entries' | 'keep' | 'onLock'>,
  ask: AskServer,
  told: (now: Told) => void,
  rests: () => boolean = () => false,
): Eraser {
  let running: symbol | null = null;
  return {
    goOn() {
      if (running) return;
      const mine = Symbol();
      const over = () => {
        if (running === mine) running = null;
      };
      running = mine;
      // An answer that is still awaited when the frame locks keeps nobody from going on at the next opening.
      host.onLock(over);
      void run(host, ask, told, rests).finally(over);
    },
  };
}

async function run(
  host: Pick<Host, 'entries' | 'keep' | 'onLock'>,
  ask: AskServer,
  told: (now: Told) => void,
  rests: () => boolean,
): Promise<void> {
  let locked = false;
  let wake = () => {};
  host.onLock(() => {
    locked = true;
    wake();
  });
  const wait = (longer = 1) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      const ms = (leastMs + Math.random() * (mostMs - leastMs)) * longer;
      setTimeout(resolve, Math.min(longestMs, ms));
    });
  /** What the server has said to be gone, and the keyring does not know yet. */
  const gone = new Set<string>();
  const left = () => tokensLeft(host.entries()).filter((token) => !gone.has(bytesToHex(token)));
  let failed = 0;
  const trying = async (work: () => Promise<unknown>) => {
    const done = await work().then(
      (answer) => answer !== false,
      () => false,
    );
    failed = done ? 0 : failed + 1;
    return done;
  };
  const write = () => {
    const known = new Set(gone);
    return host
      .keep((entries) => withoutErased(begun(entries), known))
      .then(() => {
        for (const one of known) gone.delete(one);
      });
  };
  // Another phone of hers may have put a room away for which something waits here.
  const now = host.entries();
  if (begun(now).some(({ kind }, at) => kind !== now[at]!.kind) && !rests()) await trying(write);

  let any = false;
  for (let all = left(); !locked && (all.length > 0 || gone.size > 0); all = left()) {
    any = true;
    if (all.length > 0) told({ left: all.length, how: failed > 0 ? 'away' : 'going' });
    await wait(2 ** Math.min(failed, 4));
    if (locked) return;
    if (rests()) continue;
    // Between two, not beside one of them.
    if (all.length === 0 || gone.size >= writeAfter) await trying(write);
    else {
      const token = all[Math.floor(Math.random() * all.length)]!;
      const isGone = async () => readDone(await ask(writeAsk({ op: 'erase', token }))) > 0;
      if (await trying(isGone)) gone.add(bytesToHex(token));
    }
  }
  if (any && !locked) told({ left: 0, how: 'done' });
}
