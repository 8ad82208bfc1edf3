import type { Hex } from '~/server/rooms/rules/orders';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import type { AskServer } from '../session';
import { idOf, type PublicList } from './board';
import { firstOf, type Laid, laidName, mayGo } from './laid';
import type { Pays } from './tokens';

/**
 * `left`: the door has taken it. `waited`: it had taken it before. `refused`: not now. `unknown`: nobody knows whether
 * it came. `nothing`: none was to go.
 */
export type HandedOut = 'left' | 'waited' | 'refused' | 'unknown' | 'nothing';
/** What this sitting with the open keyring has seen so far. */
export type Sitting = {
  /** Texts that are outside, or come too late: they go out of the keyring with the next writing. */
  gone: Set<Hex>;
  /** Whether a room was asked for. */
  entered(): boolean;
  /** Told when a text is on its way to the door: from here on a room waits for the answer. */
  going(): void;
};
type Outside = { server: AskServer; list(): Promise<PublicList>; now?: Date };

const answers: Record<number, HandedOut> = { 1: 'left', 2: 'waited' };

/** One text to the door, where nothing is said of any room. */
async function handOut({ salt, bytes, token }: Laid, server: AskServer, purse: Pays): Promise<HandedOut> {
  let said: HandedOut = 'refused';
  const content = bytes;
  await purse.spend(async (gate) => {
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
  purse: Pays & { has(): boolean },
  { server, list, now = new Date() }: Outside,
  sitting: Sitting,
): Promise<HandedOut> {
  if (laid.length === 0) return 'nothing';
  for (const one of laid) if (mayGo(one, now) === 'late') sitting.gone.add(laidName(one));
  const left = () => laid.filter((one) => !sitting.gone.has(laidName(one)));
  if (!left().some((one) => mayGo(one, now) === 'goes')) return 'nothing';
  let due: Laid | undefined;
  try {
    const { released } = await list();
    const out = new Set(released.map(({ id }) => id));
    for (const one of left()) if (out.has(idOf({ name: laidName(one) }))) sitting.gone.add(laidName(one));
    // One in a sitting: two that go together would be two of one woman.
    due = left().find((one) => mayGo(one, now) === 'goes');
  } catch {
    return 'nothing';
  }
  const facts = { due: !!due, entered: sitting.entered(), pays: purse.has() };
  if (!due || firstOf(facts) !== 'hand_out') return 'nothing';
  sitting.going();
  try {
    const said = await handOut(due, server, purse);
    if (said === 'left' || said === 'waited') sitting.gone.add(laidName(due));
    return said;
  } catch {
    return 'unknown';
  }
}
