import { beforeAll, describe, expect, it } from 'vitest';
import { ballotQuestions, ballots, tallies } from '~/db/schema/ballots';
import {
  articleConcerns,
  articleSources,
  articles,
  chapters,
  versionArticles,
  versions,
} from '~/db/schema/document';
import { draftConcerns, drafts, texts } from '~/db/schema/drafts';
import { responseRequests, responses } from '~/db/schema/responses';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildConcern } from '../support/factories';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let concernId: string;
let secondId: string;
let keptId: string;
let versionArticleId: string;

/** Straight into the tables: one concern that has come all the way, in two versions. */
beforeAll(async () => {
  const { db } = database;
  world = await forumWorld(db);
  const { sabina, emilia } = world.people;
  const one = async <T>(rows: Promise<T[]>) => (await rows)[0]!;
  concernId = (await buildConcern(db, sabina.id, { state: 'recogida' })).id;
  secondId = (await buildConcern(db, sabina.id)).id;
  keptId = (await buildConcern(db, sabina.id, { audience: 'space', spaceId: world.casaFlor.id })).id;
  const text = () => one(db.insert(texts).values({ kind: 'draft' }).returning());
  const draft = await one(
    db
      .insert(drafts)
      .values({
        spaceId: world.mesaAgua.id,
        textId: (await text()).id,
        title: 'Agua segura',
        state: 'closed',
      })
      .returning(),
  );
  const inside = await one(
    db
      .insert(drafts)
      .values({ spaceId: world.casaFlor.id, textId: (await text()).id, title: 'zarzamora-cuarzo-41' })
      .returning(),
  );
  for (const draftId of [draft.id, inside.id]) await db.insert(draftConcerns).values({ draftId, concernId });
  const chapter = await one(db.insert(chapters).values({ area: 'agua', position: 1 }).returning());
  const article = await one(
    db
      .insert(articles)
      .values({
        chapterId: chapter.id,
        position: 1,
        title: 'Agua segura',
        textId: (await text()).id,
        areas: ['agua'],
      })
      .returning(),
  );
  await db.insert(articleConcerns).values({ articleId: article.id, concernId });
  await db.insert(articleSources).values({ articleId: article.id, draftId: draft.id, seq: 1 });
  const frozen = {
    articleId: article.id,
    area: 'agua',
    areas: ['agua'],
    title: 'Agua segura',
    text: 'Reservorio y análisis de agua publicados dos veces al año.',
    summary: '',
    law: '',
    reality: '',
    addressees: ['ana'],
    library: ['ley-27651'],
    genderCheck: 'Las mujeres cargan el agua.',
    genderWaived: false,
    territory: false,
    concernIds: [concernId, keptId],
    sha256: 'x',
  };
  const placed: string[] = [];
  for (const number of [1, 2]) {
    const version = await one(
      db
        .insert(versions)
        .values({
          number,
          title: `Versión ${number}`,
          canonical: '{}',
          sha256: `${number}`,
          frozenBy: emilia.id,
        })
        .returning(),
    );
    const at = await one(
      db
        .insert(versionArticles)
        .values({ ...frozen, versionId: version.id, number: 14 + number })
        .returning(),
    );
    placed.push(at.id);
    const ballot = await one(
      db
        .insert(ballots)
        .values({
          versionId: version.id,
          title: `Votación ${number}`,
          scope: 'articles',
          rule: { quorumPercent: 50, majorityPercent: 50 },
          closesAt: new Date(),
        })
        .returning(),
    );
    const asked = await one(
      db
        .insert(ballotQuestions)
        .values({ ballotId: ballot.id, position: 1, versionArticleId: at.id })
        .returning(),
    );
    if (number === 2) {
      await db.update(ballots).set({ state: 'open', openedAt: new Date() });
      await db.insert(tallies).values({
        ballotId: ballot.id,
        questionId: asked.id,
        yes: 30,
        no: 2,
        abstain: 1,
        verdict: 'aprobado',
      });
    }
    const request = await one(
      db
        .insert(responseRequests)
        .values({ versionArticleId: at.id, officeId: world.officeId, dueOn: '2026-01-01' })
        .returning(),
    );
    if (number === 2)
      for (const [revision, kind] of [
        [1, 'en_estudio'],
        [2, 'acogida'],
      ] as const)
        await db.insert(responses).values({ requestId: request.id, revision, kind, words: 'Se acoge.' });
  }
  versionArticleId = placed[1]!;
});

const as = (name: keyof typeof world.people | null) => callAs(database.db, name && world.people[name].id);

describe('the thread of a concern', () => {
  it('leads Rufino from the concern to the article in force, its vote and the State’s last word', async () => {
    const thread = await (await as('rufino')).thread.ofConcern({ id: concernId });
    expect(thread.articles).toMatchObject([{ version: 2, number: 16, title: 'Agua segura' }]);
    expect(thread.drafts.map((draft) => draft.title)).toEqual(['Agua segura']);
    expect(thread.ballots).toMatchObject([
      { title: 'Votación 2', verdict: 'aprobado' },
      { title: 'Votación 1' },
    ]);
    expect(thread.responses).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'acogida', version: 2, article: 16 }),
        expect.objectContaining({ kind: null, dueOn: '2026-01-01', version: 1, article: 15 }),
      ]),
    );
  });

  it('names no draft of a private space to those outside, and counts it as work of a table', async () => {
    for (const who of [null, 'rufino', 'gloria', 'amador', 'carla'] as const) {
      const thread = await (await as(who)).thread.ofConcern({ id: concernId });
      expect(JSON.stringify(thread)).not.toContain('zarzamora');
    }
    const inside = await (await as('sabina')).thread.ofConcern({ id: concernId });
    expect(inside.drafts.map((draft) => draft.title)).toContain('zarzamora-cuarzo-41');
  });

  it('is not there for a concern kept inside a base', async () => {
    expect(await problemOf((await as(null)).thread.ofConcern({ id: keptId }))).toMatchObject({
      code: 'not_found',
    });
  });

  it('says of a new concern that all is still to come', async () => {
    expect(await (await as(null)).thread.ofConcern({ id: secondId })).toMatchObject({
      articles: [],
      drafts: [],
      ballots: [],
      responses: [],
      unfrozen: 0,
    });
  });
});

describe('the thread of an article', () => {
  it('leads back to the concerns one may see, of all there are', async () => {
    const thread = await (await as(null)).thread.ofVersionArticle({ id: versionArticleId });
    expect(thread.concerns.map((concern) => concern.id)).toEqual([concernId]);
    expect(thread.responses).toHaveLength(2);
    expect(thread.responses).toContainEqual(expect.objectContaining({ kind: 'acogida', version: 2 }));
    expect(thread.ballots).toMatchObject([{ title: 'Votación 2', article: 16, verdict: 'aprobado' }]);
  });

  it('is found from the law it cites, in the version in force alone', async () => {
    expect(await (await as(null)).thread.citing({ slug: 'ley-27651' })).toEqual([
      { version: 2, number: 16, title: 'Agua segura' },
    ]);
  });
});
