import type { Counts, Dimension, State } from '../../concerns/rules/board';
import type { Coverage as Covered } from '../../document/rules/coverage';
import type { Row } from '../../drafts/rules/comparison';

// What the archive reads, and nothing else: answers of the forum's own procedures to somebody who is not signed in.

export type VersionLine = {
  number: number;
  title: string;
  sha256: string;
  frozenAt: string;
  articles: number;
};
export type Concern = {
  id: string;
  number: number;
  words: string;
  areas: string[];
  department: string;
  association: string | null;
  state: 'recibida' | 'en_debate' | 'recogida' | 'no_recogida';
  reasonCode: string | null;
  reason: string | null;
  day: string;
};
type Wording = { kind: string; words: string; until: string | null; on: string };
export type Answer = {
  office: string;
  dueOn: string;
  version: number;
  article: number;
  current: Wording | null;
  earlier: Wording[];
  overdue: boolean;
  daysLate: number;
};
export type Ballot = {
  id: string;
  title: string;
  state: 'prepared' | 'open' | 'closing' | 'closed';
  closesAt: string;
  method: 'secret' | 'hands' | 'consensus' | 'roll_call';
  /** Why it was annulled, where it was. */
  annulled: string | null;
  turnout?: { entitled: number; voted: number };
  questions?: {
    position: number;
    article: { number: number | null; title: string | null } | null;
    /** The amendment whose text was asked about, if it was not the document's. */
    rival: { kind: 'replace' | 'add' | 'remove'; title: string; by: string } | null;
    /** Of texts that stood beside each other, whether this one holds. */
    holds: boolean | null;
    /** Null where they are not told. */
    yes: number | null;
    no: number | null;
    abstain: number | null;
    verdict: string;
  }[];
};

type Place = { number: number; title: string };
export type Amendment = {
  id: string;
  kind: 'replace' | 'add' | 'remove';
  state: 'open' | 'accepted' | 'rejected' | 'withdrawn' | 'overtaken';
  area: string;
  title: string;
  why: string;
  reason: string | null;
  byHand: boolean;
  actaReference: string | null;
  actaDate: string | null;
  by: string;
  day: string;
  decidedOn: string | null;
  backings: number;
  rival: boolean;
  article: Place | null;
  after: Place | null;
  rows: Row[];
  bases: string[];
};
export type Comment = {
  id: string;
  words: string | null;
  base: string | null;
  office: string | null;
  day: string;
  edited: boolean;
  hiddenReason: string | null;
};
export type Comments = {
  tally: { for: number; against: number };
  for: Comment[];
  against: Comment[];
  state: Comment[];
};
export type Board = Record<State, number> & { total: number; rows: ({ key: string } & Counts)[] };
export type Coverage = Covered & { version: { number: number } | null; day: string };

/** The forum as anybody reads it. */
export type Reader = {
  document: {
    versions(): Promise<VersionLine[]>;
    version(input: {
      number: number;
    }): Promise<{ chapters: { articles: { id: string; number: number }[] }[] }>;
    canonical(input: { number: number }): Promise<{ canonical: string; sha256: string }>;
    signed(): Promise<{ list: string; key: string }>;
    coverage(input: { number: number }): Promise<Coverage>;
  };
  concerns: {
    open(input: { page: number }): Promise<{ concerns: Concern[]; next: number | null }>;
    board(input: { by: Dimension }): Promise<Board>;
  };
  amendments: {
    list(input: { number: number; page: number }): Promise<{ items: { id: string }[]; pages: number }>;
    detail(input: { id: string; page: number }): Promise<Amendment & { pages: number }>;
  };
  comments: {
    ofArticle(input: {
      number: number;
      article: number;
      page: number;
    }): Promise<Comments & { pages: number }>;
  };
  responses: { forArticle(input: { versionArticleId: string }): Promise<{ here: Answer[] }> };
  ballots: {
    published(): Promise<Ballot[]>;
    trackers(input: { id: string; page: number }): Promise<{ trackers: string[]; pages: number }>;
  };
};
