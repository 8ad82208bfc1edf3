import { createHash } from 'node:crypto';
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import {
  ballotAnnulments,
  ballotQuestions,
  ballots,
  chamberPapers,
  papers,
  receipts,
  rollEntries,
} from '~/db/schema/ballots';
import { versionArticles, versions } from '~/db/schema/document';
import { urnCounts } from '~/db/schema/urns';
import { command } from '../../act';
import { takenUpSince } from '../../amendments/queries';
import { limaDay } from '../../day';
import { addJob } from '../../jobs';
import { fail } from '../../rule';
import * as policy from '../policy';
import { ballotFacts, keyLost } from '../queries';
import { askedOf } from '../queries/asked';
import { claimedIn } from '../queries/claims';
import { canonicalManifest, canonicalRoll, fewestVoters, windowProblem } from '../rules';
import { canonicalSeats } from '../rules/chamber';
import {
  type AnyRule,
  asksChamber,
  isCharter,
  type Round,
  reasonsUntil,
  ruleOf,
  tooSoon,
} from '../rules/charter';
import { placeIn, planOf, planProblem } from '../rules/plan';
import { sealedRival } from '../rules/rivals';
import * as schema from '../schema';
import { insertSeats } from './chamber';
import { settleClaims } from './claims';
import { isAskedNow, openedBeside } from './earlier';
import { forgetGroups } from './forget';
import { makeKey } from './key';
import { delegates, lockOpenings, strataOf, type Voter } from './roll';
import { roomOf } from './room';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const many = 1000;

type Placed = Voter & { places: number[] | null };

async function insertRoll(tx: Tx, ballotId: string, roll: readonly Placed[]): Promise<void> {
  for (let i = 0; i < roll.length; i += many)
    await tx
      .insert(rollEntries)
      .values(
        roll
          .slice(i, i + many)
          .map(({ personId, associationId, places }) => ({ ballotId, personId, associationId, places })),
      );
}

/** What is asked, written down in its order; and how the manifest tells it. */
async function writeQuestions(
  tx: Tx,
  ballot: typeof ballots.$inferSelect,
  textSha256: string,
  claimed: readonly string[],
) {
  const questions = await askedOf(tx, { ...ballot, claimed });
  await tx.insert(ballotQuestions).values(
    questions.map(({ versionArticleId, rival }, i) => ({
      ballotId: ballot.id,
      position: i + 1,
      versionArticleId,
      amendmentId: rival?.id ?? null,
    })),
  );
  const told = questions.map(({ article, sha256, rival }, i) => ({
    position: i + 1,
    article,
    // A new article that only an amendment wants is no part of the text.
    sha256: sha256 ?? (rival ? sealedRival(rival).sha256 : textSha256),
    ...(rival ? { rival: sealedRival(rival) } : {}),
  }));
  const earlier = ballot.method === 'secret' ? await openedBeside(tx, ballot.id) : [];
  return { questions: told, earlier };
}

/**
 * The roll with each person's place in every group that the rule counts, and the plan by which it will be told.
 * @throws Error when the plan may not stand; `open` has refused it before
 */
async function placedRoll(tx: Tx, rule: AnyRule, roll: readonly Voter[]) {
  if (!isCharter(rule)) return { plan: null, placed: roll.map((one) => ({ ...one, places: null })) };
  const strata = await strataOf(tx, roll);
  const plan = planOf(rule, strata)!;
  const problem = planProblem(plan, rule, strata);
  if (problem) throw new Error(`this plan may not stand: ${problem}`);
  return {
    plan,
    placed: strata.map((one) => ({
      personId: one.personId,
      associationId: one.associationId,
      places: plan.dimensions.map((dimension) => placeIn(dimension, one)),
    })),
  };
}

/** What was claimed as the manifest tells it, by the articles' numbers; null where nothing was. */
async function numbersOf(tx: Tx, { separate, secret }: { separate: string[]; secret: string[] }) {
  const ids = [...separate, ...secret];
  if (ids.length === 0) return null;
  const rows = await tx
    .select({ id: versionArticles.id, number: versionArticles.number })
    .from(versionArticles)
    .where(inArray(versionArticles.id, ids));
  const of = (some: string[]) =>
    rows.flatMap(({ id, number }) => (some.includes(id) ? [number] : [])).sort((a, b) => a - b);
  return { separate: of(separate), secret: of(secret) };
}

/**
 * Opens a prepared ballot for exactly this roll: questions, roll, manifest and its hash are fixed in the caller's
 * transaction, and the ballot's key is on the disk before that ends. The job that closes it waits for its moment.
 * @throws Error when the frozen text no longer has the hash it was frozen with
 */
export async function openBallot(
  tx: Tx,
  ballotId: string,
  { roll, at }: { roll: readonly Voter[]; at: Date },
): Promise<{ manifestSha256: string }> {
  await tx.select().from(ballots).where(eq(ballots.id, ballotId)).for('update');
  await lockOpenings(tx);
  const reached = await settleClaims(tx, ballotId, roll);
  const [ballot] = await tx.select().from(ballots).where(eq(ballots.id, ballotId));
  const [version] = await tx.select().from(versions).where(eq(versions.id, ballot!.versionId));
  if (sha256(version!.canonical) !== version!.sha256) throw new Error('a frozen version has lost its hash');
  const { questions, earlier } = await writeQuestions(tx, ballot!, version!.sha256, reached.separate);
  const claims = await numbersOf(tx, reached);
  const { plan, placed } = await placedRoll(tx, ballot!.rule, roll);
  await insertRoll(tx, ballotId, placed);
  const seats = asksChamber(ballot!.rule) ? await insertSeats(tx, ballotId) : null;
  const chamber = seats ? { seats: seats.length, sha256: sha256(canonicalSeats(seats)) } : null;
  const [before] = ballot!.follows
    ? await tx.select().from(ballots).where(eq(ballots.id, ballot!.follows))
    : [];
  const follows = before ? { ballot: before.id, sha256: before.manifestSha256! } : null;
  const common = {
    ballot: ballotId,
    title: ballot!.title,
    version: { number: version!.number, sha256: version!.sha256 },
    scope: ballot!.scope,
    questions,
    rule: ballot!.rule,
    roll: { count: roll.length, sha256: sha256(canonicalRoll(placed)) },
    opensAt: at.toISOString(),
    closesAt: ballot!.closesAt.toISOString(),
  };
  const { method, presides, counterOne, counterTwo } = ballot!;
  const held =
    method === 'secret'
      ? {}
      : { room: { method, presides: presides!, counters: [counterOne!, counterTwo!] } };
  const manifest =
    plan || follows || claims || method !== 'secret' || earlier.length > 0
      ? canonicalManifest(common, {
          plan,
          round: ballot!.round,
          follows,
          ...(chamber ? { chamber } : {}),
          ...(claims ? { claims } : {}),
          ...(earlier.length > 0 ? { earlier } : {}),
          ...held,
        })
      : canonicalManifest(common);
  const manifestSha256 = sha256(manifest);
  await tx
    .update(ballots)
    .set({ state: 'open', manifest, manifestSha256, openedAt: at })
    .where(eq(ballots.id, ballotId));
  // What is held in the room is closed there, and has nothing to seal.
  if (method !== 'secret') return { manifestSha256 };
  await addJob(tx, 'ballots.close', { ballotId }, ballot!.closesAt);
  makeKey(ballotId).fill(0);
  return { manifestSha256 };
}

/** Announces a ballot on a frozen version, with its rule; nothing is fixed until it is opened. */
export const prepare = command({
  action: 'ballots.prepare',
  rule: policy.prepare,
  input: schema.prepare,
  audit: 'full',
  subject: (input) => input.key,
  load: (tx, { versionId }) =>
    tx.select({ number: versions.number }).from(versions).where(eq(versions.id, versionId)),
  run: async ({ tx, actor, input, facts: found }) => {
    if (found.length === 0) return fail('field.choose', 'versionId');
    const problem = windowProblem(
      { ...input, urgent: input.urgent || input.method !== 'secret', confirmed: true },
      new Date(),
    );
    if (problem) return fail(problem, 'closesAt');
    const { versionId, title, scope, closesAt, urgent, template } = input;
    const rule = ruleOf(template, input);
    const room = await roomOf(tx, rule, input);
    if ('code' in room) return room;
    const row = {
      id: input.key,
      versionId,
      title,
      scope,
      rule,
      closesAt,
      urgent,
      preparedBy: actor.personId,
      ...room,
    };
    await tx.insert(ballots).values(row);
    return { id: input.key };
  },
});

export const confirmUrgency = command({
  action: 'ballots.confirmUrgency',
  rule: policy.confirmUrgency,
  see: policy.read,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }, actor) => ballotFacts(tx, id, actor, 'update'),
  run: async ({ tx, actor, input: { id } }) => {
    await tx.update(ballots).set({ urgencyConfirmedBy: actor.personId }).where(eq(ballots.id, id));
    return { id };
  },
});

export const drop = command({
  action: 'ballots.drop',
  rule: policy.drop,
  see: policy.read,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }, actor) => ballotFacts(tx, id, actor, 'update'),
  run: async ({ tx, input: { id } }) => {
    await tx.delete(ballots).where(eq(ballots.id, id));
    return { id };
  },
});

/** The last day on which a group may still say why, where this is a second vote on what it sent back. */
async function reasonsRunUntil(tx: Tx, follows: string | null, round: Round): Promise<string | null> {
  if (!follows || round !== 'second_vote') return null;
  const [before] = await tx.select().from(ballots).where(eq(ballots.id, follows));
  return isCharter(before!.rule) && before!.rule.reasons
    ? reasonsUntil(before!.rule, before!.closedAt!)
    : null;
}

/** Whether another vote on one of these texts is going on: each result is told with those before it in sight. */
async function askedNow(tx: Tx, ballot: typeof ballots.$inferSelect): Promise<boolean> {
  return isAskedNow(tx, ballot, await askedOf(tx, { ...ballot, claimed: [] }));
}

/** From here on nobody can change text, rule, roll or moment; the roll is the delegates accredited now. */
export const open = command({
  action: 'ballots.open',
  rule: policy.open,
  see: policy.read,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }, actor) => ballotFacts(tx, id, actor, 'update'),
  run: async ({ tx, input: { id }, facts }) => {
    await lockOpenings(tx);
    const at = new Date();
    const { urgent, urgencyConfirmedBy, closesAt } = facts;
    // One in ten asked for secrecy: it is secret then, with the days that a secret vote has.
    const turned =
      facts.method !== 'secret' && (await claimedIn(tx, id, await delegates(tx))).secret.length > 0;
    const inRoom = facts.method !== 'secret' && !turned;
    const confirmed = urgencyConfirmedBy !== null || (inRoom && !urgent);
    const problem = windowProblem({ urgent: urgent || inRoom, confirmed, closesAt }, at);
    if (problem) return fail(turned && problem === 'ballots.short' ? 'ballots.claimed_secret' : problem);
    const [ballot] = await tx.select().from(ballots).where(eq(ballots.id, id));
    const days =
      ballot!.round === 'first' || inRoom ? null : tooSoon(ballot!.rule, ballot!.round, closesAt, at);
    if (days !== null) return fail('ballots.again_days', undefined, { days });
    const until = await reasonsRunUntil(tx, ballot!.follows, ballot!.round);
    if (until && limaDay(at) <= until) return fail('ballots.reasons_running', undefined, { day: until });
    // A second call asks once more about the very same text, whatever the committee has taken up since.
    const waiting = ballot!.round === 'second_call' ? 0 : await takenUpSince(tx, ballot!.versionId);
    if (waiting > 0) return fail('ballots.taken_up_since', undefined, { n: waiting });
    if (!inRoom && (await askedNow(tx, ballot!))) return fail('ballots.asked_now');
    const roll = await delegates(tx);
    if (roll.length === 0) return fail('ballots.empty_roll');
    if (roll.length < fewestVoters && !inRoom)
      return fail('ballots.small_roll', undefined, { n: roll.length, min: fewestVoters });
    const strata = isCharter(ballot!.rule) ? await strataOf(tx, roll) : [];
    const plan = planOf(ballot!.rule, strata);
    if (plan && planProblem(plan, ballot!.rule, strata)) {
      const women = strata.filter(({ woman }) => woman).length;
      return fail('ballots.few_women', undefined, { women, others: roll.length - women, min: fewestVoters });
    }
    return { id, ...(await openBallot(tx, id, { roll, at })) };
  },
});

/**
 * Ends a ballot whose key is lost, as after a restore: what lies in its box is deleted unopened, nothing is decided,
 * and everybody reads why. A ballot that has its key cannot be done away with. A vote in the room that its counters
 * do not bring to an end is ended in the same way: it happened before everybody.
 */
export const annul = command({
  action: 'ballots.annul',
  rule: policy.annul,
  see: policy.read,
  input: schema.annul,
  audit: 'full',
  load: (tx, { id }, actor) => ballotFacts(tx, id, actor, 'update'),
  run: async ({ tx, actor, input: { id, reason }, facts, emit }) => {
    if (facts.method === 'secret' && !(await keyLost(tx, id, facts.state)))
      return fail('ballots.key_there', 'reason');
    await tx.update(ballots).set({ state: 'closing' }).where(eq(ballots.id, id));
    // What is plain already is nobody's, and counts for nothing here.
    await tx.delete(papers).where(and(eq(papers.ballotId, id), isNotNull(papers.handle)));
    await tx.delete(chamberPapers).where(eq(chamberPapers.ballotId, id));
    await tx.delete(receipts).where(eq(receipts.ballotId, id));
    await tx.update(urnCounts).set({ counts: null }).where(eq(urnCounts.ballotId, id));
    await tx.insert(ballotAnnulments).values({ ballotId: id, reason, annulledBy: actor.personId });
    await forgetGroups(tx, id);
    // What this transaction lets go of is still in the pages until they are swept.
    await addJob(tx, 'ballots.sweep', {});
    await tx.update(ballots).set({ state: 'closed', closedAt: new Date() }).where(eq(ballots.id, id));
    emit({ type: 'job.added', kind: 'ballots.sweep' });
    return { id };
  },
});

/** For the day when nothing has closed it by itself. Never before its moment. */
export const close = command({
  action: 'ballots.close',
  rule: policy.close,
  see: policy.read,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }, actor) => ballotFacts(tx, id, actor, 'update'),
  run: async ({ tx, input: { id }, facts, emit }) => {
    if (new Date() < facts.closesAt) return fail('ballots.still_open');
    await addJob(tx, 'ballots.close', { ballotId: id });
    emit({ type: 'job.added', kind: 'ballots.close' });
    return { id };
  },
});
