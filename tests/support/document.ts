import { randomUUID } from 'node:crypto';
import type { Db } from '~/db/client';
import type { ForumOutputs } from '~/server/root';
import { callAs } from './call';
import { buildDraft } from './drafts';
import { buildConcern, buildForumRole, buildPerson } from './factories';
import { forumWorld } from './people';

export const words = 'Hay un punto de agua limpia cerca de cada campamento.\nSu uso no se cobra.';

/** The small world, a second editor (Filomena), and a draft of the Mesa del Agua with two concerns. */
export async function documentWorld(db: Db) {
  const world = await forumWorld(db);
  const filomena = await buildPerson(db, { name: 'Filomena Cruz' });
  await buildForumRole(db, filomena.id, 'editor');
  const people = { ...world.people, filomena };
  const skin = await buildConcern(db, people.sabina.id, { associationId: world.florDeCuarzo.id });
  const far = await buildConcern(db, people.rufino.id, {
    words: 'El agua queda a una hora a pie.',
    areas: ['agua', 'salud'],
    department: '04',
    associationId: world.tresVetas.id,
  });
  const draft = await buildDraft(db, world.mesaAgua.id, {
    title: 'Agua limpia',
    text: words,
    concernIds: [skin.id, far.id],
  });
  const as = (name: keyof typeof people | null) => callAs(db, name && people[name].id);
  return { ...world, people, skin, far, draft, as };
}
export type DocumentWorld = Awaited<ReturnType<typeof documentWorld>>;

type Fields =
  | 'id'
  | 'revision'
  | 'title'
  | 'summary'
  | 'areas'
  | 'law'
  | 'reality'
  | 'addressees'
  | 'library';
type Checks = 'genderCheck' | 'genderWaived' | 'territory';
type Working = Pick<ForumOutputs['document']['workingArticle'], Fields | Checks>;
/** Everything of an article that may be set, as it stands: for a form that changes one thing. */
export const fieldsOf = (article: Working) => ({
  id: article.id,
  revision: article.revision,
  title: article.title,
  summary: article.summary,
  areas: article.areas,
  law: article.law,
  reality: article.reality,
  addressees: article.addressees,
  library: article.library,
  genderCheck: article.genderCheck,
  genderWaived: article.genderWaived,
  territory: article.territory,
});

/** An article ready to be frozen, taken up by Emilia out of the draft. */
export async function readyArticle(world: DocumentWorld, over: { title?: string; area?: string } = {}) {
  const emilia = await world.as('emilia');
  const { id } = await emilia.document.takeUp({
    key: randomUUID(),
    draftId: world.draft.id,
    area: over.area ?? 'agua',
    title: over.title ?? 'Agua limpia',
    concernIds: [],
  });
  const article = await emilia.document.workingArticle({ id });
  await emilia.document.setFields({
    ...fieldsOf(article),
    summary: 'Agua limpia en cada campamento, sin cobro.',
    addressees: ['ana'],
    genderCheck: 'Las pallaqueras y cocineras cargan el agua: a ellas les toca primero.',
  });
  return id;
}

export const freezing = (after: number, title = 'Documento único') => ({ key: randomUUID(), title, after });
