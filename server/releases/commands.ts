import { randomInt } from 'node:crypto';
import { and, eq, isNotNull, isNull, lt, lte } from 'drizzle-orm';
import type { Db, Tx } from '~/db/client';
import { associations } from '~/db/schema/associations';
import { releases } from '~/db/schema/rooms';
import { neutral } from '../actor';
import { proposeCollective } from '../amendments/commands/collective';
import { record } from '../audit/commands';
import { raiseCollective } from '../concerns/commands/collective';
import { dayAfter } from '../day';
import { logError } from '../log';
import { can } from '../rule';
import * as policy from './policy';
import { isTaken, shownName } from './rules';

type Release = typeof releases.$inferSelect;
/** How long it is told that a text could not appear, and how long one waits for a version to be proposed to. */
const toldDays = 30;
const emptied = { kind: 'emptied' } as const;

/** 06:00 in Lima of a day: the one hour at which what came out of rooms appears. */
export const hourOf = (day: string): Date => new Date(`${day}T06:00:00-05:00`);

function shuffled<T>(all: T[]): T[] {
  for (let i = all.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}

/** What keeps it from appearing; null where it has. */
async function appear(
  tx: Tx,
  { id, content }: Release,
  at: Date,
  taken: string[],
): Promise<Release['refused'] | 'later'> {
  if (content.kind === 'emptied') return 'later';
  if (isTaken(content.name, taken)) return 'name';
  const given = { id, collective: shownName(content), at };
  if (content.kind === 'concern') {
    const { words, areas, place, barrier, womens } = content;
    return raiseCollective(tx, { ...given, words, areas, place, barrier, womens });
  }
  const { area, title, text, why } = content;
  const outcome = await proposeCollective(tx, { ...given, area, title, text, why });
  return outcome === 'no_version' ? 'later' : outcome;
}

/** What becomes of one that is due. @returns whether it has appeared */
async function settle(tx: Tx, release: Release, today: string, taken: string[]): Promise<boolean> {
  const outcome = await appear(tx, release, hourOf(today), taken);
  const itself = eq(releases.id, release.id);
  if (outcome === null) {
    await tx.delete(releases).where(itself);
    // That it was raised or proposed, by nobody, at the hour at which all were.
    const action = release.content.kind === 'concern' ? 'concerns.raise' : 'amendments.propose';
    const row = { action, actor: neutral, subject: release.id, key: undefined, output: null };
    await record(tx, { ...row, audit: 'full' });
    return true;
  }
  const late = dayAfter(release.notBefore, toldDays) < today;
  const refused = outcome === 'later' ? (late ? 'no_version' : null) : outcome;
  // The room is told why it could not; its words are in the room, and no longer here.
  if (refused) await tx.update(releases).set({ refused, content: emptied }).where(itself);
  return false;
}

/**
 * Lets appear what is due, in an order of chance and all in one transaction: neither number nor time nor order tells
 * which came first. Done again it finds nothing more.
 */
export async function publishReleases(db: Db, today: string): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(releases)
      .where(and(isNull(releases.refused), lte(releases.notBefore, today)))
      .orderBy(releases.id)
      .for('update');
    const rows = await tx
      .select({ name: associations.name })
      .from(associations)
      .where(isNull(associations.dissolvedAt));
    const taken = rows.map(({ name }) => name);
    let appeared = 0;
    for (const release of shuffled(due)) {
      if (!can(policy.publish, neutral, { ...release, today })) continue;
      try {
        // One that fails is undone alone, waits for the next hour and takes no other along.
        if (await tx.transaction((one) => settle(one, release, today, taken))) appeared++;
      } catch (error) {
        logError('releases', error);
      }
    }
    await tx
      .delete(releases)
      .where(and(isNotNull(releases.refused), lt(releases.notBefore, dayAfter(today, -2 * toldDays))));
    return appeared;
  });
}
