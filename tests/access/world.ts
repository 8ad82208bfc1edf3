import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { articleConcerns, articles, chapters, versionArticles } from '~/db/schema/document';
import { draftConcerns } from '~/db/schema/drafts';
import { persons, sessions } from '~/db/schema/people';
import { responseRequests } from '~/db/schema/responses';
import { createText } from '~/server/drafts/commands';
import { buildVersion, closed, openedBallot, preparedBallot, questionsOf } from '../support/ballots';
import { callAs } from '../support/call';
import { buildDraft } from '../support/drafts';
import {
  buildConcern,
  buildForumRole,
  buildMandate,
  buildMembership,
  buildPerson,
  buildSpaceRole,
} from '../support/factories';
import { forumWorld } from '../support/people';

/**
 * One person for each role, who holds that role alone, in the order of the table's columns. `secretary2` and
 * `coordinator2` hold theirs elsewhere: they are the outsiders.
 */
export const roles = [
  'anonymous',
  'member',
  'officer',
  'secretary',
  'delegate',
  'secretary2',
  'coordinator',
  'writer',
  'reader',
  'coordinator2',
  'admin',
  'forumSecretary',
  'credentials',
  'editor',
  'liaison',
] as const;
export type Role = (typeof roles)[number];

/** A forum in which every procedure has something to be asked about. */
export async function accessWorld(db: Db) {
  const world = await forumWorld(db);
  const { people, florDeCuarzo, mesaAgua, casaFlor } = world;
  const dora = await buildPerson(db, { name: 'Dora Yana' });
  await buildMembership(db, florDeCuarzo.id, dora.id);
  await buildMandate(db, florDeCuarzo.id, dora.id);
  const wilma = await buildPerson(db, { name: 'Wilma Soto' });
  await buildSpaceRole(db, mesaAgua.id, wilma.id, 'writer');
  const who: Record<Role, string | null> = {
    anonymous: null,
    member: people.sabina.id,
    officer: people.elvira.id,
    secretary: people.ysabel.id,
    delegate: dora.id,
    secretary2: people.tomasa.id,
    coordinator: people.mery.id,
    writer: wilma.id,
    reader: people.hilario.id,
    coordinator2: people.delia.id,
    admin: people.amador.id,
    forumSecretary: people.gloria.id,
    credentials: people.benita.id,
    editor: people.emilia.id,
    liaison: people.carla.id,
  };

  const one = async <T>(rows: Promise<T[]>) => (await rows)[0]!;
  const concern = await buildConcern(db, people.sabina.id, { associationId: florDeCuarzo.id });
  const aside = await buildConcern(db, people.rufino.id, {
    state: 'no_recogida',
    reasonCode: 'repetida',
    reason: 'x',
  });
  const kept = await buildConcern(db, people.sabina.id, { audience: 'space', spaceId: casaFlor.id });
  const draft = await buildDraft(db, mesaAgua.id, { text: 'Agua segura para todas.' });
  await db.insert(draftConcerns).values({ draftId: draft.id, concernId: concern.id });
  const shut = await buildDraft(db, mesaAgua.id, { state: 'closed', text: 'Cerrado.' });
  const inside = await buildDraft(db, casaFlor.id, { text: 'Solo nuestra base.' });

  const version = await buildVersion(db);
  const frozen = await db
    .select()
    .from(versionArticles)
    .where(eq(versionArticles.versionId, version.id))
    .orderBy(asc(versionArticles.number));
  const chapter = await one(db.select().from(chapters));
  const textId = await db.transaction((tx) =>
    createText(tx, 'article', 'Reservorio y análisis de agua.', null),
  );
  const article = await one(
    db
      .insert(articles)
      .values({
        chapterId: chapter.id,
        position: 9,
        title: 'Agua segura',
        textId,
        areas: ['agua'],
        addressees: ['ana'],
        genderCheck: 'Las mujeres cargan el agua.',
      })
      .returning(),
  );
  await db.insert(articleConcerns).values({ articleId: article.id, concernId: concern.id });

  const open = await openedBallot(db, { versionId: version.id });
  const prepared = await preparedBallot(db, { versionId: version.id });
  const urgent = await preparedBallot(db, {
    versionId: version.id,
    urgent: true,
    preparedBy: people.jacinta.id,
  });
  const done = await openedBallot(db, { versionId: version.id });
  await closed(db, done.id);

  const request = await one(
    db
      .insert(responseRequests)
      .values({ versionArticleId: frozen[0]!.id, officeId: world.officeId, dueOn: '2027-01-15' })
      .returning(),
  );
  const answered = await one(
    db
      .insert(responseRequests)
      .values({ versionArticleId: frozen[1]!.id, officeId: world.officeId, dueOn: '2027-01-15' })
      .returning(),
  );
  const carla = await callAs(db, people.carla.id);
  await carla.responses.respond({
    key: randomUUID(),
    id: answered.id,
    kind: 'en_estudio',
    words: 'La oficina estudia el artículo.',
  });

  const petra = await buildPerson(db, { name: 'Petra Luna' });
  await buildMembership(db, florDeCuarzo.id, petra.id);
  const mandate = await buildMandate(db, florDeCuarzo.id, petra.id, { state: 'presented' });
  const waiting = await buildForumRole(db, (await buildPerson(db, { name: 'Zoila Rey' })).id, 'credentials', {
    confirmedAt: null,
    appointedBy: people.jacinta.id,
  });
  const numberOf = async (id: string) =>
    (await one(db.select().from(persons).where(eq(persons.id, id)))).number;
  const newcomer = await buildPerson(db, { name: 'Nueva Persona' });
  const sabinasSession = await one(
    db
      .insert(sessions)
      .values({
        personId: people.sabina.id,
        device: 'x',
        seenOn: '2026-11-23',
        expiresAt: new Date(Date.now() + 3_600_000),
      })
      .returning(),
  );

  const ysabel = await callAs(db, people.ysabel.id);
  const file = new File(['nombre\nNina Ticona\n'], 'padron.csv', { type: 'text/csv' });
  const upload = new FormData();
  upload.set('id', florDeCuarzo.id);
  upload.set('file', file);
  const preview = (await ysabel.associations.upload(upload as never)) as { id: string };

  return {
    ...world,
    who,
    sabinasSession: sabinasSession.id,
    concern,
    aside,
    kept,
    draft,
    shut,
    inside,
    version,
    frozen,
    article,
    open,
    prepared,
    urgent,
    done,
    questions: await questionsOf(db, open.id),
    request,
    answered,
    mandate,
    petra,
    waiting,
    newcomerNumber: await numberOf(newcomer.id),
    preview,
    file,
  };
}
export type AccessWorld = Awaited<ReturnType<typeof accessWorld>>;
