import { ask } from '~/app/_room/frame/net';
import { publicList } from '~/app/_room/frame/release/outside';
import { type HandedOut, handOutFirst, wasSent } from '~/app/_room/release/handing';
import { laidIn, laidName, mayGo } from '~/app/_room/release/laid';
import type { Purse } from '~/app/_room/release/tokens';
import type { Hex } from '~/server/rooms/rules/orders';
import type { Entry } from '../lock';
import { h } from './dom';
import { say } from './line';
import { isFilled } from './purse';

/** What goes on by itself in one sitting with the open keyring, until the frame locks (docs/decisions/118). */
export type Handing = {
  /** Texts that go out of the keyring with its next writing. */
  gone: Set<Hex>;
  /** Whether a room was asked for in this sitting. */
  entered: boolean;
  /** Until a text that is on its way has been answered. */
  answered: Promise<unknown>;
  /** Told when one is on its way: what may not stand beside it is put away. */
  sent(): void;
  /** What became of it: then no room is opened in this sitting, unless she wants to. */
  said: HandedOut;
  /** The door has had it for long: it may go out of the keyring, a while later. */
  tidies: boolean;
  /** What is said of it on the keyring's own screen. */
  line: HTMLElement;
};

export const newHanding = (): Handing => ({
  ...{
    gone: new Set<Hex>(),
    entered: false,
    answered: Promise.resolve(),
    said: 'nothing' as const,
    tidies: false,
    sent() {},
  },
  line: h('div', { 'aria-live': 'polite' }),
});

const lines: Partial<Record<HandedOut, [key: string, tone: string]>> = {
  left: ['laid.left', 'ok'],
  waited: ['laid.left', 'ok'],
  unknown: ['laid.unknown', 'warn'],
  refused: ['laid.refused', 'warn'],
};
/** Whether a text went, or may have gone, in this sitting: whatever the door answers, it was sent. */
export const hasLeft = ({ said }: Pick<Handing, 'said'>): boolean => wasSent(said);

// In this page's memory alone, over the locks: names that say nothing, of texts that were sent from here.
const refused = new Map<Hex, number>();
const lastSent = new Map<Hex, number>();
const soonMs = 4 * 3_600_000;

function tell(handing: Handing, key: string, tone: string): void {
  handing.line.replaceChildren(h('p', { class: `note ${tone}` }, say(key)));
}

/** Hands out what is due. @returns whether today's tokens may come in this sitting: they write the keyring */
export async function handOut(entries: readonly Entry[], purse: Purse, handing: Handing): Promise<boolean> {
  const laid = laidIn(entries).filter((one) => mayGo(one, new Date()) !== 'late');
  if (laid.length > 0) tell(handing, 'laid.waits', 'info');
  let answered = () => {};
  let isSoon = false;
  const sitting = {
    ...{ gone: handing.gone, refused, filled: isFilled(entries) },
    entered: () => handing.entered,
    going(name: Hex) {
      isSoon = Date.now() - (lastSent.get(name) ?? Number.NEGATIVE_INFINITY) < soonMs;
      if (!isSoon) lastSent.set(name, Date.now());
      handing.answered = new Promise<void>((resolve) => {
        answered = resolve;
      });
      // Until it is answered nobody knows: whatever is asked for meanwhile waits.
      handing.said = 'unknown';
      handing.sent();
      tell(handing, 'laid.going', 'info');
    },
  };
  const said = await handOutFirst(laid, purse, { server: ask, list: publicList }, sitting);
  handing.said = said;
  const line = lines[said];
  if (line) tell(handing, ...line);
  else if (laid.every((one) => handing.gone.has(laidName(one)))) handing.line.replaceChildren();
  else tell(handing, 'laid.waits', 'info');
  handing.tidies = said === 'waited' && !isSoon;
  answered();
  return !wasSent(said);
}

const tidyMs = () => 30_000 + 60_000 * Math.random();
type Turns = {
  handOut(): Promise<boolean>;
  refill(): Promise<unknown>;
  erase(): void;
  tidy(): Promise<unknown>;
};
/**
 * What goes on by itself in one sitting, one after the other. A text that waits goes out first, and nothing is erased beside
 * it: what is erased is of a room, and would tell from which one the text came. One that the door has had for hours leaves
 * the keyring at a moment that is drawn, or it would be asked about at each opening. Where no text goes, there comes what
 * everybody is given at her first opening of a day, room or no room, and then the erasing goes on.
 * @param goesOn whether the sitting is not over
 */
export async function inTurn(
  handing: Pick<Handing, 'said' | 'tidies'>,
  goesOn: () => boolean,
  { handOut, refill, erase, tidy }: Turns,
): Promise<void> {
  try {
    const may = await handOut();
    if (may && goesOn()) await refill();
  } catch {
    // Without a network the day's tokens come at another opening.
  }
  if (goesOn() && !hasLeft(handing)) erase();
  if (handing.tidies) setTimeout(() => goesOn() && void tidy().catch(() => {}), tidyMs());
}
