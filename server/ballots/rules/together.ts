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
};
type Question = { id: string; article: string | null };
type Row = Omit<Counted, 'stands' | 'least' | keyof Counts> & MaybeCounts & { holds?: boolean | null };

/**
 * What is told of each question. Where counts may not be, they do not stay. Texts that stood beside each other are told
 * together or not at all; which of them holds is said then, since no count says it.
 * @param questions in the order in which they were asked: the document's text before its rivals
 */
export function tellTogether(rows: readonly Counted[], questions: readonly Question[]): Row[] {
  const beside = (id: string) => {
    const own = questions.find((one) => one.id === id)!.article;
    const among = own === null ? [id] : questions.flatMap((one) => (one.article === own ? [one.id] : []));
    return among.map((one) => rows.find(({ questionId }) => questionId === one)!);
  };
  return rows.map(({ stands: _stands, least, ...row }) => {
    const texts = beside(row.questionId);
    if (texts.every(({ stands }) => stands)) return row;
    const place = holding(texts);
    const holds = texts.length < 2 ? null : place !== null && texts[place]!.questionId === row.questionId;
    return { ...row, ...untold, told: least, holds };
  });
}
