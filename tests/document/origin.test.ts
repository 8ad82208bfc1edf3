import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { memberships } from '~/db/schema/associations';
import { spaces } from '~/db/schema/spaces';
import { groups } from '~/server/document/rules/coverage';
import {
  type Happening,
  inOrder,
  standingBehind,
  together,
  type Voice,
} from '~/server/document/rules/history';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, fieldsOf, freezing, readyArticle } from '../support/document';
import { buildDraft } from '../support/drafts';
import { buildConcern } from '../support/factories';

const voice: fc.Arbitrary<Voice> = fc.record({
  areas: fc.uniqueArray(fc.constantFrom('agua', 'salud', 'dignidad'), { minLength: 1 }),
  department: fc.constantFrom('21', '04', 'BO-P'),
  group: fc.constantFrom(...groups),
  womens: fc.boolean(),
});
const at = (day: number) => new Date(Date.UTC(2026, 9, day, 15));

describe('who stands behind an article', () => {
  it('adds up, and the whole is the sum of its parts: nothing is lost when articles are joined', () => {
    fc.assert(
      fc.property(fc.array(voice), fc.array(voice), (one, other) => {
        const [a, b, both] = [one, other, [...one, ...other]].map(standingBehind) as ReturnType<
          typeof standingBehind
        >[];
        const n = (items: { slug: string; n: number }[], slug?: string) =>
          items.filter((item) => !slug || item.slug === slug).reduce((sum, item) => sum + item.n, 0);
        expect(n(both!.groups)).toBe(one.length + other.length);
        expect(n(both!.departments)).toBe(one.length + other.length);
        expect(both!.inside + both!.outside).toBe(one.length + other.length);
        for (const key of ['areas', 'departments', 'groups'] as const)
          for (const { slug, n: all } of both![key]) expect(all).toBe(n(a![key], slug) + n(b![key], slug));
        expect(both!.womens).toBe(a!.womens + b!.womens);
      }),
    );
  });
});

describe('the steps of an article', () => {
  const gone: Happening = { kind: 'gone', at: at(20), version: 3 };
  const retired: Happening = { kind: 'retired', at: at(19) };
  const tied: Happening = { kind: 'tied', at: at(1), concerns: [] };
  it('stand from the first to the last, and end with the last freezing for who may not see what is in the making', () => {
    expect(inOrder([gone, retired, tied])).toEqual([tied, retired, gone]);
    expect(inOrder([gone, retired, tied], at(10))).toEqual([tied, gone]);
  });
  it('tell the concerns of one day together, by number', () => {
    const ties = [3, 1, 2].map((number) => ({ id: `c${number}`, number, at: at(number === 2 ? 5 : 4) }));
    const told = together('tied', ties, (when) => when.toISOString().slice(0, 10));
    expect(
      told.map((one) => (one.kind === 'tied' ? one.concerns.map(({ number }) => number) : null)),
    ).toEqual([[1, 3], [2]]);
  });
});

const database = testDatabase();
let world: DocumentWorld;
let id: string;
const origin = async (name: Parameters<DocumentWorld['as']>[0], making = false) =>
  (await world.as(name)).document.origin({ id, making });
const kinds = (found: Awaited<ReturnType<typeof origin>>) => found.events.map(({ kind }) => kind);

beforeAll(async () => {
  world = await documentWorld(database.db);
  id = await readyArticle(world);
});

describe('where an article comes from', () => {
  it('is for the readers of the document in the making until it is frozen', async () => {
    expect((await problemOf(origin(null))).status).toBe(404);
    expect(await problemOf(origin('sabina'))).toEqual(await problemOf(origin(null)));
    expect(kinds(await origin('nieves'))).toEqual(['taken', 'tied']);
  });

  it('says to everybody, once frozen, from which groups it is, and what was not taken up and why', async () => {
    const { db } = database;
    const aside = await buildConcern(db, world.people.hilario.id, {
      words: 'Que la planta nos dé agua.',
      areas: ['agua'],
    });
    const kept = await buildConcern(db, world.people.sabina.id, {
      spaceId: world.casaFlor.id,
      audience: 'space',
      areas: ['agua'],
    });
    const emilia = await world.as('emilia');
    await emilia.concerns.setAside({
      id: aside.id,
      reasonCode: 'otra-via',
      reason: 'Lo ve la junta de usuarios.',
    });
    await emilia.document.freeze(freezing(0));
    const found = await origin(null);
    expect(found).toMatchObject({
      making: false,
      version: 1,
      number: 1,
      behind: {
        total: 2,
        groups: [{ slug: 'asociacion', n: 2 }],
        womens: 1,
        inside: 0,
        outside: 2,
        bases: ['Flor de Cuarzo', 'Tres Vetas'],
        departments: [
          { slug: '04', n: 1 },
          { slug: '21', n: 1 },
        ],
      },
      refused: {
        total: 1,
        concerns: [
          {
            number: aside.number,
            reasonCode: 'otra-via',
            reason: 'Lo ve la junta de usuarios.',
            sameDraft: false,
          },
        ],
      },
    });
    expect(kinds(found)).toEqual(['taken', 'tied', 'frozen']);
    expect(JSON.stringify(found)).not.toContain(kept.id);
    for (const { name } of Object.values(world.people)) expect(JSON.stringify(found)).not.toContain(name);
  });

  it('names an open table to all, and its draft only to who may read it', async () => {
    expect((await origin(null)).events[0]).toMatchObject({
      kind: 'taken',
      draft: { id: null, title: null, space: 'Mesa del Agua', bases: [] },
    });
    expect((await origin('nieves')).events[0]).toMatchObject({
      draft: { id: world.draft.id, title: 'Agua limpia', space: 'Mesa del Agua' },
    });
  });

  it('of drafts that a base keeps in its house outsiders learn neither name nor how many', async () => {
    const { db } = database;
    const { articleSources } = await import('~/db/schema/document');
    for (const title of ['Aguas de Flor', 'Más aguas']) {
      const draft = await buildDraft(db, world.casaFlor.id, { title, text: 'Agua.' });
      await db.insert(articleSources).values({ articleId: id, draftId: draft.id, seq: 1, takenAt: at(1) });
    }
    const hidden = (await origin(null)).events.filter(
      (one) => one.kind === 'taken' && one.draft.space === null,
    );
    expect(hidden).toHaveLength(1);
    expect(JSON.stringify(await origin('rufino'))).not.toMatch(/Flor de Cuarzo»|Aguas de Flor|Más aguas/);
    expect(JSON.stringify(await origin('nieves'))).toContain('Aguas de Flor');
  });

  it('tells each change of the text from one version to the next, and what is in the making to its readers alone', async () => {
    const emilia = await world.as('emilia');
    const before = await emilia.document.workingArticle({ id });
    await emilia.document.setFields({ ...fieldsOf(before), law: 'Ley de recursos hídricos.' });
    await emilia.document.unlinkConcern({ id, concernId: world.far.id });
    expect(kinds(await origin(null))).not.toContain('untied');
    expect((await origin(null)).behind.total).toBe(2);
    expect(kinds(await origin('nieves', true))).toContain('untied');
    expect((await origin('nieves', true)).behind).toMatchObject({
      total: 1,
      groups: [{ slug: 'asociacion', n: 1 }],
    });
    // Who may not read the making and asks for it is told of the frozen article.
    expect(await origin(null, true)).toEqual(await origin(null));

    await emilia.document.freeze(freezing(1));
    const last = (await origin(null)).events.at(-1)!;
    expect(last).toMatchObject({
      kind: 'frozen',
      version: 2,
      before: { version: 1 },
      difference: { fields: ['law'], concerns: { in: 0, out: 1 } },
    });
  });

  it('tells in which version it is no more', async () => {
    const emilia = await world.as('emilia');
    await readyArticle(world, { title: 'Otra agua' });
    const { revision } = await emilia.document.workingArticle({ id });
    await emilia.document.retire({ id, revision });
    expect(kinds(await origin(null))).not.toContain('gone');
    await emilia.document.freeze(freezing(2));
    const found = await origin(null);
    expect(found).toMatchObject({ version: 2, making: false });
    expect(found.events.at(-1)).toMatchObject({ kind: 'gone', version: 3 });
  });

  it('names the bases that wrote the draft where its space tells them, and never a person', async () => {
    const { db } = database;
    await db
      .insert(memberships)
      .values([{ associationId: world.florDeCuarzo.id, personId: world.people.mery.id, role: 'member' }]);
    await db.execute(
      `update text_updates set author = '${world.people.mery.id}' where text_id = (select text_id from drafts where id = '${world.draft.id}')`,
    );
    const named = async () => {
      const taken = (await origin('rufino')).events.find(
        (one) => one.kind === 'taken' && one.draft.id === world.draft.id,
      );
      return taken?.kind === 'taken' ? taken.draft.bases : null;
    };
    expect(await named()).toEqual(['Flor de Cuarzo']);
    await db.update(spaces).set({ attribution: 'off' });
    expect(await named()).toEqual([]);
  });
});
