import { dayAfter, daysBetween } from '~/server/day';
import { isSteward } from './protocol/roster';
import { type State, stewardsAtLeast } from './protocol/state';

/** What her own phone remembers of a room, in her keyring: days alone, and nobody else’s. */
export type Days = {
  epoch: number;
  /** The day on which this phone first saw the present key. */
  keySince: string;
  term: number;
  termSince: string;
  /** The day on which she was last inside. */
  used: string;
  /** The day on which this phone first saw that others are to follow; empty where none are. */
  followSince: string;
};
export type Reminder =
  | 'change_key'
  | 'renew_key'
  | 'few_stewards'
  | 'no_stewards'
  | 'new_term'
  | 'follow'
  | 'follow_soon';

const termDays = 183;
const succeedDays = 7;
const awayDays = 60;
const longAwayDays = 90;

/** The days of a room after it has been looked at today. */
export function daysSeen(known: Days | null, state: State, today: string): Days {
  const same = known?.epoch === state.epoch;
  const sameTerm = known?.term === state.settings.term;
  const follow = state.successors.length > 0;
  return {
    epoch: state.epoch,
    keySince: same ? known.keySince : today,
    term: state.settings.term,
    termSince: sameTerm ? known.termSince : today,
    used: today,
    followSince: follow ? known?.followSince || today : '',
  };
}

/**
 * What the room is to be reminded of. The server knows no clock of it, so each phone reckons with the days it has seen.
 */
export function remindersOf(state: State, me: string, days: Days, today: string): Reminder[] {
  const all: Reminder[] = [];
  const steward = isSteward(state, me);
  const { stewards, successors, settings, invites } = state;
  if (stewards.length < 2) all.push('no_stewards');
  else if (state.dirty || invites.some(({ confirmed }) => confirmed)) all.push('change_key');
  // The roster goes with the days of the frames: a change of key carries it on, in good time.
  else if (daysBetween(days.keySince, today) * 2 >= settings.retentionDays) all.push('renew_key');
  if (stewards.length === 2 && stewards.length < stewardsAtLeast) all.push('few_stewards');
  if (steward && daysBetween(days.termSince, today) >= termDays) all.push('new_term');
  if (successors.length > 0) {
    const ripe = today >= dayAfter(days.followSince || today, succeedDays);
    all.push(ripe ? 'follow' : 'follow_soon');
  }
  return all;
}

/** Whether she has not been inside for long; at last she is asked whether she goes on. */
export function awayOf({ used }: Days, today: string): 'away' | 'long_away' | null {
  const days = daysBetween(used, today);
  if (days >= longAwayDays) return 'long_away';
  return days >= awayDays ? 'away' : null;
}
