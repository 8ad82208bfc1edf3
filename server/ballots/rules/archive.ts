import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Choice, Counts, MaybeCounts } from '../rules';
import type { Outcome } from './charter';
import type { Published } from './exposure';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** A paper of the archive: a mark of its own, which is of nobody, and what it says. */
export type ArchivedPaper = [mark: string, choice: Choice];
export type Archived = {
  ballot: string;
  manifest: string;
  closedAt: string;
  /** `paper`: how many of those who voted did so on paper; left out where nobody did. */
  roll: { count: number; sha256: string; voted: number; paper?: number };
  /** Numbers null where they are not told: then there are no papers either. */
  tally: ({ position: number; verdict: Outcome; told: Published | null } & MaybeCounts)[];
  /** For each question in order, everybody's papers. */
  papers: ArchivedPaper[][];
  /** The seats of the associations by id and name, and for each question in order what each said, and through whom. */
  chamber?: {
    seats: [string, string][];
    positions: [string, Choice, string | null][][];
    tally: Counts[];
  };
};

/** By which a paper takes its place: nothing of it tells when it was written. */
export const paperHash = (ballot: string, position: number, [mark, choice]: ArchivedPaper): string =>
  sha256(`${ballot}|${position}|${mark}|${choice}`);

/**
 * What is published of a closed ballot for whoever wants to count again: manifest, roll by number and hash,
 * everybody's papers sorted by hash, tally and verdicts. Papers of groups are not in it: they would undo the plan.
 */
export function canonicalArchive(archived: Archived): { archive: string; sha256: string } {
  const { manifest, ballot } = archived;
  const papers = archived.papers.map((some, i) =>
    some
      .map((paper) => ({ paper, hash: paperHash(ballot, i + 1, paper) }))
      .sort((a, b) => (a.hash < b.hash ? -1 : 1))
      .map(({ paper }) => paper),
  );
  const whole = { format: 'frente-unido/archive/1', ...archived, papers, manifestSha256: sha256(manifest) };
  // The seal is of everything else in the file, as the file has it.
  const seal = sha256(canonicalize(whole)!);
  return { archive: canonicalize({ ...whole, sha256: seal })!, sha256: seal };
}
