import { ask } from '~/app/_room/frame/net';
import { publicList } from '~/app/_room/frame/release/outside';
import { type HandedOut, handOutFirst } from '~/app/_room/release/handing';
import { laidIn, laidName } from '~/app/_room/release/laid';
import type { Purse } from '~/app/_room/release/tokens';
import type { Hex } from '~/server/rooms/rules/orders';
import type { Entry } from '../lock';
import { h } from './dom';
import { say } from './line';

/** What goes on by itself in one sitting with the open keyring, until the frame locks (docs/decisions/118). */
export type Handing = {
  /** Texts that go out of the keyring with its next writing. */
  gone: Set<Hex>;
  /** Whether a room was asked for in this sitting. */
  entered: boolean;
  /** Until a text that is on its way has been answered. */
  answered: Promise<unknown>;
  /** What became of it: then no room is opened in this sitting, unless she wants to. */
  said: HandedOut;
  /** What is said of it on the keyring's own screen. */
  line: HTMLElement;
};

export const newHanding = (): Handing => ({
  ...{ gone: new Set<Hex>(), entered: false, answered: Promise.resolve(), said: 'nothing' as const },
  line: h('div', { 'aria-live': 'polite' }),
});

const tones: Partial<Record<HandedOut, string>> = { left: 'ok', waited: 'ok', unknown: 'warn' };
/** Whether a text went, or may have gone, in this sitting. */
export const hasLeft = ({ said }: Pick<Handing, 'said'>): boolean => said in tones;

function tell(handing: Handing, key: string, tone: string): void {
  handing.line.replaceChildren(h('p', { class: `note ${tone}` }, say(key)));
}

/** Hands out what is due. @returns whether today's tokens may come in this sitting: they write the keyring */
export async function handOut(entries: readonly Entry[], purse: Purse, handing: Handing): Promise<boolean> {
  const laid = laidIn(entries);
  if (laid.length > 0) tell(handing, 'laid.waits', 'info');
  let answered = () => {};
  const sitting = {
    gone: handing.gone,
    entered: () => handing.entered,
    going() {
      handing.answered = new Promise<void>((resolve) => {
        answered = resolve;
      });
      tell(handing, 'laid.going', 'info');
    },
  };
  const said = await handOutFirst(laid, purse, { server: ask, list: publicList }, sitting);
  handing.said = said;
  const tone = tones[said];
  if (tone) tell(handing, said === 'unknown' ? 'laid.unknown' : 'laid.left', tone);
  else if (laid.every((one) => handing.gone.has(laidName(one)))) handing.line.replaceChildren();
  else tell(handing, 'laid.waits', 'info');
  answered();
  return said !== 'left' && said !== 'unknown';
}

type Turns = { handOut(): Promise<boolean>; refill(): Promise<unknown>; erase(): void };
/**
 * What goes on by itself in one sitting. A text that waits goes out first, and nothing is erased beside it: what is erased is
 * of a room, and would tell from which one the text came. Else comes what everybody is given at her first opening of a day,
 * room or no room, and then the erasing goes on. @param goesOn whether the sitting is not over
 */
export async function inTurn(
  handing: Pick<Handing, 'said'>,
  goesOn: () => boolean,
  { handOut, refill, erase }: Turns,
): Promise<void> {
  try {
    const may = await handOut();
    if (may && goesOn()) await refill();
  } catch {
    // Without a network the day's tokens come at another opening.
  }
  if (goesOn() && !hasLeft(handing)) erase();
}
