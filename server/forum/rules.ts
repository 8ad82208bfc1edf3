/** What one person can do now, most urgent first; the home page shows the first one large. */
export type Act =
  | { kind: 'vote'; id: string; title: string; closesAt: string }
  | { kind: 'answer'; count: number; overdue: number }
  | { kind: 'accredit'; count: number }
  | { kind: 'consolidate'; count: number }
  | { kind: 'write'; id: string; title: string }
  | { kind: 'arrange' }
  | { kind: 'enroll'; id: string; name: string }
  | { kind: 'raise' }
  | { kind: 'read' }
  | { kind: 'enter' };

export type Situation = {
  signedIn: boolean;
  /** Open ballots whose roll she stands on and in which she has not voted. */
  ballots: { id: string; title: string; closesAt: string }[];
  may: Record<'answers' | 'accredits' | 'consolidates' | 'arranges' | 'raises', boolean>;
  waiting: { answers: number; overdue: number; mandates: number; concerns: number };
  /** The open draft last worked on among those she writes. */
  draft: { id: string; title: string } | null;
  /** The base whose secretary she is. */
  enrollsAt: { id: string; name: string } | null;
  hasDocument: boolean;
};

/**
 * Orders what a person can do: what ends soon first, then what others wait for, then her own.
 * There is always at least one act.
 */
export function actsFor(s: Situation): Act[] {
  const acts: Act[] = [];
  const soonest = [...s.ballots].sort((a, b) => Date.parse(a.closesAt) - Date.parse(b.closesAt));
  for (const ballot of soonest) acts.push({ kind: 'vote', ...ballot });
  if (s.may.answers && s.waiting.answers > 0)
    acts.push({ kind: 'answer', count: s.waiting.answers, overdue: s.waiting.overdue });
  if (s.may.accredits && s.waiting.mandates > 0) acts.push({ kind: 'accredit', count: s.waiting.mandates });
  if (s.may.consolidates) acts.push({ kind: 'consolidate', count: s.waiting.concerns });
  if (s.draft) acts.push({ kind: 'write', ...s.draft });
  if (s.may.arranges) acts.push({ kind: 'arrange' });
  if (s.enrollsAt) acts.push({ kind: 'enroll', ...s.enrollsAt });
  if (s.may.raises) acts.push({ kind: 'raise' });
  if (!s.signedIn) acts.push({ kind: 'enter' });
  if (s.hasDocument || acts.length === 0) acts.push({ kind: 'read' });
  return acts;
}
