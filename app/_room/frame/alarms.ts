import type { Ctx, Sent } from './context';
import type { Tone } from './parts';
import { compareKeys } from './release/apart';

/**
 * What is not as it should be, in plain words, the gravest first. What a lying server can do is said as what it is: somebody
 * is holding something back, or speaks of another room than hers.
 */
export function alarmOf(ctx: Ctx): { key: string; tone: Tone } | null {
  const { alarms, state } = ctx.session;
  if (alarms.includes('wrong_rotation')) return { key: 'alarm.wrong_rotation', tone: 'bad' };
  if (ctx.line() === 'closed') return { key: 'alarm.closed', tone: 'bad' };
  if (alarms.includes('unknown_head')) return { key: 'alarm.unknown_head', tone: 'bad' };
  if (compareKeys(ctx)) return { key: 'alarm.gate_keys', tone: 'bad' };
  if (alarms.includes('replayed')) return { key: 'alarm.replayed', tone: 'warn' };
  if (ctx.line() === 'away') return { key: 'alarm.away', tone: 'info' };
  if (state?.frozen) return { key: 'alarm.frozen', tone: 'warn' };
  if (state?.dirty) return { key: 'alarm.dirty', tone: 'warn' };
  return null;
}

/** The server has let it go; whether the others were told to take it off their open screens is another thing. */
export const erasedKey = (sent: Sent): string => (sent === 'kept' ? 'erased' : 'erased.still_seen');
