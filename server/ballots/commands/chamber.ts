import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '~/db/client';
import {
  ballotQuestions,
  ballots,
  chamberPapers,
  chamberPositions,
  chamberSeats,
  proxies,
} from '~/db/schema/ballots';
import { command } from '../../act';
import { tooMany } from '../../limits';
import { can, fail } from '../../rule';
import * as policy from '../policy';
import { chamberFacts, chamberHandle, proxiesOf, seatsAtOpening } from '../queries/chamber';
import { type Choice, takesSheets, wholeSheet } from '../rules';
import { mostProxies, proxyProblem, type Seat } from '../rules/chamber';
import * as schema from '../schema';
import { type Mark, openMark, sealMark } from './box';
import { readKey } from './key';

/** What is sealed beside the choice: whose hand it was. */
const byItself = 0;
const byProxy = 1;

/** Gives its seat to every base that has an accredited delegate now. */
export async function insertSeats(tx: Tx, ballotId: string): Promise<Seat[]> {
  const seats = await seatsAtOpening(tx);
  if (seats.length > 0) await tx.insert(chamberSeats).values(seats.map((seat) => ({ ballotId, ...seat })));
  return seats;
}

const questionIds = async (tx: Db | Tx, ballotId: string) =>
  (
    await tx
      .select({ id: ballotQuestions.id })
      .from(ballotQuestions)
      .where(eq(ballotQuestions.ballotId, ballotId))
      .orderBy(asc(ballotQuestions.position))
  ).map(({ id }) => id);

/** The marks of one base that lie in the box. */
async function marksOf(tx: Tx, key: Buffer, ballotId: string, base: string, questions: readonly string[]) {
  const handles = questions.map((question) => chamberHandle(key, ballotId, base, question));
  const found = await tx.select().from(chamberPapers).where(inArray(chamberPapers.handle, handles));
  return found.flatMap(({ id, handle, sealed }) => {
    const mark = openMark(key, handle, sealed);
    return mark ? [{ id, ...mark }] : [];
  });
}

type Said = { question: string; choice: Choice }[];

/** Puts what a base says into the box, sealed, in the place of what it said before. */
export async function sealPosition(
  tx: Tx,
  key: Buffer,
  { ballotId, base, said, place = byItself }: { ballotId: string; base: string; said: Said; place?: number },
): Promise<void> {
  const rows = said.map(({ question, choice }) => {
    const handle = chamberHandle(key, ballotId, base, question);
    return { ballotId, handle, sealed: sealMark(key, handle, { choice, place }) };
  });
  await tx
    .insert(chamberPapers)
    .values(rows)
    .onConflictDoUpdate({ target: chamberPapers.handle, set: { sealed: sql`excluded.sealed` } });
}

/**
 * A base says yes, no or abstention to each question, by name. It is sealed under the ballot's key until the close;
 * the last word before it counts, and a base's own word stands before that of whoever speaks for it.
 */
export const takePosition = command({
  action: 'ballots.takePosition',
  rule: policy.takePosition,
  see: policy.read,
  input: schema.takePosition,
  // A row with her name beside these papers would show when she was here, and her own sheet came in then too.
  audit: 'none',
  load: (tx, input, actor) => chamberFacts(tx, input, actor),
  run: async ({ tx, actor, input, facts }) => {
    const limited = await tooMany('cast', actor.personId!);
    if (limited) return limited;
    if (!takesSheets(facts, new Date())) return fail('ballots.not_open');
    const { id: ballotId, association, choices } = input;
    const questions = await questionIds(tx, ballotId);
    if (!wholeSheet(questions, choices)) return fail('ballots.incomplete');
    const key = readKey(ballotId);
    if (!key) return fail('ballots.stopped');
    const place = can(policy.speakItself, actor, facts) ? byItself : byProxy;
    if (place === byProxy) {
      const before = await marksOf(tx, key, ballotId, association, questions);
      if (before.some((mark) => mark.place === byItself)) return fail('ballots.spoke_itself');
    }
    await sealPosition(tx, key, { ballotId, base: association, said: choices, place });
    key.fill(0);
    return { id: ballotId };
  },
});

/** A base lets another speak for it in this ballot's chamber. */
export const giveProxy = command({
  action: 'ballots.giveProxy',
  rule: policy.giveProxy,
  see: policy.read,
  input: schema.giveProxy,
  audit: 'full',
  // Under the ballot's lock: two that are given at the same moment must not make a chain.
  load: (tx, input, actor) => chamberFacts(tx, input, actor, 'update'),
  run: async ({ tx, input: { id, association, to }, facts }) => {
    if (!takesSheets(facts, new Date())) return fail('ballots.not_open');
    const seats = new Set(facts.seats.map(({ associationId }) => associationId));
    const problem = proxyProblem(facts.standing, seats, { giver: association, holder: to });
    if (problem) return fail(`ballots.${problem}`, 'to', { n: mostProxies });
    await tx.insert(proxies).values({ ballotId: id, giverId: association, holderId: to });
    return { id };
  },
});

/** Takes it back; what the other said in its name is taken out of the box. */
export const revokeProxy = command({
  action: 'ballots.revokeProxy',
  rule: policy.giveProxy,
  see: policy.read,
  input: schema.revokeProxy,
  audit: 'full',
  load: (tx, input, actor) => chamberFacts(tx, input, actor, 'update'),
  run: async ({ tx, input: { id, association }, facts }) => {
    if (!takesSheets(facts, new Date())) return fail('ballots.not_open');
    if (facts.proxyTo === null) return fail('ballots.proxy_none');
    const key = readKey(id);
    if (!key) return fail('ballots.stopped');
    const said = await marksOf(tx, key, id, association, await questionIds(tx, id));
    key.fill(0);
    const theirs = said.filter(({ place }) => place === byProxy).map((mark) => mark.id);
    if (theirs.length > 0) await tx.delete(chamberPapers).where(inArray(chamberPapers.id, theirs));
    await tx
      .update(proxies)
      .set({ revokedAt: new Date() })
      .where(and(eq(proxies.ballotId, id), eq(proxies.giverId, association), isNull(proxies.revokedAt)));
    return { id };
  },
});

/**
 * At the close: the positions are opened and stand by name; what no seat can have said with this key is dropped.
 * One transaction, and nothing to do a second time. @param key of the ballot, before it is destroyed
 */
export async function openChamber(db: Db, ballotId: string, keyOf: () => Buffer): Promise<void> {
  await db.transaction(async (tx) => {
    const [ballot] = await tx.select().from(ballots).where(eq(ballots.id, ballotId)).for('update');
    const box = await tx.select().from(chamberPapers).where(eq(chamberPapers.ballotId, ballotId));
    if (ballot!.state !== 'closing' || box.length === 0) return;
    const key = keyOf();
    const seats = await tx.select().from(chamberSeats).where(eq(chamberSeats.ballotId, ballotId));
    const holders = new Map((await proxiesOf(tx, ballotId)).map(({ giver, holder }) => [giver, holder]));
    const papers = new Map(box.map((row) => [Buffer.from(row.handle).toString('hex'), row]));
    const rows: (typeof chamberPositions.$inferInsert)[] = [];
    for (const questionId of await questionIds(tx, ballotId))
      for (const { associationId } of seats) {
        const handle = chamberHandle(key, ballotId, associationId, questionId);
        const paper = papers.get(handle.toString('hex'));
        const mark: Mark | null = paper ? openMark(key, handle, paper.sealed) : null;
        if (!mark) continue;
        const via = mark.place === byProxy ? holders.get(associationId) : null;
        if (via === undefined) continue;
        rows.push({ ballotId, questionId, associationId, choice: mark.choice, via });
      }
    key.fill(0);
    if (rows.length > 0) await tx.insert(chamberPositions).values(rows);
    await tx.delete(chamberPapers).where(eq(chamberPapers.ballotId, ballotId));
  });
}
