import fc from 'fast-check';
import type { Act } from '~/app/_room/protocol/events';
import { genesis, hashOf } from '~/app/_room/protocol/events';
import { afterRotation, ledBy, reduce } from '~/app/_room/protocol/roster';
import type { State } from '~/app/_room/protocol/state';
import { id, newcomer, room, settings, type Woman, woman } from './rooms';

const women: Woman[] = Array.from({ length: 7 }, (_, n) => woman(`Estrella ${n}`));
const who = fc.nat(women.length - 1);
/** What somebody tries: an act, who it is about, at which invite, and who has really signed it. */
type Try = {
  kind: Act['kind'];
  by: number;
  about: number;
  at: number;
  signers: number[];
  late: boolean;
  next: boolean;
};
const often: Act['kind'][] = ['invited', 'knocked', 'vouched', 'confirmed', 'rotated'];
const seldom: Act['kind'][] = [
  'removed',
  'left',
  'chosen',
  'released',
  'settled',
  'frozen',
  'unfrozen',
  'unfrozen',
  'succeeded',
  'withdrawn',
];
const kinds: Act['kind'][] = [...Array.from({ length: 14 }, () => often).flat(), ...seldom];
// Founders do most of it, so that histories come far enough to go wrong.
const doer = fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: who });
const everybody: number[] = women.map((_, at) => at);
const tries: fc.Arbitrary<Try[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    by: doer,
    about: who,
    at: fc.nat(1),
    signers: fc.oneof(
      { weight: 3, arbitrary: fc.constant(everybody) },
      { weight: 1, arbitrary: fc.array(who, { maxLength: 4 }) },
    ),
    late: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
    next: fc.boolean(),
  }),
  { minLength: 20, maxLength: 90 },
);

/** What is missing for whoever was invited: tried often, since by chance alone hardly anybody comes so far. */
function missing(state: State, at: number): Act['kind'] {
  const open = state.invites[at];
  if (!open) return 'invited';
  if (!open.knock) return 'knocked';
  if (open.confirmed) return 'rotated';
  return open.vouchers.length < 2 ? 'vouched' : 'confirmed';
}

function actOf(state: State, { kind: tried, by, about, at, signers, next }: Try): Act {
  const kind = next && often.includes(tried) ? missing(state, at) : tried;
  const [doer, other] = [women[by]!, women[about]!];
  const here = state.invites[at];
  const knocker = here?.knock ?? other;
  const turn = state.turn + 1;
  const { sign, seal } = knocker;
  switch (kind) {
    case 'invited':
      return { kind, by: doer.sign, id: id(at + 1), key: id(9) };
    case 'knocked':
      return {
        kind,
        by: doer.sign,
        id: id(at + 1),
        ...newcomer(other),
        proof: { by: other.sign, bytes: new Uint8Array(64) },
      };
    case 'vouched':
    case 'confirmed':
      return { kind, by: doer.sign, id: here?.id ?? id(1), sign, seal };
    case 'withdrawn':
      return { kind, by: doer.sign, id: here?.id ?? id(1) };
    case 'removed':
      return { kind, target: other.sign, lapses: [] };
    case 'left':
      return { kind, by: doer.sign };
    case 'chosen':
    case 'released':
      return { kind, target: other.sign };
    case 'settled':
      return { kind, settings: { ...state.settings, term: state.settings.term + (at % 2) } };
    case 'frozen':
      return { kind, by: doer.sign, turn };
    case 'unfrozen':
      return { kind, turn };
    case 'succeeded':
      return { kind, turn, stewards: [...new Set(signers.map((one) => women[one]!.sign))].sort() };
    default: {
      const { epoch, stewards } = afterRotation(at === 1 ? ledBy(state, state.successors) : state);
      return {
        kind: 'rotated',
        epoch,
        turn,
        stewards,
        access: genesis,
        note: genesis,
        tree: genesis,
        count: genesis,
      };
    }
  }
}

type Kept = { act: Act; signers: Set<string>; before: State };

/** What must be true of a member, told from the log alone and not with the reducer’s own words. */
function holds(log: Kept[], state: State, founders: Woman[]): void {
  for (const { sign } of state.members) {
    if (founders.some((one) => one.sign === sign)) continue;
    const since = log.findLastIndex(({ act }) => act.kind === 'knocked' && act.sign === sign);
    const knock = log[since]!;
    if (!knock.signers.has(sign)) throw new Error('came in without her own signature');
    const at = (knock.act as { id: string }).id;
    const later = log.slice(since);
    const vouchers = new Set(
      later.flatMap(({ act, signers }) =>
        act.kind === 'vouched' && act.sign === sign && act.id === at && signers.has(act.by) ? act.by : [],
      ),
    );
    const invited = log.slice(0, since).findLast(({ act }) => act.kind === 'invited' && act.id === at)!
      .act as { by: string };
    if (vouchers.size < 2 || ![...vouchers].some((one) => one !== invited.by))
      throw new Error('came in without two');
    const sure = later.some(
      ({ act, signers, before }) =>
        act.kind === 'confirmed' &&
        act.sign === sign &&
        before.stewards.includes(act.by) &&
        signers.has(act.by) &&
        !vouchers.has(act.by),
    );
    if (!sure) throw new Error('came in without a third who confirmed');
  }
}

function judgeStep({ act, signers, before }: Kept, state: State): void {
  const gone = before.members.filter(({ sign }) => !state.members.some((one) => one.sign === sign));
  const heirs = act.kind === 'rotated' && act.stewards.join() === before.successors.join();
  const able = heirs ? before.successors : before.stewards;
  const stewards = able.filter((key) => signers.has(key)).length;
  const asking = before.members.filter(({ sign }) => signers.has(sign)).length;
  if (gone.length > 0 && act.kind !== 'left' && stewards < 2) throw new Error('one alone took somebody out');
  if (act.kind === 'left' && !signers.has(act.by)) throw new Error('somebody left in the name of another');
  if (act.kind !== 'knocked' && 'by' in act && !before.members.some(({ sign }) => sign === act.by))
    throw new Error('no member, and yet it counted');
  if (state.members.length > before.members.length && (act.kind !== 'rotated' || stewards < 2))
    throw new Error('somebody came in without a rotation by two');
  if (
    state.successors.some((key) => !before.successors.includes(key)) &&
    asking * 3 < before.members.length * 2
  )
    throw new Error('successors without two thirds');
  const others = state.stewards.some((key) => !before.stewards.includes(key));
  if (others && act.kind !== 'chosen' && !(heirs && stewards >= 2))
    throw new Error('others are stewards whom nobody made');
}

/** One random history. @returns what became of it; throws at the first thing that must not be. */
export function live(history: Try[]): { kept: number; admitted: number } {
  const founders = women.slice(0, 3);
  const act: Act = { kind: 'founded', founders: founders.map(newcomer), settings };
  const first = reduce(
    room,
    null,
    { prev: genesis, act },
    new Set(founders.map(({ sign }) => sign)),
    hashOf(room, { prev: genesis, act }),
  );
  let state = first as State;
  const log: Kept[] = [];
  let admitted = 0;
  for (const one of history) {
    const tried = actOf(state, one);
    const event = { prev: one.late ? genesis : state.head, act: tried };
    const signers = new Set(one.signers.map((at) => women[at]!.sign));
    const next = reduce(room, state, event, signers, hashOf(room, event));
    if (typeof next === 'string') continue;
    if (one.late) throw new Error('what was said elsewhere counted here');
    log.push({ act: tried, signers, before: state });
    admitted += Math.max(0, next.members.length - state.members.length);
    judgeStep(log.at(-1)!, next);
    holds(
      log,
      next,
      next.members.length
        ? founders.filter(
            ({ sign }) => !log.some(({ act: did }) => did.kind === 'knocked' && did.sign === sign),
          )
        : [],
    );
    state = next;
  }
  return { kept: log.length, admitted };
}

/** So many random histories. @returns how many events counted and how many women came in over all of them. */
export function manyHistories(runs: number, seed?: number) {
  const sum = { kept: 0, admitted: 0 };
  fc.assert(
    fc.property(tries, (history) => {
      const { kept, admitted } = live(history);
      sum.kept += kept;
      sum.admitted += admitted;
    }),
    { numRuns: runs, seed },
  );
  return sum;
}
