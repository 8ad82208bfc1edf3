import type { Db } from '~/db/client';
import { actorOfPerson } from '~/server/actor';
import { forumCaller } from '~/server/root';
import type { ArticleKey } from '../articles';
import type { PersonKey } from '../people';
import { oneOf, type World } from './world';

/** The committee at its desk, through the same gate as in any forum. */
async function as(world: World, key: PersonKey) {
  const actor = await actorOfPerson(world.tx, world.id('person', key));
  // The loader's transaction stands in for the database: what is done here is there with the rest or not at all.
  const db = world.tx as unknown as Db;
  return (await forumCaller({ db, actor, address: 'demo', locale: 'es' })).document;
}

/**
 * A few acts of the committee, so that the list of what was done has something to tell: an article's facts put right,
 * two articles joined and taken apart again, one moved down and back up.
 */
export async function loadActs(world: World): Promise<void> {
  const key = () => crypto.randomUUID();
  const id = (article: ArticleKey) => world.id('article', article);
  const [one, other] = [
    await as(world, oneOf('editor', 'reconocimiento')),
    await as(world, oneOf('editor', 'constancia-de-trabajo')),
  ];

  const first = await one.workingArticle({ id: id('constancia-de-trabajo') });
  await one.setFields({
    ...first,
    reality: `${first.reality}\nSin constancia, el banco y el seguro no atienden.`.trim(),
  });

  const [left, right] = [
    await other.workingArticle({ id: id('reconocimiento') }),
    await other.workingArticle({ id: id('constancia-de-trabajo') }),
  ];
  const joined = await other.merge({
    ...{ key: key(), id: left.id, revision: left.revision, seq: left.seq, title: left.title },
    ...{ other: right.id, otherRevision: right.revision, otherSeq: right.seq, wording: 'first' },
  });
  await one.undo({ key: key(), id: joined.actId! });

  const moving = await one.workingArticle({ id: id('reconocimiento') });
  const after = id('mineral-con-codigo-propio');
  const moved = await one.place({ id: moving.id, revision: moving.revision, area: moving.area, after });
  await other.undo({ key: key(), id: moved.actId! });
}
