import { eraseToken } from '../protocol/keys';
import { remainsOf } from '../release/remains';
import type { Session } from '../session';
import { proposalsOf } from './acts/kit';
import type { Ctx } from './context';

const [leastMs, mostMs] = [2000, 20_000];
const swept = new WeakMap<Session, Set<number>>();

/**
 * Has what of hers serves nobody any more erased, piece by piece: what hangs on a text that was taken back, and what she
 * proposed to the other stewards before the roster went on. All phones would tell the forum by asking at once what belongs
 * together. What there is no time for is still in the room the next time, and goes then.
 */
export function sweep(ctx: Ctx, over: () => boolean): void {
  const { session } = ctx;
  const done = swept.get(session) ?? new Set();
  swept.set(session, done);
  const all = session.state ? [...remainsOf(session), ...proposalsOf(ctx).lapsed()] : [];
  const fresh = all.filter(({ seq }) => !done.has(seq));
  for (const { seq } of fresh) done.add(seq);
  let after = 0;
  for (const heard of fresh) {
    after += leastMs + Math.random() * (mostMs - leastMs);
    const go = async () => {
      if (over()) return void done.delete(heard.seq);
      const token = eraseToken(session.held.mine, heard.session, heard.counter);
      // Where it did not get there it is asked for again when anything is heard.
      if (!(await session.erase(token).catch(() => false))) done.delete(heard.seq);
    };
    window.setTimeout(() => void go(), after);
  }
}
