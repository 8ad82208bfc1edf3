import { type Counts, type MaybeCounts, untold } from '../rules';
import type { Outcome } from './charter';
import type { Published } from './exposure';
import { holding } from './rivals';

export type Counted = Counts & {
  questionId: string;
  verdict: Outcome;
  told: Published | null;
  /** Whether its counts can be told beside what was told before. */
  stands: boolean;
  /** What is told where they cannot; null where the rule looks at no group. */
  least: Published | null;
  /** What is told of groups where only the counts of everybody stand, since they lie in plain already. */
  bare: Published | null;
};
type Question = { id: string; article: string | null };
type Row = Omit<Counted, 'stands' | 'least' | 'bare' | keyof Counts> &
  MaybeCounts & { holds?: boolean | null };

/** The questions whose papers lie in plain, and those whose papers lie sealed. */
export type Box = { plain: ReadonlySet<string>; sealed: ReadonlySet<string> };

/**
 * What the box has decided already. What the check finds follows from words that people may take back between two steps of a
 * close; papers that were written in plain have told their sum, and those that stayed sealed will not be there to be counted
 * again. Of texts side by side the first one that was written decides for all.
 * @throws Error where texts side by side lie half in plain and half sealed, and both are final: the writing has to be ended
 */
export function byBox(
  rows: readonly Counted[],
  questions: readonly Question[],
  { plain, sealed }: Box,
): Counted[] {
  return rows.map((row) => {
    const texts = besideOf(row.questionId, questions);
    const some = (box: ReadonlySet<string>) => texts.some((id) => box.has(id));
    if (some(plain) && some(sealed)) throw new Error('texts side by side lie half in plain and half sealed');
    return some(plain) ? { ...row, stands: true } : some(sealed) ? { ...row, stands: false } : row;
  });
}

function besideOf(id: string, questions: readonly Question[]): string[] {
  const own = questions.find((one) => one.id === id)!.article;
  return own === null ? [id] : questions.flatMap((one) => (one.article === own ? [one.id] : []));
}

/**
 * What is told of each question. Where counts may not be, they do not stay. Texts that stood beside each other are told
 * together or not at all; which of them holds is said then, since no count says it.
 * @param questions in the order in which they were asked: the document's text before its rivals
 */
export function tellTogether(rows: readonly Counted[], questions: readonly Question[]): Row[] {
  const beside = (id: string) =>
    besideOf(id, questions).map((one) => rows.find(({ questionId }) => questionId === one)!);
  return rows.map(({ stands: _stands, least, bare, ...row }) => {
    const texts = beside(row.questionId);
    if (texts.every(({ stands }) => stands))
      return row.told?.level === 'no_sums' ? { ...row, told: bare } : row;
    const place = holding(texts);
    const holds = texts.length < 2 ? null : place !== null && texts[place]!.questionId === row.questionId;
    return { ...row, ...untold, told: least, holds };
  });
}
