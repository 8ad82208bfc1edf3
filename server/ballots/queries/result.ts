import { and, asc, count, eq, isNotNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { amendments } from '~/db/schema/amendments';
import { associations } from '~/db/schema/associations';
import { ballotQuestions, ballots, receipts, rollEntries, tallies } from '~/db/schema/ballots';
import { versionArticles } from '~/db/schema/document';
import { persons } from '~/db/schema/people';
import { query } from '../../act';
import { nothing } from '../../input';
import * as policy from '../policy';
import { ballotFacts, presentFace, rivalColumns, selectFaces } from '../queries';
import { isTold, quorumNeeded, sheets } from '../rules';
import { asked, isCharter, nextRound } from '../rules/charter';
import { holding } from '../rules/rivals';
import * as schema from '../schema';
import { countingUrns, urnsOf } from './urns';

/** How many of each base were entitled and how many took part, by the base's name. */
const turnoutByBase = (db: DbOrTx, ballotId: string) =>
  db
    .select({
      id: associations.id,
      name: associations.name,
      department: associations.department,
      entitled: count(),
      voted: sql<number>`count(*) filter (where ${rollEntries.voted})::int`,
    })
    .from(rollEntries)
    .innerJoin(associations, eq(associations.id, rollEntries.associationId))
    .where(eq(rollEntries.ballotId, ballotId))
    .groupBy(associations.id)
    .orderBy(asc(associations.name));

const countsOf = (db: DbOrTx, ballotId: string) =>
  db
    .select({
      position: ballotQuestions.position,
      article: {
        number: versionArticles.number,
        title: versionArticles.title,
        area: versionArticles.area,
        sha256: versionArticles.sha256,
      },
      rival: rivalColumns,
      yes: tallies.yes,
      no: tallies.no,
      abstain: tallies.abstain,
      verdict: tallies.verdict,
      /** What the plan tells of groups; null where the rule looks at none. */
      told: tallies.told,
      /** Where the counts are not told: which of the texts side by side holds. */
      holds: tallies.holds,
    })
    .from(tallies)
    .innerJoin(ballotQuestions, eq(ballotQuestions.id, tallies.questionId))
    .leftJoin(versionArticles, eq(versionArticles.id, ballotQuestions.versionArticleId))
    .leftJoin(amendments, eq(amendments.id, ballotQuestions.amendmentId))
    .where(eq(tallies.ballotId, ballotId))
    .orderBy(asc(ballotQuestions.position));

type Loaded = {
  face: Awaited<ReturnType<typeof selectFaces>>[number];
  bases: Awaited<ReturnType<typeof turnoutByBase>>;
  counts: Awaited<ReturnType<typeof countsOf>>;
  urns: Awaited<ReturnType<typeof urnsOf>>;
};

async function loadResult(db: DbOrTx, id: string): Promise<Loaded> {
  const [faces, bases, counts, urns] = await Promise.all([
    selectFaces(db, eq(ballots.id, id)),
    turnoutByBase(db, id),
    countsOf(db, id),
    urnsOf(db, id),
  ]);
  return { face: faces[0]!, bases, counts, urns };
}

type Counted = Awaited<ReturnType<typeof countsOf>>[number];
/** Of texts that stood beside each other: whether this is the one that holds; null where there was no other. */
function holdsOf(all: readonly Counted[], one: Counted): boolean | null {
  if (!one.article) return null;
  const texts = all.filter(({ article }) => article?.number === one.article!.number);
  if (!texts.every(isTold)) return one.holds;
  const place = holding(texts);
  return texts.length < 2 ? null : place !== null && texts[place] === one;
}

function presentResult({ face, bases, counts, urns }: Loaded) {
  const aside = urns.flatMap(({ aside: set }) => (set?.confirmed ? [set.reason] : []));
  const onPaper = urns.filter((one) => one.open && !one.aside?.confirmed);
  const entitled = bases.reduce((sum, base) => sum + base.entitled, 0);
  const inRoom = face.method !== 'secret';
  // In a room it is those who were there when it was counted, the fewest of all questions.
  const voted = inRoom
    ? Math.min(...counts.filter(isTold).map(sheets))
    : bases.reduce((sum, base) => sum + base.voted, 0);
  const quorum = isCharter(face.rule)
    ? asked(face.rule, face.round).quorum.find(({ of }) => of === 'overall')
    : null;
  const quorumPercent = isCharter(face.rule) ? (quorum?.percent ?? 0) : face.rule.quorumPercent;
  const needed = quorumNeeded({ quorumPercent, majorityPercent: 50 }, entitled);
  return {
    ...presentFace(face),
    // Hands have no names.
    turnout: { entitled, voted, needed, bases: inRoom && face.method !== 'roll_call' ? [] : bases },
    /** How many of them on paper, and why an urn was left out, where one was. */
    paper: { voted: onPaper.reduce((sum, { voters }) => sum + voters.length, 0), aside },
    questions: counts.map((one) => ({ ...one, holds: holdsOf(counts, one) })),
    /** What the rule says comes next. */
    next: nextRound(
      face.rule,
      face.round,
      counts.map(({ verdict, article, rival }) => ({
        verdict,
        article: article?.number ?? null,
        rival: rival !== null,
      })),
    ),
    /** Every question has as many papers as people of the roll took part. */
    sumsAgree: inRoom || counts.filter(isTold).every((one) => sheets(one) === voted),
  };
}
export type Result = ReturnType<typeof presentResult>;

/** Counts, verdicts and turnout, once the ballot is closed; before that there is nothing to find. */
export const result = query({
  action: 'ballots.result',
  rule: policy.readResult,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const held = await ballotFacts(db, id, actor);
    if (!held) return null;
    return { ...held, loaded: held.state === 'closed' ? await loadResult(db, id) : null };
  },
  present: ({ loaded }) => presentResult(loaded!),
});

/** Who was entitled and who took part, by name, without order of time: for those who stood on the same roll. */
export const roll = query({
  action: 'ballots.roll',
  rule: policy.readRoll,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const held = await ballotFacts(db, id, actor);
    if (!held) return null;
    const rows = await db
      .select({
        personId: rollEntries.personId,
        name: persons.name,
        association: associations.name,
        voted: rollEntries.voted,
      })
      .from(rollEntries)
      .innerJoin(persons, eq(persons.id, rollEntries.personId))
      .innerJoin(associations, eq(associations.id, rollEntries.associationId))
      .where(eq(rollEntries.ballotId, id))
      .orderBy(asc(associations.name), asc(persons.name));
    const onPaper = new Set((await countingUrns(db, id)).flatMap(({ voters }) => voters));
    return { ...held, rows, onPaper };
  },
  present: ({ rows, onPaper }) =>
    rows.map(({ personId, ...row }) => ({ ...row, paper: onPaper.has(personId) })),
});

export const trackersPage = 300;

/** Every tracker ever handed out, in alphabetical order; which one replaced which is known to nobody. */
export const trackers = query({
  action: 'ballots.trackers',
  rule: policy.readResult,
  input: schema.onePage,
  load: async (db, { id, page }, actor) => {
    const held = await ballotFacts(db, id, actor);
    if (!held) return null;
    const all = and(eq(receipts.ballotId, id), isNotNull(receipts.tracker));
    const [total] = await db.select({ n: count() }).from(receipts).where(all);
    const rows = await db
      .select({ tracker: receipts.tracker })
      .from(receipts)
      .where(all)
      .orderBy(asc(receipts.tracker))
      .limit(trackersPage)
      .offset((page - 1) * trackersPage);
    return { ...held, total: total!.n, rows };
  },
  present: ({ total, rows }, _actor, { page }) => ({
    trackers: rows.map(({ tracker }) => tracker!),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / trackersPage)),
  }),
});

/** Open data: the faces of all ballots, and the results of the closed ones. */
export const published = query({
  action: 'ballots.published',
  rule: policy.read,
  input: nothing,
  load: async (db) => {
    const faces = await selectFaces(db, undefined).orderBy(asc(ballots.preparedAt), asc(ballots.id));
    return Promise.all(
      faces.map(async (face) =>
        face.state === 'closed' ? presentResult(await loadResult(db, face.id)) : presentFace(face),
      ),
    );
  },
  present: (all) => all,
});
