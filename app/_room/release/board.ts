import { hexToBytes } from '@noble/hashes/utils.js';
import { dayAfter } from '~/server/day';
import type { Hex } from '~/server/rooms/rules/orders';
import { publicId } from '~/server/rooms/rules/tokens';
import { releaseCloses, releaseOpens } from '~/server/tokens/rules';
import type { State } from '../protocol/state';
import type { Bought, Cover, Proposal, ReleaseWord } from './messages';
import { isSignedFor } from './tokens';

export const agreeAtLeast = 3;
/** So many days it is left to who has it in her keyring; then another may take it up. */
const laidDays = 3;

/** One text on its way out, as far as the room has said. */
export type Release = Proposal & {
  by: Hex;
  agreed: ReadonlySet<Hex>;
  cover: (Cover & { by: Hex }) | null;
  bought: Bought | null;
  heldBy: Hex | null;
  /** Who has said that she handed it out, and on which day, as she said first. */
  deposited: ReadonlyMap<Hex, string>;
  /** Who has it in her keyring, to go out at a later opening, and since which day, as she said first. */
  laid: ReadonlyMap<Hex, string>;
  withdrawn: boolean;
};
export type Said = { by: Hex; word: ReleaseWord };
/** `former`: who was a member and is none any more; what she was heard saying, she said in her time. */
type Roster = Pick<State, 'members' | 'stewards'> & { former?: ReadonlyMap<Hex, string> };

/** Who has agreed and is a member today: another’s word counts no more. */
export const agreeing = ({ agreed }: Pick<Release, 'agreed'>, { members }: Roster): Hex[] =>
  members.map(({ sign }) => sign).filter((sign) => agreed.has(sign));

function weigh(board: Map<Hex, Release>, { by, word }: Said, roster: Roster): void {
  const isMember = roster.members.some(({ sign }) => sign === by);
  // Who was one and has gone may have signed in her time; who signs falsely is found out at the door.
  const maySign = roster.stewards.includes(by) || !isMember;
  if (word.type === 'proposed') {
    if (board.has(word.name)) return;
    const { name, salt, bytes, content } = word;
    const nothing = { cover: null, bought: null, heldBy: null, withdrawn: false };
    board.set(name, {
      ...{ name, salt, bytes, content, by },
      ...{ agreed: new Set([by]), deposited: new Map(), laid: new Map(), ...nothing },
    });
    return;
  }
  const release = board.get(word.name);
  if (!release || release.withdrawn) return;
  const change = (to: Partial<Release>) => board.set(word.name, { ...release, ...to });
  switch (word.type) {
    case 'agreed':
      if (!release.bought && !release.heldBy) change({ agreed: new Set([...release.agreed, by]) });
      break;
    case 'signed':
      // A later cover stands in place of an older one.
      if (maySign && !release.bought) {
        const { key, day, blinded, inverse, signature } = word;
        if (signature.by === by) change({ cover: { key, day, blinded, inverse, signature, by } });
      }
      break;
    case 'bought':
      // The first good one stays: another’s word over it would keep the text inside in silence.
      if (release.bought || !maySign || !release.cover || release.cover.by === by) break;
      if (release.cover.key === word.key) {
        const { key, modulus, signature } = word;
        if (isSignedFor(key, modulus, hexToBytes(word.name), signature))
          change({ bought: { key, day: release.cover.day, modulus, signature } });
      }
      break;
    case 'held':
      // Any member, at any moment before it appears; nobody takes it back, nor does her going.
      if ((isMember || roster.former?.has(by)) && !release.heldBy) change({ heldBy: by });
      break;
    case 'deposited':
      if (release.bought && !release.deposited.has(by))
        change({ deposited: new Map([...release.deposited, [by, word.day]]) });
      break;
    case 'laid':
      // Who says it again and again keeps it inside no longer than who says it once.
      if (release.bought && isMember && !release.laid.has(by))
        change({ laid: new Map([...release.laid, [by, word.day]]) });
      break;
    case 'withdrawn':
      if (by === release.by && !release.bought) change({ withdrawn: true });
  }
}

/** All texts that the room has spoken of letting out: a pure function of what was said, in its order. */
export function boardOf(said: readonly Said[], roster: Roster): Release[] {
  const board = new Map<Hex, Release>();
  for (const one of said) weigh(board, one, roster);
  return [...board.values()];
}

/** What everybody reads of what has appeared. */
export type PublicList = {
  released: { id: string; kind: 'concern' | 'article' | 'refused'; state: string; number?: number }[];
  bases: string[];
};
export type Phase =
  | { phase: 'withdrawn' | 'held' | 'proposed' | 'agreed' | 'signed' | 'ready' | 'waits' | 'late' }
  | { phase: 'resting'; opens: string }
  | { phase: 'laid'; opens: string; by: Hex[] }
  | { phase: 'out'; kind: 'concern' | 'article'; state: string; number: number | null }
  | { phase: 'refused'; why: string };

export const idOf = ({ name }: Pick<Release, 'name'>): string => publicId(hexToBytes(name));

/** Whether it is left to who laid it into her keyring then; before its day nobody could have handed it out. */
const stands = (since: string, opens: string, today: string): boolean =>
  since <= today && today <= dayAfter(since > opens ? since : opens, laidDays);

/** How far a text is: what the room has said of it, what day it is, and what everybody reads. */
export function phaseOf(release: Release, roster: Roster, today: string, list: PublicList | null): Phase {
  const out = list?.released.find(({ id }) => id === idOf(release));
  if (out?.kind === 'refused') return { phase: 'refused', why: out.state };
  if (out) return { phase: 'out', kind: out.kind, state: out.state, number: out.number ?? null };
  if (release.withdrawn) return { phase: 'withdrawn' };
  if (release.heldBy) return { phase: 'held' };
  if (release.bought) {
    const { day } = release.bought;
    const late = today > releaseCloses(day);
    const told = [...release.deposited.values()];
    // Where the list does not show it though its hour has passed, it was not handed out, whoever said so.
    const fresh = told.some((said) => said <= today && today <= dayAfter(said, 1));
    if (fresh || (told.length > 0 && (late || !list))) return { phase: 'waits' };
    if (late) return { phase: 'late' };
    const opens = releaseOpens(day);
    const by = [...release.laid].filter(([, since]) => stands(since, opens, today)).map(([one]) => one);
    if (by.length > 0) return { phase: 'laid', opens, by };
    return today < opens ? { phase: 'resting', opens } : { phase: 'ready' };
  }
  if (agreeing(release, roster).length < agreeAtLeast) return { phase: 'proposed' };
  // A cover is for the key of its day; on the next one it is made anew.
  return { phase: release.cover?.day === today ? 'signed' : 'agreed' };
}
