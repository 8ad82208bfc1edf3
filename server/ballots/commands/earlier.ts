import { eq, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { ballots, rollEntries } from '~/db/schema/ballots';
import { chamberCounts } from '../queries/chamber';
import { isTold, type MaybeCounts } from '../rules';
import { type AnyRule, asksChamber, isCharter, type Round } from '../rules/charter';
import type { Published } from '../rules/exposure';
import { fitsPlan } from '../rules/plan';
import { tellsOfGroups } from '../rules/publication';
import type { Earlier, TwiceKin } from '../rules/twice';
import { planIn } from './plan';
import { placesToday } from './roll';

type Row = MaybeCounts & {
  question: string;
  /** The question in that ballot. */
  asked: string;
  ballot: string;
  rule: AnyRule;
  round: Round;
  manifest: string;
  told: Published | null;
};

/**
 * Each question of a ballot beside those of other ballots on the same text. An article is the same whatever its version;
 * the whole text, and a new article that only an amendment wants, where the version is.
 */
const sideBySide = (ballotId: string) => sql`
  with asked as (
    select q.id, q.ballot_id, q.position, q.amendment_id, a.article_id,
      case when a.article_id is null and q.amendment_id is null then b.version_id end as whole
    from ballot_questions q join ballots b on b.id = q.ballot_id
    left join version_articles a on a.id = q.version_article_id)
  select now.id as question, now.position, old.id as asked, old.ballot_id
  from asked now join asked old on old.ballot_id <> now.ballot_id
    and (old.article_id, old.amendment_id, old.whole) is not distinct from (now.article_id, now.amendment_id, now.whole)
  where now.ballot_id = ${ballotId}`;

/**
 * What was published before about each text that this ballot asks of: in the vote that it takes up again, and in any
 * other one on the same article, for a vote that is held anew is read beside the first one as well. The last three; those
 * whose numbers were not told too.
 */
export async function earlierOf(tx: Tx, ballotId: string): Promise<Map<string, Earlier[]>> {
  const rows = await tx.execute<Row>(sql`
    select same.question, same.asked, b.id as ballot, b.rule, b.round, b.manifest, t.yes, t.no, t.abstain, t.told
    from (${sideBySide(ballotId)}) same
    join tallies t on t.question_id = same.asked join ballots b on b.id = same.ballot_id
    where b.state = 'closed' and b.method = 'secret'
    order by b.closed_at desc, b.id`);
  const both = new Map<string, TwiceKin[] | null>();
  const found = new Map<string, Earlier[]>();
  for (const { question, asked, ballot, rule, round, manifest, told, yes, no, abstain } of rows) {
    const own = found.get(question) ?? [];
    if (own.length >= 3) continue;
    const plan = planIn(manifest);
    const { level, ...said } = told ?? { level: null };
    const speaks = told !== null && isCharter(rule) && tellsOfGroups(rule, round, told);
    const at = `${ballot} ${speaks}`;
    if (!both.has(at)) both.set(at, await bothOf(tx, ballot, ballotId, speaks));
    const published =
      speaks && yes !== null && plan && level
        ? {
            ...{ charter: rule, round, plan, told: said as Omit<Published, 'level'>, level },
            chamber: asksChamber(rule) ? (await chamberCounts(tx, ballot))(asked) : undefined,
          }
        : null;
    const counts = { yes, no, abstain };
    const overall = isTold(counts) ? counts : null;
    found.set(question, [...own, { overall, published, both: both.get(at)! }]);
  }
  return found;
}

/**
 * The secret votes that were opened before on any text that this ballot asks of, and at which of its positions: side by
 * side they may tell what none of them tells (docs/decisions/112).
 */
export async function openedBeside(tx: Tx, ballotId: string) {
  const rows = await tx.execute<{ ballot: string; sha256: string; positions: number[] }>(sql`
    select b.id as ballot, b.manifest_sha256 as sha256,
      array_agg(distinct same.position order by same.position) as positions
    from (${sideBySide(ballotId)}) same join ballots b on b.id = same.ballot_id
    where b.method = 'secret' and b.state <> 'prepared'
      and not exists (select from ballot_annulments n where n.ballot_id = b.id)
    group by b.id order by b.opened_at, b.id`);
  return [...rows];
}

/**
 * Whether a secret vote on one of these texts goes on, before any question of this one is written down. What the same text
 * is, as in `sideBySide`.
 */
export async function isAskedNow(
  tx: Tx,
  ballot: { id: string; versionId: string },
  asked: readonly { versionArticleId: string | null; rival: { id: string } | null }[],
): Promise<boolean> {
  const ids = (some: (string | null | undefined)[]) => `{${some.filter(Boolean).join(',')}}`;
  const rows = await tx.execute(sql`
    select from ballots b join ballot_questions q on q.ballot_id = b.id
    left join version_articles a on a.id = q.version_article_id
    where b.id <> ${ballot.id} and b.method = 'secret' and b.state not in ('prepared', 'closed')
      and (a.article_id in (select article_id from version_articles
          where id = any(${ids(asked.map((one) => one.versionArticleId))}::uuid[]))
        or q.amendment_id = any(${ids(asked.map((one) => one.rival?.id))}::uuid[])
        or (a.id is null and q.amendment_id is null and b.version_id = ${ballot.versionId}
          and ${asked.some((one) => !one.versionArticleId && !one.rival)}))
    limit 1`);
  return rows.length > 0;
}

const rollOf = (tx: Tx, ballotId: string) =>
  tx
    .select({
      personId: rollEntries.personId,
      associationId: rollEntries.associationId,
      voted: rollEntries.voted,
      places: rollEntries.places,
    })
    .from(rollEntries)
    .where(eq(rollEntries.ballotId, ballotId));

/**
 * Who voted in a counted ballot, with the places that its roll gave them and keeps no more; null where what stands of them
 * today no longer gives the groups of its plan. Of a result that tells of no group nobody's group matters.
 */
async function votedThen(tx: Tx, ballotId: string, groups: boolean) {
  const [ballot] = await tx
    .select({ manifest: ballots.manifest })
    .from(ballots)
    .where(eq(ballots.id, ballotId));
  const roll = await rollOf(tx, ballotId);
  const plan = planIn(ballot!.manifest);
  if (!plan || !groups) return roll.filter(({ voted }) => voted).map((one) => ({ ...one, places: [] }));
  const placed = await placesToday(tx, plan, roll, ballotId);
  return fitsPlan(plan, placed) ? placed.filter(({ voted }) => voted) : null;
}

/** Who voted in either of two ballots, by what everybody knows of them in each; `second` is being counted now. */
async function bothOf(tx: Tx, first: string, second: string, groups: boolean): Promise<TwiceKin[] | null> {
  const then = await votedThen(tx, first, groups);
  if (!then) return null;
  const kinds = new Map<string, TwiceKin>();
  const add = (kind: Omit<TwiceKin, 'n'>) => {
    const at = JSON.stringify([kind.first, kind.second]);
    kinds.set(at, { ...kind, n: (kinds.get(at)?.n ?? 0) + 1 });
  };
  const now = (await rollOf(tx, second)).filter(({ voted }) => voted);
  const left = new Map(now.map(({ personId, places }) => [personId, places ?? []]));
  for (const { personId, places } of then) {
    add({ first: places, second: left.get(personId) ?? null });
    left.delete(personId);
  }
  for (const places of left.values()) add({ first: null, second: places });
  return [...kinds.values()];
}
