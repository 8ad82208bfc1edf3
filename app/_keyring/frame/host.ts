import type { Purse } from '~/app/_room/release/tokens';
import type { Entry } from '../lock';
import type { Made } from './dom';

/** What the rooms' script is given by the frame that loaded it: the open keyring, and the screen. */
export type Host = {
  entries(): readonly Entry[];
  /**
   * Writes the keyring anew. `change` is given what stands there now and may be asked again where another phone was
   * quicker, so it must not remember what it saw. @throws Refused with the sentence to show; nothing has changed then
   */
  keep(change: (entries: readonly Entry[]) => Entry[]): Promise<void>;
  show(title: string, ...children: Made[]): void;
  /** Back to the list; with something to say there. */
  home(message?: HTMLElement | null): void;
  /** What must be forgotten when the frame locks. */
  onLock(forget: () => void): void;
  /** What is paid with (docs/decisions/115). */
  purse(): Purse;
  /** The drawing of a picture-word, by its number. */
  drawing(number: number): SVGElement;
  /** The page's microphone: say «stop» or «drop» on it. */
  hear(): MessagePort;
  /** Goes on erasing what the keyring says is to be erased: something was added. */
  erase(): void;
  /** The phone's chooser of pictures hides the page: for a minute that covers instead of locking. False: she is back. */
  choosing(now: boolean): void;
  /** The drawing of a word, where one of the picture-words is that word. */
  drawingOf(word: string): SVGElement | null;
};

/** What the rooms' script offers the frame. */
export type Rooms = {
  open(entry: Entry): void;
  found(): void;
  code(): void;
};
