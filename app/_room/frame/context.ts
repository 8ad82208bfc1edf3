import type { Made } from '~/app/_keyring/frame/dom';
import type { Host } from '~/app/_keyring/frame/host';
import type { Hex } from '~/server/rooms/rules/orders';
import type { Act as Event } from '../protocol/events';
import type { Heard, Session } from '../session';
import type { Line } from './net';
import type { Say } from './words';

/** `not_now`: the room writes nothing until its key has been changed, or is paused. `away`: nobody knows whether it came. */
export type Sent = 'kept' | 'not_now' | 'refused' | 'away';
/** One thing said in talk: its kind (messages.ts) and what stands in it. */
export type Said = { type: number; body: Uint8Array; seq: number; by: Hex; mine: boolean; frame: Heard };

/** What a screen of an open room is given: the sitting, the words, the screen. */
export type Ctx = {
  session: Session;
  host: Host;
  say: Say;
  title(): string;
  line(): Line;
  /** A new screen: heading (where the focus goes), and what stands under it. What was listening is let go. */
  show(title: string, ...children: Made[]): void;
  /** To the room's own first screen, with something to say there. */
  back(message?: HTMLElement | null): void;
  /** After anything was heard, for as long as this screen stands. */
  listen(heard: () => void): void;
  /** By what name a key goes in this room; a former member's says that she is none any more. */
  name(key: Hex): string;
  /** Everything that was said in talk and still stands, oldest first. */
  said(): Said[];
  /** What of hers she had erased in this sitting. */
  gone: Set<number>;
  /** Says something in talk. */
  send(type: number, body: Uint8Array): Promise<Sent>;
  /** Enters an event of the roster, signed by her, once more where another came before it. */
  enter(act: Event): Promise<Sent>;
  /** Runs what needs the network, tells of it while it lasts, and says plainly when it could not be. */
  busy<T>(work: () => Promise<T>): Promise<T | 'away'>;
  /** Writes the keyring, now; what is new in the room is written by itself. */
  keep(title?: string): Promise<void>;
  /** Takes the room out of the keyring: it is forgotten on this phone and leads nowhere any more. */
  drop(): Promise<void>;
  /** Out to «Mi espacio», the keyring still open. */
  leave(): void;
  /** Asks the room once more, at once. */
  again(): void;
};

/** Something that can be done in a room; each stands in a file of its own and in acts.ts. */
export type RoomAct = {
  name: string;
  /** Where it is listed: beside the talk, or with what is rarely needed. */
  place: 'often' | 'seldom';
  /** Whether it ends something for good: it looks like that before it is touched. */
  grave?: true;
  offered(ctx: Ctx): boolean;
  /** What waits for her, in a sentence for the first screen; null where nothing does. */
  waits?(ctx: Ctx): string | null;
  open(ctx: Ctx): void;
};

/** How one kind of what is said is shown; `null` for what only changes something. */
export type MessageKind = {
  type: number;
  render(ctx: Ctx, said: Said): Node | null;
  /** The day it was said on, where it holds one (day.ts). */
  dayOf?(said: Said): number | null;
  /** Whether what others say changes how it looks: it is drawn again each time something is heard. */
  changes?: boolean;
  /** Whether it is no talk, and not for erasing here: what hangs on it would be lost for the others. */
  stays?: boolean;
};
/** A way to say something other than words, beside the field: a button that opens it. */
export type Composer = {
  name: string;
  /** One of the picture-words, whose drawing stands on the button. */
  drawn: string;
  offered(ctx: Ctx): boolean;
  open(ctx: Ctx): void;
};
