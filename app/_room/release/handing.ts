import type { Hex } from '~/server/rooms/rules/orders';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import type { AskServer } from '../session';
import { idOf, type PublicList } from './board';
import { firstOf, isTried, type Laid, laidName, mayGo } from './laid';
import type { Purse } from './tokens';

/**
 * `left`: the door has taken it. `waited`: it had taken it before. `refused`: it says that it has not. `unknown`: nobody
 * knows whether it came. `nothing`: none was sent.
 */
export type HandedOut = 'left' | 'waited' | 'refused' | 'unknown' | 'nothing';
/** Whether a text was sent. A door that says no may have kept it: then too nothing of a room is done beside it. */
export const wasSent = (said: HandedOut): boolean => said !== 'nothing';

/** What this sitting with the open keyring has seen so far. */
export type Sitting = {
  /** Texts that are outside, or come too late: they go out of the keyring with the next writing. */
  gone: Set<Hex>;
  /** Which the door has refused, and until when none of them is tried again; forgotten with the page. */
  refused?: Map<Hex, number>;
  /** Whether today's tokens have come in an earlier sitting. */
  filled?: boolean;
  /** Whether a room was asked for. */
  entered(): boolean;
  /** Told when a text is on its way to the door: from here on a room waits for the answer. */
  going(name: Hex): void;
};
type Outside = { server: AskServer; list(): Promise<PublicList>; now?: Date; random?: () => number };
type Pays = Pick<Purse, 'has' | 'spendOnce'>;

const answers: Record<number, HandedOut> = { 1: 'left', 2: 'waited' };
const hourMs = 3_600_000;
const restsMs = (random: () => number) => (20 + 8 * random()) * hourMs;

/** One text to the door, where nothing is said of any room. */
async function handOut({ salt, bytes, token }: Laid, server: AskServer, purse: Pays): Promise<HandedOut> {
  let said: HandedOut = 'nothing';
  const content = bytes;
  await purse.spendOnce(async (gate) => {
    said =
      answers[readDone(await server(writeAsk({ op: 'deposit', salt, content, token, gate })))] ?? 'refused';
    return said !== 'refused';
  });
  return said;
}

/**
 * Lets one text out that lies in a keyring which has just been opened, before and without any room in this sitting. What
 * everybody reads is looked at first: what is there goes out of the keyring, on nobody’s word but the forum’s.
 */
export async function handOutFirst(
  laid: readonly Laid[],
  purse: Pays,
  { server, list, now = new Date(), random = Math.random }: Outside,
  { gone, refused = new Map(), filled = false, entered, going }: Sitting,
): Promise<HandedOut> {
  for (const one of laid) if (mayGo(one, now) === 'over') gone.add(laidName(one));
  const due = () => laid.filter((one) => !gone.has(laidName(one)) && mayGo(one, now) === 'goes');
  if (due().length === 0) return 'nothing';
  try {
    const out = new Set((await list()).released.map(({ id }) => id));
    for (const one of laid) if (out.has(idOf({ name: laidName(one) }))) gone.add(laidName(one));
  } catch {
    return 'nothing';
  }
  const chance = random();
  const rests = (one: Laid) => now.getTime() < (refused.get(laidName(one)) ?? 0);
  const tried = due().filter((one) => !rests(one) && isTried(one, now, filled, chance));
  // One in a sitting: two that go together would be two of one woman. Drawn: one that is refused keeps no other back.
  const next = tried[Math.floor(random() * tried.length)];
  const facts = { due: !!next, entered: entered(), pays: purse.has() };
  if (!next || firstOf(facts) !== 'hand_out') return 'nothing';
  going(laidName(next));
  try {
    const said = await handOut(next, server, purse);
    if (said === 'left' || said === 'waited') gone.add(laidName(next));
    if (said === 'refused') refused.set(laidName(next), now.getTime() + restsMs(random));
    return said;
  } catch {
    return 'unknown';
  }
}
