import { eq } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { persons } from '~/db/schema/people';
import {
  buildAssociation,
  buildForum,
  buildForumRole,
  buildMandate,
  buildMembership,
  buildOffice,
  buildPerson,
  buildSpace,
  buildSpaceRole,
} from '~/tests/support/factories';

/**
 * The columns of the access table. The roles of the base and of the table the sample things belong to; the same
 * roles elsewhere; the roles in the forum. One person for each, who holds nothing else.
 */
export const roles = [
  'anonymous',
  'account',
  'member',
  'officer',
  'secretary',
  'delegate',
  'coordinator',
  'writer',
  'reader',
  'member elsewhere',
  'officer elsewhere',
  'secretary elsewhere',
  'delegate elsewhere',
  'coordinator elsewhere',
  'writer elsewhere',
  'reader elsewhere',
  'admin',
  'forumSecretary',
  'credentials',
  'editor',
  'liaison',
  'liaison elsewhere',
] as const;
export type Role = (typeof roles)[number];
export type Cast = Record<Role, string | null>;

export const passphrase = 'lluvia en la cancha 7';

async function inBase(db: Db, associationId: string, names: [string, string, string, string]) {
  const [member, officer, secretary, delegate] = [
    await buildPerson(db, { name: names[0] }),
    await buildPerson(db, { name: names[1] }),
    await buildPerson(db, { name: names[2] }),
    await buildPerson(db, { name: names[3] }),
  ];
  for (const { id } of [member, officer, secretary, delegate]) await buildMembership(db, associationId, id);
  await buildMembership(db, associationId, officer.id, 'officer');
  await buildMembership(db, associationId, secretary.id, 'secretary');
  await buildMandate(db, associationId, delegate.id);
  return { member, officer, secretary, delegate };
}

async function atTable(db: Db, spaceId: string, names: [string, string, string]) {
  const [coordinator, writer, reader] = [
    await buildPerson(db, { name: names[0] }),
    await buildPerson(db, { name: names[1] }),
    await buildPerson(db, { name: names[2] }),
  ];
  await buildSpaceRole(db, spaceId, coordinator.id, 'coordinator');
  await buildSpaceRole(db, spaceId, writer.id, 'writer');
  await buildSpaceRole(db, spaceId, reader.id, 'reader');
  return { coordinator, writer, reader };
}

async function inForum(db: Db) {
  const named = async (name: string) => (await buildPerson(db, { name })).id;
  const offices = [
    await buildOffice(db),
    await buildOffice(db, { name: 'Inspección de Trabajo «de Ejemplo»' }),
  ];
  const holder = {
    admin: await named('Amador Vilca'),
    forumSecretary: await named('Gloria Sucasaire'),
    secondSecretary: await named('Jacinta Arias'),
    credentials: await named('Benita Larico'),
    editor: await named('Emilia Tito'),
    liaison: await named('Carla Núñez'),
    otherLiaison: await named('Germán Ibáñez'),
  };
  await buildForumRole(db, holder.admin, 'admin');
  await buildForumRole(db, holder.forumSecretary, 'forumSecretary');
  await buildForumRole(db, holder.secondSecretary, 'forumSecretary');
  await buildForumRole(db, holder.credentials, 'credentials');
  await buildForumRole(db, holder.editor, 'editor');
  await buildForumRole(db, holder.liaison, 'liaison', { officeId: offices[0]!.id });
  await buildForumRole(db, holder.otherLiaison, 'liaison', { officeId: offices[1]!.id });
  return { ...holder, officeId: offices[0]!.id };
}

/** Everybody, with the places they have their roles in. @param passphraseHash of `passphrase`. */
export async function buildCast(db: Db, passphraseHash: string) {
  await buildForum(db);
  await buildSpace(db, { kind: 'plenary', title: 'Plenaria', areas: [] });
  const review = await buildSpace(db, { kind: 'review', title: 'Mesa de revisión', areas: [] });
  const house = (associationId: string, title: string) =>
    buildSpace(db, { kind: 'association', title, areas: [], associationId, private: true });
  const base = await buildAssociation(db, { name: 'Flor de Cuarzo', womens: true });
  const otherBase = await buildAssociation(db, { name: 'Tres Vetas', department: '04' });
  const freeBase = await buildAssociation(db, { name: 'Sin Organización', kind: 'base_libre' });
  const home = await house(base.id, 'Flor de Cuarzo');
  await house(otherBase.id, 'Tres Vetas');
  await house(freeBase.id, 'Sin Organización');
  const table = await buildSpace(db, { title: 'Mesa del Agua', areas: ['agua', 'salud'] });
  const otherTable = await buildSpace(db, { title: 'Mesa de Trámites', areas: ['formalizacion-y-tramites'] });

  const ours = await inBase(db, base.id, [
    'Sabina Quispe',
    'Elvira Mamani',
    'Ysabel Condori',
    'Nieves Choque',
  ]);
  const theirs = await inBase(db, otherBase.id, [
    'Hilda Puma',
    'Rufino Huamaní',
    'Tomasa Ccama',
    'Ciro Paredes',
  ]);
  const here = await atTable(db, table.id, ['Mery Apaza', 'Paulina Villca', 'Hilario Anco']);
  const there = await atTable(db, otherTable.id, ['Delia Rojas', 'Severino Colque', 'Abel Sulca']);
  const forum = await inForum(db);
  const account = await buildPerson(db, { name: 'Aurelia Soto' });
  await db.update(persons).set({ passphraseHash });
  const cast: Cast = {
    anonymous: null,
    account: account.id,
    member: ours.member.id,
    officer: ours.officer.id,
    secretary: ours.secretary.id,
    delegate: ours.delegate.id,
    coordinator: here.coordinator.id,
    writer: here.writer.id,
    reader: here.reader.id,
    'member elsewhere': theirs.member.id,
    'officer elsewhere': theirs.officer.id,
    'secretary elsewhere': theirs.secretary.id,
    'delegate elsewhere': theirs.delegate.id,
    'coordinator elsewhere': there.coordinator.id,
    'writer elsewhere': there.writer.id,
    'reader elsewhere': there.reader.id,
    admin: forum.admin,
    forumSecretary: forum.forumSecretary,
    credentials: forum.credentials,
    editor: forum.editor,
    liaison: forum.liaison,
    'liaison elsewhere': forum.otherLiaison,
  };
  const numbers = await db.select({ id: persons.id, number: persons.number }).from(persons);
  const numberOf = (id: string) => numbers.find((one) => one.id === id)!.number;
  return {
    cast,
    numberOf,
    base,
    otherBase,
    freeBase,
    home,
    table,
    otherTable,
    review,
    officeId: forum.officeId,
    secondSecretary: forum.secondSecretary,
  };
}

/** Whoever is not in the table: to be enrolled, appointed, named. */
export async function stranger(db: Db, name: string) {
  const person = await buildPerson(db, { name });
  const [row] = await db.select().from(persons).where(eq(persons.id, person.id));
  return row!;
}
