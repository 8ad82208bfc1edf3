import { sql } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { forum } from '~/db/schema/kernel';
import { persons } from '~/db/schema/people';
import { isDemo } from '~/server/people/queries';
import { articles } from './articles';
import { concerns } from './concerns';
import { loadActs } from './load/acts';
import { loadAmendments } from './load/amendments';
import { loadAssociations, loadMemberships } from './load/associations';
import { closeFinished, loadBallots } from './load/ballots';
import { loadConcerns } from './load/concerns';
import { loadDesk } from './load/desk';
import { loadDocument } from './load/document';
import { loadDrafts } from './load/drafts';
import { loadLikeness } from './load/likeness';
import { loadForum, loadPeople } from './load/people';
import { loadResponses } from './load/responses';
import { loadSpaces } from './load/spaces';
import { newWorld } from './load/world';
import { organizations } from './organizations';
import { people } from './people';

// Two starts at once on one database: the second waits, and finds the demo there.
const lock = sql`select pg_advisory_xact_lock(hashtext('demo'))`;

/**
 * Writes the fictional forum into an empty, migrated database: all of it or nothing, apart from the close of its
 * finished ballot, which is taken up again at the next call.
 * @param options.now the day that the demo's days are counted from. @param options.log gets lines for the console.
 * @returns `there` when the database holds the demo already; then nothing is changed.
 * @throws Error with one sentence when it holds a forum that is no demo.
 */
export async function loadDemo(
  db: Db,
  { now = new Date(), log = () => {} }: { now?: Date; log?: (line: string) => void } = {},
): Promise<'loaded' | 'there'> {
  const outcome = await db.transaction(async (tx) => {
    await tx.execute(lock);
    if (await isDemo(tx)) return 'there' as const;
    if ((await tx.$count(forum)) + (await tx.$count(persons)) > 0)
      throw new Error(
        'This database holds a forum that is not the demo; choose another DATA_DIR or DATABASE_URL.',
      );
    const world = newWorld(tx, now);
    await loadForum(world);
    await loadPeople(world);
    await loadAssociations(world);
    await loadMemberships(world);
    await loadSpaces(world);
    log(`Demo: ${people.length} people of ${organizations.length} organizations, with their cards.`);
    await loadConcerns(world);
    await loadLikeness(world);
    const sources = await loadDrafts(world);
    const versions = await loadDocument(world, sources);
    await loadDesk(world, sources);
    log(`Demo: ${concerns.length} concerns, and ${articles.length} articles in the second version.`);
    // Before the ballots: what stands as a rival is asked about in the one that is open.
    await loadAmendments(world, versions[2]);
    await loadBallots(world, versions);
    await loadResponses(world, versions[1]);
    await loadActs(world);
    return 'loaded' as const;
  });
  await closeFinished(db);
  log(
    outcome === 'loaded'
      ? 'Demo: three votes are over, one is open, one is announced.'
      : 'The demo forum is there already.',
  );
  return outcome;
}
