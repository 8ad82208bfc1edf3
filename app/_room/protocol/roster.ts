import { countSigned, type Hex, twoThirds } from '~/server/rooms/rules/orders';
import { membersAtMost } from '~/server/rooms/rules/sizes';
import { type Act, type Event, genesis } from './events';
import {
  type Invite,
  invitesAtMost,
  isName,
  isSettings,
  type Member,
  type Newcomer,
  type State,
  stewardsAtLeast,
  vouchersAtMost,
  vouchesEach,
} from './state';

/** Why an event counts for nothing. */
export type Refusal =
  | 'not_founded'
  | 'already_founded'
  | 'not_next'
  | 'not_signed'
  | 'not_member'
  | 'not_steward'
  | 'two_stewards'
  | 'limit'
  | 'unknown_invite'
  | 'already'
  | 'other_keys'
  | 'own_voucher'
  | 'not_vouched'
  | 'too_few_stewards'
  | 'frozen'
  | 'wrong_turn'
  | 'not_this_roster'
  | 'not_allowed';

/** What was to be proposed, and the roster does not allow. */
export class NotAllowed extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal);
  }
}

type Signers = ReadonlySet<Hex>;
type Judged = State | Refusal;
type ActOf<K extends Act['kind']> = Extract<Act, { kind: K }>;

export const isMember = (state: State, key: Hex): boolean => state.members.some(({ sign }) => sign === key);
export const isSteward = (state: State, key: Hex): boolean => state.stewards.includes(key);
const byKey = (a: { sign: Hex }, b: { sign: Hex }) => (a.sign < b.sign ? -1 : 1);
const sorted = (keys: Iterable<Hex>): Hex[] => [...new Set(keys)].sort();

const whileFrozen = new Set<Act['kind']>([
  'removed',
  'left',
  'rotated',
  'chosen',
  'released',
  'unfrozen',
  'succeeded',
]);

function found(room: Hex, { founders, settings }: ActOf<'founded'>, signers: Signers): Judged {
  const keys = founders.flatMap(({ sign, seal }) => [sign, seal]);
  if (founders.length !== 3 || new Set(keys).size !== 6 || !founders.every(({ name }) => isName(name)))
    return 'not_allowed';
  if (new Set(founders.map(({ name }) => name)).size !== 3 || !isSettings(settings)) return 'not_allowed';
  if (!founders.every(({ sign }) => signers.has(sign))) return 'not_signed';
  const members = founders.map((founder) => ({ ...founder, vouches: vouchesEach })).sort(byKey);
  const stewards = sorted(founders.map(({ sign }) => sign));
  return {
    room,
    epoch: 1,
    turn: 0,
    head: genesis,
    members,
    gone: [],
    stewards,
    successors: [],
    settings,
    invites: [],
    dirty: false,
    frozen: false,
  };
}

/** Who claims to act must be a member and must have signed. */
function byMember(state: State, by: Hex, signers: Signers): Refusal | null {
  if (!isMember(state, by)) return 'not_member';
  return signers.has(by) ? null : 'not_signed';
}

function byStewards(state: State, signers: Signers, besides?: Hex): Refusal | null {
  const able = state.stewards.filter((key) => key !== besides);
  return countSigned(signers, able) >= 2 ? null : 'two_stewards';
}

const withInvite = (state: State, id: Hex, change: Partial<Invite>): State => ({
  ...state,
  invites: state.invites.map((invite) => (invite.id === id ? { ...invite, ...change } : invite)),
});

function invite(state: State, { by, id, key }: ActOf<'invited'>): Judged {
  if (state.invites.length >= invitesAtMost || state.members.length >= membersAtMost) return 'limit';
  if (state.invites.some((one) => one.id === id)) return 'already';
  const added = { id, key, by, knock: null, vouchers: [], confirmed: false };
  return { ...state, invites: [...state.invites, added].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

function isTaken(state: State, { sign, seal, name }: Newcomer): boolean {
  const known = [...state.members, ...state.invites.flatMap(({ knock }) => knock ?? [])];
  return known.some((one) => one.sign === sign || one.seal === seal || one.name === name);
}

function knock(state: State, act: ActOf<'knocked'>, signers: Signers): Judged {
  const open = state.invites.find(({ id }) => id === act.id);
  if (!open) return 'unknown_invite';
  if (open.knock) return 'already';
  if (!signers.has(act.sign)) return 'not_signed';
  const { sign, seal, name } = act;
  if (!isName(name) || isTaken(state, { sign, seal, name })) return 'not_allowed';
  return withInvite(state, act.id, { knock: { sign, seal, name } });
}

/** The invite at which the woman knocks whose keys are meant, so that nobody vouches for one and admits another. */
function knockOf(state: State, { id, sign, seal }: { id: Hex; sign: Hex; seal: Hex }): Invite | Refusal {
  const open = state.invites.find((one) => one.id === id);
  if (!open?.knock) return 'unknown_invite';
  if (open.knock.sign !== sign || open.knock.seal !== seal) return 'other_keys';
  return open.confirmed ? 'already' : open;
}

function vouch(state: State, act: ActOf<'vouched'>): Judged {
  const open = knockOf(state, act);
  if (typeof open === 'string') return open;
  if (open.vouchers.includes(act.by)) return 'already';
  if (open.vouchers.length >= vouchersAtMost) return 'limit';
  if (state.members.find(({ sign }) => sign === act.by)!.vouches === 0) return 'limit';
  const members = state.members.map((one) =>
    one.sign === act.by ? { ...one, vouches: one.vouches - 1 } : one,
  );
  return withInvite({ ...state, members }, act.id, { vouchers: sorted([...open.vouchers, act.by]) });
}

function confirm(state: State, act: ActOf<'confirmed'>): Judged {
  if (!isSteward(state, act.by)) return 'not_steward';
  const open = knockOf(state, act);
  if (typeof open === 'string') return open;
  if (open.vouchers.includes(act.by)) return 'own_voucher';
  // Counted among those who are members now: a removed woman’s word counts no more.
  const vouchers = open.vouchers.filter((key) => isMember(state, key));
  if (vouchers.length < 2 || vouchers.every((key) => key === open.by)) return 'not_vouched';
  return withInvite(state, act.id, { confirmed: true });
}

/** Taken back by who gave it, or by a steward: else eight codes that nobody used would be the last ones. */
function withdraw(state: State, { by, id }: ActOf<'withdrawn'>): Judged {
  const open = state.invites.find((one) => one.id === id);
  if (!open) return 'unknown_invite';
  if (open.by !== by && !isSteward(state, by)) return 'not_steward';
  if (open.confirmed) return 'already';
  return { ...state, invites: state.invites.filter((one) => one !== open) };
}

/** Without a member: her stewardship, her invites and her word for others go with her. */
function without(state: State, key: Hex): State {
  const invites = state.invites
    .filter(({ by }) => by !== key)
    .map((one) => ({ ...one, vouchers: one.vouchers.filter((voucher) => voucher !== key) }))
    .map((one) => ({ ...one, confirmed: one.confirmed && one.vouchers.length >= 2 }));
  const members = state.members.filter(({ sign }) => sign !== key);
  const stewards = state.stewards.filter((steward) => steward !== key);
  const left = state.successors.filter((successor) => successor !== key);
  // One alone could change no key: then they must be asked for again.
  const successors = left.length < 2 ? [] : left;
  const gone = sorted([...state.gone, key]);
  return { ...state, members, gone, stewards, successors, invites, dirty: true };
}

function remove(state: State, { target, lapses }: ActOf<'removed'>, signers: Signers): Judged {
  if (!isMember(state, target)) return 'not_member';
  const refused = byStewards(state, signers, target);
  if (refused) return refused;
  const left = without(state, target);
  const members = left.members.map((one) => (lapses.includes(one.sign) ? { ...one, vouches: 0 } : one));
  return { ...left, members };
}

function choose(state: State, { target }: ActOf<'chosen'>): Judged {
  if (!isMember(state, target)) return 'not_member';
  if (isSteward(state, target)) return 'already';
  if (state.stewards.length >= 16) return 'limit';
  return { ...state, stewards: sorted([...state.stewards, target]) };
}

function release(state: State, { target }: ActOf<'released'>): Judged {
  if (!isSteward(state, target)) return 'not_steward';
  if (state.stewards.length <= stewardsAtLeast) return 'too_few_stewards';
  return { ...state, stewards: state.stewards.filter((key) => key !== target) };
}

/** The state after a rotation, before it is known how it was signed: whoever prepares one computes it too. */
export function afterRotation(state: State): State {
  const admitted = state.invites.flatMap(({ confirmed, knock }) => (confirmed && knock ? [knock] : []));
  const added: Member[] = admitted.map((one) => ({ ...one, vouches: vouchesEach }));
  return {
    ...state,
    epoch: state.epoch + 1,
    turn: state.turn + 1,
    members: [...state.members, ...added].sort(byKey),
    invites: state.invites.filter(({ confirmed }) => !confirmed),
    gone: [],
    successors: [],
    dirty: false,
  };
}

/** The state in which those who are to follow give the order themselves: the same, with them as its stewards. */
export const ledBy = (state: State, stewards: readonly Hex[]): State =>
  state.successors.length > 0 && stewards.join() === state.successors.join()
    ? { ...state, stewards: state.successors }
    : state;

function rotate(before: State, act: ActOf<'rotated'>, signers: Signers): Judged {
  // Whoever still is steward may answer a succession by changing the key herself; the server sees to the seven days.
  const state = ledBy(before, act.stewards);
  const refused = byStewards(state, signers);
  if (refused) return refused;
  const next = afterRotation(state);
  if (act.epoch !== next.epoch || act.turn !== next.turn) return 'wrong_turn';
  if (next.members.length > membersAtMost) return 'limit';
  return act.stewards.join() === next.stewards.join() ? next : 'not_this_roster';
}

function succeed(state: State, act: ActOf<'succeeded'>, signers: Signers): Judged {
  const keys = state.members.map(({ sign }) => sign);
  if (countSigned(signers, keys) < twoThirds(keys.length)) return 'not_signed';
  if (act.turn !== state.turn + 1) return 'wrong_turn';
  if (act.stewards.length < 2 || !act.stewards.every((key) => isMember(state, key))) return 'not_allowed';
  return { ...state, turn: act.turn, successors: act.stewards };
}

function judge(state: State, act: Act, signers: Signers): Judged {
  if (state.frozen && !whileFrozen.has(act.kind)) return 'frozen';
  if ('by' in act) {
    const refused = byMember(state, act.by, signers);
    if (refused) return refused;
  }
  if (['chosen', 'released', 'settled', 'unfrozen'].includes(act.kind)) {
    const refused = byStewards(state, signers);
    if (refused) return refused;
  }
  switch (act.kind) {
    case 'founded':
      return 'already_founded';
    case 'invited':
      return invite(state, act);
    case 'knocked':
      return knock(state, act, signers);
    case 'vouched':
      return vouch(state, act);
    case 'confirmed':
      return confirm(state, act);
    case 'withdrawn':
      return withdraw(state, act);
    case 'removed':
      return remove(state, act, signers);
    case 'left':
      return without(state, act.by);
    case 'chosen':
      return choose(state, act);
    case 'released':
      return release(state, act);
    case 'settled': {
      const renews = act.settings.term > state.settings.term;
      if (!isSettings(act.settings) || act.settings.term < state.settings.term) return 'not_allowed';
      const members = state.members.map((one) => (renews ? { ...one, vouches: vouchesEach } : one));
      return { ...state, settings: act.settings, members };
    }
    case 'rotated':
      return rotate(state, act, signers);
    case 'frozen':
      if (!isSteward(state, act.by)) return 'not_steward';
      return act.turn === state.turn + 1 ? { ...state, turn: act.turn, frozen: true } : 'wrong_turn';
    case 'unfrozen':
      if (!state.frozen) return 'not_allowed';
      return act.turn === state.turn + 1 ? { ...state, turn: act.turn, frozen: false } : 'wrong_turn';
    case 'succeeded':
      return succeed(state, act, signers);
  }
}

/**
 * Who is a member, as a pure function of the log: the state after one more event, or why it counts for nothing.
 * @param signers whose signatures under it are good (events.ts)
 * @param hash of the event
 */
export function reduce(
  room: Hex,
  state: State | null,
  { prev, act }: Event,
  signers: Signers,
  hash: Hex,
): Judged {
  if (!state) {
    if (act.kind !== 'founded' || prev !== genesis) return 'not_founded';
    const judged = found(room, act, signers);
    return typeof judged === 'string' ? judged : { ...judged, head: hash };
  }
  if (prev !== state.head) return act.kind === 'founded' ? 'already_founded' : 'not_next';
  const judged = judge(state, act, signers);
  return typeof judged === 'string' ? judged : { ...judged, head: hash };
}
