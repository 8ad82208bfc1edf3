import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import type { Db } from '~/db/client';
import { callAs } from './call';
import { documentWorld, freezing, readyArticle } from './document';
import { buildAssociation, buildMandate, buildMembership, buildPerson } from './factories';

/** The small world with a frozen first version: «Agua limpia» is article 1, «Pozos» article 2. */
export async function consultedWorld(db: Db) {
  const world = await documentWorld(db);
  const ids = { water: await readyArticle(world), wells: await readyArticle(world, { title: 'Pozos' }) };
  const emilia = await world.as('emilia');
  const version = await emilia.document.freeze(freezing(0));
  const place = async (number: number, article: number) =>
    (await world.as(null)).document.article({ number, article });
  return { ...world, ids, version, place };
}
export type ConsultedWorld = Awaited<ReturnType<typeof consultedWorld>>;

/** A base with its accredited delegate, as a caller. */
export async function anotherBase(db: Db, name: string) {
  const base = await buildAssociation(db, { name });
  const delegate = await buildPerson(db, { name: `Delegada de ${name}` });
  await buildMembership(db, base.id, delegate.id);
  await buildMandate(db, base.id, delegate.id);
  return { id: base.id, personId: delegate.id, call: await callAs(db, delegate.id) };
}

/** What a base's delegate sends from the form. */
export const proposal = (associationId: string, over: Record<string, unknown> = {}) => ({
  key: randomUUID(),
  kind: 'replace' as const,
  name: `base:${associationId}`,
  why: 'Así lo acordó nuestra asamblea.',
  actaReference: 'Libro 3, folio 8',
  actaDate: '2026-10-12',
  ...over,
});

/**
 * Every story of a file in a world of its own, which is gone with it: versions and amendments are counted over the
 * whole forum. `now()` is the database inside the story; no two people can act at once there.
 */
export function storyDatabase(database: { db: Db }) {
  let [inside, over]: [Db | null, () => void] = [null, () => {}];
  let ended: Promise<unknown> = Promise.resolve();
  const undone = new Error('the story is over');
  beforeEach(async () => {
    await new Promise<void>((begun) => {
      ended = database.db
        .transaction(async (tx) => {
          inside = tx as unknown as Db;
          begun();
          await new Promise<void>((end) => {
            over = end;
          });
          throw undone;
        })
        .catch((error) => {
          if (error !== undone) throw error;
        });
    });
  });
  afterEach(async () => {
    over();
    await ended;
  });
  return () => inside!;
}
