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
  turnout?: { entitled: number; voted: number };
  questions?: {
    position: number;
    article: { number: number | null; title: string | null } | null;
    /** The amendment whose text was asked about, if it was not the document's. */
    rival: { kind: 'replace' | 'add' | 'remove'; title: string; by: string } | null;
    /** Of texts that stood beside each other, whether this one holds. */
    holds: boolean | null;
    yes: number;
    no: number;
    abstain: number;
    verdict: string;
  }[];
};

/** The forum as anybody reads it. */
export type Reader = {
  document: {
    versions(): Promise<VersionLine[]>;
    version(input: {
      number: number;
    }): Promise<{ chapters: { articles: { id: string; number: number }[] }[] }>;
    canonical(input: { number: number }): Promise<{ canonical: string; sha256: string }>;
    signed(): Promise<{ list: string; key: string }>;
  };
  concerns: { open(input: { page: number }): Promise<{ concerns: Concern[]; next: number | null }> };
  responses: { forArticle(input: { versionArticleId: string }): Promise<{ here: Answer[] }> };
  ballots: {
    published(): Promise<Ballot[]>;
    trackers(input: { id: string; page: number }): Promise<{ trackers: string[]; pages: number }>;
  };
};
