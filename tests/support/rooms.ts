import {
  type Act,
  authenticate,
  type Event,
  genesis,
  hashOf,
  knockMessage,
  messageOf,
  type SignedEvent,
} from '~/app/_room/protocol/events';
import {
  type MemberKeys,
  newMemberKeys,
  type PublicKeys,
  publicOf,
  signWith,
} from '~/app/_room/protocol/keys';
import { rotationOf } from '~/app/_room/protocol/notes';
import { reduce } from '~/app/_room/protocol/roster';
import type { Settings, State } from '~/app/_room/protocol/state';

export type Woman = PublicKeys & { name: string; keys: MemberKeys };
export const woman = (name: string): Woman => {
  const keys = newMemberKeys();
  return { name, keys, ...publicOf(keys) };
};
export const room = 'a1'.repeat(16);
export const settings: Settings = { retentionDays: 90, historyOpen: false, presence: false, term: 0 };
export const id = (n: number) => n.toString(16).padStart(64, '0');
export const newcomer = ({ sign, seal, name }: Woman) => ({ sign, seal, name });
const plain = (one: Woman) => newcomer(one);

/** An event at the head of the log, really signed by these women. */
export function signedBy(state: State | null, act: Act, women: Woman[]): SignedEvent {
  const event: Event = { prev: state?.head ?? genesis, act };
  const message = messageOf(room, event);
  return { ...event, signatures: women.map(({ keys }) => signWith(keys, message)) };
}
/** The state after it, or why it counts for nothing. */
export const judged = (state: State | null, event: SignedEvent) =>
  reduce(room, state, event, authenticate(room, event), hashOf(room, event));
/** The same where it must count. */
export function follow(state: State | null, act: Act, women: Woman[]): State {
  const next = judged(state, signedBy(state, act, women));
  if (typeof next === 'string') throw new Error(`${act.kind}: ${next}`);
  return next;
}
export const foundedBy = (women: Woman[]): State =>
  follow(null, { kind: 'founded', founders: women.map(plain), settings }, women);
export const knockOf = (one: Woman, by: Woman, at: string): Act => ({
  kind: 'knocked',
  by: by.sign,
  id: at,
  ...plain(one),
  proof: signWith(one.keys, knockMessage(room, at, plain(one))),
});
export const rotated = (state: State, key = new Uint8Array(32).fill(state.epoch)): Act => ({
  kind: 'rotated',
  ...rotationOf(state, key).order,
});
