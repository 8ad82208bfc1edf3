import { randomInt } from 'node:crypto';
import type { DbOrTx } from '~/db/client';
import { associations, mandates, memberships } from '~/db/schema/associations';
import { concerns } from '~/db/schema/concerns';
import { forum } from '~/db/schema/kernel';
import { forumRoles, persons } from '~/db/schema/people';
import { offices } from '~/db/schema/responses';
import { spaceRoles, spaces } from '~/db/schema/spaces';
import type { ForumRole, SpaceRole } from '~/server/actor';
import { withCheckDigit } from '~/server/people/rules';

type New<T extends { $inferInsert: unknown }> = Partial<T['$inferInsert']>;

// Factories write rows straight into the tables, so that a story starts where it wants;
// what a story is about goes through the procedures.
const one = <T>(rows: T[]): T => rows[0]!;

export const buildForum = async (db: DbOrTx, over: New<typeof forum> = {}) =>
  one(
    await db
      .insert(forum)
      .values({ name: 'Foro de prueba', ...over })
      .returning(),
  );

export const buildPerson = async (db: DbOrTx, over: New<typeof persons> = {}) =>
  one(
    await db
      .insert(persons)
      .values({
        name: 'Sabina Quispe',
        number: withCheckDigit(String(randomInt(1_000_000, 10_000_000))),
        ...over,
      })
      .returning(),
  );

export const buildAssociation = async (db: DbOrTx, over: New<typeof associations> = {}) =>
  one(
    await db
      .insert(associations)
      .values({
        name: `Asociación ${randomInt(1_000_000)}`,
        kind: 'asociacion',
        country: 'PE',
        department: '21',
        ...over,
      })
      .returning(),
  );

export const buildMembership = async (
  db: DbOrTx,
  associationId: string,
  personId: string,
  role: 'member' | 'officer' | 'secretary' = 'member',
) => one(await db.insert(memberships).values({ associationId, personId, role }).returning());

/** An accredited delegate, unless another state is asked for. */
export const buildMandate = async (
  db: DbOrTx,
  associationId: string,
  personId: string,
  over: New<typeof mandates> = {},
) =>
  one(
    await db
      .insert(mandates)
      .values({
        associationId,
        personId,
        actaReference: 'Libro 2, folio 14',
        actaDate: '2026-10-01',
        actaWords: 'La asamblea la nombra delegada.',
        state: 'accredited',
        ...over,
      })
      .returning(),
  );

export const buildForumRole = async (
  db: DbOrTx,
  personId: string,
  role: ForumRole,
  over: New<typeof forumRoles> = {},
) => {
  const officeId = role === 'liaison' ? (over.officeId ?? (await buildOffice(db)).id) : null;
  return one(
    await db
      .insert(forumRoles)
      .values({ personId, role, confirmedAt: new Date(), ...over, officeId })
      .returning(),
  );
};

export const buildOffice = async (db: DbOrTx, over: New<typeof offices> = {}) =>
  one(
    await db
      .insert(offices)
      .values({ name: 'Dirección Regional de Minería «de Prueba»', country: 'PE', ...over })
      .returning(),
  );

export const buildSpace = async (db: DbOrTx, over: New<typeof spaces> = {}) =>
  one(
    await db
      .insert(spaces)
      .values({ kind: 'table', title: `Mesa ${randomInt(1_000_000)}`, areas: ['agua'], ...over })
      .returning(),
  );

export const buildSpaceRole = async (db: DbOrTx, spaceId: string, personId: string, role: SpaceRole) =>
  one(await db.insert(spaceRoles).values({ spaceId, personId, role }).returning());

export const buildConcern = async (db: DbOrTx, personId: string, over: New<typeof concerns> = {}) =>
  one(
    await db
      .insert(concerns)
      .values({
        words: 'Lavamos con agua de la mina. Se nos parte la piel.',
        areas: ['agua'],
        country: 'PE',
        department: '21',
        barrier: 'otro',
        personId,
        ...over,
      })
      .returning(),
  );
