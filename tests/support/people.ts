import type { DbOrTx } from '~/db/client';
import {
  buildAssociation,
  buildForum,
  buildForumRole,
  buildMandate,
  buildMembership,
  buildPerson,
  buildSpace,
  buildSpaceRole,
} from './factories';

/**
 * The small world most stories start in. One person for each role, who holds that role alone, and two
 * outsiders who hold the same roles elsewhere.
 * - Flor de Cuarzo (Puno, women's): Elvira officer, Ysabel secretary, Sabina member, Nieves delegate.
 * - Tres Vetas (Arequipa): Rufino delegate, Tomasa secretary.
 * - Mesa del Agua: Mery coordinator, Nieves and Rufino writers, Hilario reader. Mesa de Trámites: Delia coordinator.
 * - Forum: Amador admin, Gloria and Jacinta forumSecretary, Benita and Ciro credentials, Emilia editor, Carla liaison.
 */
export async function forumWorld(db: DbOrTx) {
  const forum = await buildForum(db);
  const person = (name: string) => buildPerson(db, { name });
  const florDeCuarzo = await buildAssociation(db, { name: 'Flor de Cuarzo', womens: true });
  const tresVetas = await buildAssociation(db, { name: 'Tres Vetas', department: '04' });
  const plenary = await buildSpace(db, { kind: 'plenary', title: 'Plenaria', areas: [] });
  const review = await buildSpace(db, { kind: 'review', title: 'Mesa de revisión', areas: [] });
  const mesaAgua = await buildSpace(db, { title: 'Mesa del Agua', areas: ['agua', 'salud'] });
  const mesaTramites = await buildSpace(db, {
    title: 'Mesa de Trámites',
    areas: ['formalizacion-y-tramites'],
  });
  const casaFlor = await buildSpace(db, {
    kind: 'association',
    title: 'Flor de Cuarzo',
    areas: [],
    associationId: florDeCuarzo.id,
    private: true,
  });
  const casaVetas = await buildSpace(db, {
    kind: 'association',
    title: 'Tres Vetas',
    areas: [],
    associationId: tresVetas.id,
    private: true,
  });

  const [elvira, ysabel, sabina, nieves] = [
    await person('Elvira Mamani'),
    await person('Ysabel Condori'),
    await person('Sabina Quispe'),
    await person('Nieves Choque'),
  ];
  await buildMembership(db, florDeCuarzo.id, elvira.id, 'officer');
  await buildMembership(db, florDeCuarzo.id, ysabel.id, 'secretary');
  for (const member of [elvira, ysabel, sabina, nieves])
    await buildMembership(db, florDeCuarzo.id, member.id);
  await buildMandate(db, florDeCuarzo.id, nieves.id);
  const [rufino, tomasa] = [await person('Rufino Huamaní'), await person('Tomasa Ccama')];
  await buildMembership(db, tresVetas.id, tomasa.id, 'secretary');
  for (const member of [rufino, tomasa]) await buildMembership(db, tresVetas.id, member.id);
  await buildMandate(db, tresVetas.id, rufino.id);

  const [mery, hilario, delia] = [
    await person('Mery Apaza'),
    await person('Hilario Puma'),
    await person('Delia Rojas'),
  ];
  await buildSpaceRole(db, mesaAgua.id, mery.id, 'coordinator');
  await buildSpaceRole(db, mesaAgua.id, nieves.id, 'writer');
  await buildSpaceRole(db, mesaAgua.id, rufino.id, 'writer');
  await buildSpaceRole(db, mesaAgua.id, hilario.id, 'reader');
  await buildSpaceRole(db, mesaTramites.id, delia.id, 'coordinator');

  const roles = {
    amador: await person('Amador Vilca'),
    gloria: await person('Gloria Sucasaire'),
    jacinta: await person('Jacinta Arias'),
    benita: await person('Benita Larico'),
    ciro: await person('Ciro Paredes'),
    emilia: await person('Emilia Tito'),
    carla: await person('Carla Núñez'),
  };
  await buildForumRole(db, roles.amador.id, 'admin');
  await buildForumRole(db, roles.gloria.id, 'forumSecretary');
  await buildForumRole(db, roles.jacinta.id, 'forumSecretary');
  await buildForumRole(db, roles.benita.id, 'credentials');
  await buildForumRole(db, roles.ciro.id, 'credentials');
  await buildForumRole(db, roles.emilia.id, 'editor');
  const carlasDesk = await buildForumRole(db, roles.carla.id, 'liaison');
  return {
    forum,
    florDeCuarzo,
    tresVetas,
    plenary,
    review,
    mesaAgua,
    mesaTramites,
    casaFlor,
    casaVetas,
    officeId: carlasDesk.officeId!,
    people: { elvira, ysabel, sabina, nieves, rufino, tomasa, mery, hilario, delia, ...roles },
  };
}
