import '../support/runtime';
import { and, asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ballotClaims, ballots } from '~/db/schema/ballots';
import { versionArticles } from '~/db/schema/document';
import { audit } from '~/db/schema/kernel';
import { claimants, claimed } from '~/server/ballots/rules/claims';
import { buildDelegates, buildVersion, closed, hours, preparedBallot } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

describe('one in ten', () => {
  it.each([
    [1, 1],
    [10, 1],
    [11, 2],
    [34, 4],
    [40, 4],
    [41, 5],
  ])('of %i is %i', (voters, needed) => expect(claimants(voters)).toBe(needed));

  it('no number of claims by fewer people is enough, and whoever may not vote counts for nothing', () => {
    const person = fc.constantFrom(...Array.from({ length: 40 }, (_, i) => `p${i}`));
    const wish = fc.record({
      ...{ personId: person, versionArticleId: fc.constantFrom('a', 'b') },
      wants: fc.constantFrom('separate' as const, 'secret' as const),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (claims, n) => {
        const voters = new Set(Array.from({ length: n }, (_, i) => `p${i}`));
        for (const article of ['a', 'b']) {
          const people = new Set(
            claims
              .filter(
                ({ personId, versionArticleId, wants }) =>
                  versionArticleId === article && wants === 'secret' && voters.has(personId),
              )
              .map(({ personId }) => personId),
          );
          const enough = people.size * 10 >= n && people.size > 0;
          expect(claimed(claims, 'secret', voters).includes(article)).toBe(enough);
        }
      }),
    );
  });
});

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let crowd: string[];
let versionId: string;
let articles: string[];
// Twenty-two may vote: three must ask.
beforeAll(async () => {
  world = await forumWorld(test.db);
  crowd = await buildDelegates(test.db, world.florDeCuarzo.id, 20);
  versionId = (await buildVersion(test.db)).id;
  articles = (
    await test.db
      .select({ id: versionArticles.id })
      .from(versionArticles)
      .where(eq(versionArticles.versionId, versionId))
      .orderBy(asc(versionArticles.number))
  ).map(({ id }) => id);
});
const as = async (person: string) => (await callAs(test.db, person)).ballots;

describe('a claim', () => {
  it('of enough gives an article a question of its own; nobody sees whose it was, and the names go', async () => {
    const ballot = await preparedBallot(test.db, { versionId, scope: 'whole' });
    const wish = { id: ballot.id, article: articles[1]!, wants: 'separate' as const };
    const before = await (await as(crowd[0]!)).questions({ id: ballot.id });
    for (const one of [crowd[0]!, crowd[0]!, crowd[1]!]) await (await as(one)).claim(wish);
    expect(await (await as(crowd[0]!)).questions({ id: ballot.id })).toEqual(before);
    const seen = await (await as(crowd[5]!)).claims({ id: ballot.id });
    expect([seen.needed, seen.articles[1]]).toMatchObject([3, { reached: [], mine: [] }]);
    expect(JSON.stringify(seen)).not.toContain(crowd[0]!);
    await (await as(crowd[2]!)).claim(wish);
    await (await as(crowd[3]!)).claim({ ...wish, article: articles[2]! });
    const gloria = await as(world.people.gloria.id);
    await gloria.open({ id: ballot.id });
    const asked = await gloria.questions({ id: ballot.id });
    expect(asked.map(({ article }) => article?.number ?? null)).toEqual([2, null]);
    const [row] = await test.db.select().from(ballots).where(eq(ballots.id, ballot.id));
    expect(JSON.parse(row!.manifest!).claims).toEqual({ separate: [2], secret: [] });
    expect(await test.db.select().from(ballotClaims)).toEqual([]);
    const kept = await test.db.select().from(audit).where(eq(audit.action, 'ballots.claim'));
    expect(kept.filter(({ subject }) => subject !== null)).toEqual([]);
    expect((await problemOf((await as(crowd[4]!)).claim(wish))).status).toBe(403);
  });

  it('of secrecy turns a vote in the room into a secret one, with a secret vote’s days', async () => {
    const { delia, elvira, tomasa } = world.people;
    const held = {
      ...{ versionId, scope: 'whole' as const, method: 'hands' as const, presides: delia.id },
      ...{ counterOne: elvira.id, counterTwo: tomasa.id },
    };
    const short = await preparedBallot(test.db, { ...held, closesAt: hours(3) });
    const long = await preparedBallot(test.db, held);
    const running = await test.db
      .select()
      .from(ballots)
      .where(and(eq(ballots.versionId, versionId), eq(ballots.state, 'open')));
    for (const { id } of running) await closed(test.db, id);
    for (const { id } of [short, long])
      for (const one of crowd.slice(0, 3))
        await (await as(one)).claim({ id, article: articles[0]!, wants: 'secret' });
    const gloria = await as(world.people.gloria.id);
    expect((await problemOf(gloria.open({ id: short.id }))).code).toBe('ballots.claimed_secret');
    await gloria.open({ id: long.id });
    const [row] = await test.db.select().from(ballots).where(eq(ballots.id, long.id));
    expect([row!.method, JSON.parse(row!.manifest!).secrecy]).toEqual(['secret', 'secret']);
    await gloria.drop({ id: short.id });
  });

  it('is for those who may vote, for an article of this version, and for what the vote does not give', async () => {
    const ballot = await preparedBallot(test.db, { versionId });
    const wish = { id: ballot.id, article: articles[0]!, wants: 'separate' as const };
    for (const who of [world.people.sabina.id, world.people.carla.id, world.people.amador.id])
      expect((await problemOf((await as(who)).claim(wish))).status).toBe(403);
    expect((await problemOf((await as(crowd[0]!)).claim(wish))).code).toBe('ballots.claim_given');
    const whole = await preparedBallot(test.db, { versionId, scope: 'whole' });
    const foreign = crypto.randomUUID();
    expect(
      (await problemOf((await as(crowd[0]!)).claim({ ...wish, id: whole.id, article: foreign }))).code,
    ).toBe('field.choose');
  });
});
