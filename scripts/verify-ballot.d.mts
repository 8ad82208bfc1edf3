type Given = { archive: Record<string, unknown>; text: string; manifest: Record<string, unknown> };
type Check = { says: string; run: (given: Given) => unknown };
type Names =
  | 'form'
  | 'seal'
  | 'manifest'
  | 'roll'
  | 'questions'
  | 'papers'
  | 'voters'
  | 'tally'
  | 'verdict'
  | 'groups';

export const checks: Record<Names, Check>;
export const limits: string[];
export function canonical(value: unknown): string;
export function judge(
  text: string,
  these?: Record<Names, Check>,
): { good: boolean; held: { name: Names; says: string }[]; failed: Names[] };
export function untoldLimit(positions: readonly number[]): string;
