import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit, submissions } from '~/db/schema/kernel';
import { cards, sessions } from '~/db/schema/people';
import { issueCard } from '~/server/people/commands';
import { callAs, callIn } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(database.db);
});

/** The hour in Lima of every moment in these rows. */
const hoursIn = (rows: Record<string, unknown>[]) =>
  rows.flatMap((row) =>
    Object.values(row).flatMap((value) =>
      value instanceof Date ? [(value.getTime() / 3_600_000) % 24] : [],
    ),
  );

describe('what the database keeps of Nieves entering and leaving', () => {
  it('is days, so that it cannot be laid beside the box to see when she voted', async () => {
    const { db } = database;
    const { nieves } = world.people;
    for (let round = 0; round < 2; round++) {
      const { code } = await db.transaction((tx) => issueCard(tx, nieves.id, null));
      const nobody = await callAs(db, null);
      const { sessionId } = await nobody.people.enterWithCard({
        code,
        passphrase: 'lluvia en la cancha 7',
        agent: '',
      });
      const phone = await callIn(db, sessionId);
      await phone.concerns.raise({
        key: randomUUID(),
        words: 'El agua queda a una hora a pie.',
        areas: ['agua'],
        place: '21',
        barrier: 'otro',
      });
      await phone.people.signOut();
    }
    await db.transaction((tx) => issueCard(tx, nieves.id, null));
    await db.transaction((tx) => issueCard(tx, nieves.id, null));
    const kept = [
      await db.select().from(sessions).where(eq(sessions.personId, nieves.id)),
      await db.select().from(cards).where(eq(cards.personId, nieves.id)),
      await db.select().from(submissions).where(eq(submissions.personId, nieves.id)),
      await db.select().from(audit).where(eq(audit.personId, nieves.id)),
    ];
    for (const rows of kept) expect(rows.length).toBeGreaterThan(0);
    // Midnight in Lima is five in London; Peru has no summer time.
    expect(new Set(hoursIn(kept.flat()))).toEqual(new Set([5]));
  });

  it('and a session lasts as long as its cookie', async () => {
    const { db } = database;
    const [row] = await db
      .select({ long: sql<boolean>`min(expires_at) >= now() + interval '30 days' - interval '5 minutes'` })
      .from(sessions);
    expect(row!.long).toBe(true);
  });
});
