import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { amendments } from '~/db/schema/amendments';
import { concerns } from '~/db/schema/concerns';
import { audit } from '~/db/schema/kernel';
import { releases } from '~/db/schema/rooms';
import { type Actor, anonymous, neutral } from '~/server/actor';
import { publishReleases } from '~/server/releases/commands';
import { publish } from '~/server/releases/policy';
import { type Content, isReserved, isTaken, problemsOf, shownName, tidy } from '~/server/releases/rules';
import { can } from '~/server/rule';
import { type ConsultedWorld, consultedWorld, storyDatabase } from '../support/amendments';
import { testDatabase } from '../support/db';
import { aConcern, anArticle } from '../support/releases';

describe('who lets it appear', () => {
  const signedIn: Actor = {
    ...anonymous,
    personId: randomUUID(),
    forum: new Set(['forumSecretary', 'admin']),
  };
  const table: [string, Actor, string, boolean][] = [
    ['the forum itself, on its day', neutral, '2026-11-10', true],
    ['the forum itself, later', neutral, '2026-11-12', true],
    ['the forum itself, before', neutral, '2026-11-09', false],
    ['nobody', anonymous, '2026-11-10', false],
    ['whoever runs the forum', signedIn, '2026-11-10', false],
  ];
  it.each(table)('%s', (_who, actor, today, may) => {
    expect(can(publish, actor, { notBefore: '2026-11-10', today })).toBe(may);
  });
});

describe('what may be let out', () => {
  const problems = (content: Content) => problemsOf(tidy(content)).map(({ field, why }) => `${field} ${why}`);
  const table: [string, Content, string[]][] = [
    ['a concern', aConcern(), []],
    ['an article', anArticle(), []],
    ['no name', aConcern({ name: '  ' }), ['name short']],
    ['a name of the forum', aConcern({ name: 'Secretaría del foro' }), ['name reserved']],
    ['a name of the State', aConcern({ name: 'Amigas del MINEM' }), ['name reserved']],
    ['few words', aConcern({ words: 'No.' }), ['words short']],
    ['many words', aConcern({ words: 'a'.repeat(1501) }), ['words long']],
    ['no area', aConcern({ areas: [] }), ['areas choose']],
    ['an area that is none', aConcern({ areas: ['luna'] }), ['areas choose']],
    ['a place that is none', aConcern({ place: '99' }), ['place choose']],
    ['a barrier that is none', aConcern({ barrier: '' }), ['barrier choose']],
    ['an article without why', anArticle({ why: '' }), ['why short']],
    ['an article without title', anArticle({ title: 'x' }), ['title short']],
  ];
  it.each(table)('%s', (_what, content, expected) => {
    expect(problems(content)).toEqual(expected);
  });
  const forged: [string, string, string[]][] = [
    ['a space nobody sees', 'Fren\u200Bte Unido', ['reserved']],
    ['a joiner nobody sees', 'Frente\u2060 Unido', ['reserved']],
    ['a hyphen nobody sees', 'Min\u00ADem de todas', ['reserved']],
    ['a mark that turns it round', '\u202EFrente Unido', ['reserved']],
    ['tags', 'Frente\u{E0041} Unido', ['reserved']],
    ['a control mark', 'Frente\u0007 Unido', ['reserved']],
    ['without the space', 'FrenteUnido', ['reserved']],
    ['letter by letter', 'F.r.e.n.t.e Unido', ['reserved']],
    ['inside another', 'La voz del Frente Unido', ['reserved']],
    ['a number as a letter', 'Frente Unid0', ['reserved']],
    ['a letter as a letter', 'MlNEM oficial', ['reserved']],
    ['two letters as one', 'rnesa del agua', ['reserved']],
    ['an accent', 'Frénte Únido', ['reserved']],
    ['Cyrillic', 'Frеnte Unido', ['letters']],
    ['Greek', 'Frente Uνido', ['letters']],
    ['small capitals', 'Fʀente Unido', ['letters']],
    ['wide letters', 'Ｆｒｅｎｔｅ Unido', ['letters', 'reserved']],
    ['a letter nobody sees', 'Frente\u3164Unido', ['letters']],
    ['a line through it', 'Las de a\u0336rriba', ['letters']],
    ['an ornament', 'Las de arriba ✓', ['letters']],
    ['brackets as of an association', 'Las de arriba (base)', ['letters']],
    ['Quechua', 'Ñawpaq Warmikuna', []],
    ['Aymara', 'Qhuyir warminaka, banda 2', []],
    ['accents written apart', 'Las de la Compan\u0303ia', []],
    ['marks of every day', '¡Las de «Cerro Rico» – 1 y 2!', []],
  ];
  it.each(forged)('as a name, %s', (_what, name, expected) => {
    expect(problemsOf(tidy(aConcern({ name }))).map(({ why }) => why)).toEqual(expected);
  });
  it('nor with the name of a base, as the eye reads it', () => {
    for (const name of ['Flor de Cuarzo', 'Fl\u200Bor de Cuarzo', 'F1or deCuarzo', 'Fior de Cuarz0'])
      expect(isTaken(name, ['Flor de Cuarzo'])).toBe(true);
    expect(isTaken('Flores de Cuarzo', ['Flor de Cuarzo'])).toBe(false);
  });
  it('speaks for nobody but its own', () => {
    expect(isReserved('Mesadas del sur')).toBe(false);
    expect(isReserved('Mesa del agua')).toBe(true);
    expect(shownName({ name: 'Las de arriba', womens: false })).toBe('Las de arriba (colectivo)');
  });
});

describe('at the fixed hour', () => {
  const db = storyDatabase(testDatabase());
  let w: ConsultedWorld;
  beforeEach(async () => {
    w = await consultedWorld(db());
  });
  const today = '2026-11-10';
  const waits = async (content: Content, notBefore = today) => {
    const id = randomUUID();
    await db().insert(releases).values({ id, content, notBefore });
    return id;
  };
  const refusedOf = async (id: string) =>
    (await db().select().from(releases).where(eq(releases.id, id)))[0]?.refused;

  it('all that is due appears at once, at one time, and what is not stays', async () => {
    const ids = await Promise.all(
      Array.from({ length: 6 }, (_, at) => waits(aConcern({ name: `Las de ${at}` }))),
    );
    const tomorrow = await waits(aConcern({ name: 'Las de mañana' }), '2026-11-11');
    expect(await publishReleases(db(), today)).toBe(6);
    const rows = await db().select().from(concerns).where(eq(concerns.womens, true)).orderBy(concerns.number);
    expect(rows.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(new Set(rows.map(({ createdAt }) => createdAt.toISOString()))).toEqual(
      new Set(['2026-11-10T11:00:00.000Z']),
    );
    expect(await refusedOf(tomorrow)).toBeNull();
  });

  it('as an article it is decided on and backed like any other, by a name that is no base', async () => {
    const id = await waits(anArticle());
    expect(await publishReleases(db(), today)).toBe(1);
    const anybody = await w.as(null);
    expect(await anybody.amendments.detail({ id, page: 1 })).toMatchObject({
      state: 'open',
      kind: 'add',
      by: 'Las de la cancha alta (colectivo)',
      from: 'collective',
      day: today,
      actaReference: null,
    });
    const nieves = await w.as('nieves');
    await nieves.amendments.back({ id, associationId: w.florDeCuarzo.id });
    await expect(nieves.amendments.withdraw({ id })).rejects.toThrow();
    const emilia = await w.as('emilia');
    await emilia.amendments.accept({ id });
    expect((await anybody.amendments.detail({ id, page: 1 })).state).toBe('accepted');
    const rows = await db().select().from(audit).where(eq(audit.subject, id));
    expect(rows.find(({ action }) => action === 'amendments.propose')).toMatchObject({ personId: null });
    expect((await anybody.releases.open()).released).toEqual([{ kind: 'article', id, state: 'accepted' }]);
  });

  it('the committee sets a concern of it aside with a reason, as any, and everybody reads it in the list', async () => {
    const id = await waits(aConcern());
    await publishReleases(db(), today);
    const emilia = await w.as('emilia');
    await emilia.concerns.setAside({ id, reasonCode: 'ya-en-ley', reason: 'Está en el reglamento de hoy.' });
    const { released } = await (await w.as(null)).releases.open();
    expect(released).toMatchObject([{ kind: 'concern', id, state: 'no_recogida' }]);
    await expect(
      (await w.as('nieves')).concerns.appeal({ key: randomUUID(), id, words: 'No estamos de acuerdo.' }),
    ).rejects.toThrow();
  });

  it('whose name is a base’s, or whose article is proposed already, is told so and does not appear', async () => {
    const named = await waits(aConcern({ name: 'FLOR de cuarzo' }));
    const first = await waits(anArticle());
    expect(await publishReleases(db(), today)).toBe(1);
    const second = await waits(anArticle());
    expect(await publishReleases(db(), today)).toBe(0);
    expect([await refusedOf(named), await refusedOf(second)]).toEqual(['name', 'same']);
    const kept = JSON.stringify(await db().select().from(releases));
    for (const words of ['desmonte', 'Balanza', 'FLOR', 'cancha']) expect(kept).not.toContain(words);
    const { released, bases } = await (await w.as(null)).releases.open();
    expect(
      released
        .filter(({ kind }) => kind === 'refused')
        .map(({ id, state }) => [id, state])
        .sort(),
    ).toEqual(
      [
        [named, 'name'],
        [second, 'same'],
      ].sort(),
    );
    expect(bases).toContain('Flor de Cuarzo');
    expect(await db().$count(amendments, eq(amendments.id, first))).toBe(1);
  });

  it('what stands there already comes no second time, and what fails takes no other along', async () => {
    const id = await waits(aConcern());
    expect(await publishReleases(db(), today)).toBe(1);
    await db().insert(releases).values({ id, content: aConcern(), notBefore: today });
    const broken = await waits({ ...aConcern(), place: null } as never);
    const other = await waits(aConcern({ name: 'Las del otro lado' }));
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await publishReleases(db(), today)).toBe(1);
    expect(JSON.stringify(told.mock.calls)).not.toContain('desmonte');
    expect(told).toHaveBeenCalledTimes(1);
    told.mockRestore();
    expect(await db().$count(concerns, eq(concerns.id, other))).toBe(1);
    expect([await refusedOf(id), await refusedOf(broken)]).toEqual(['same', null]);
  });

  it('it counts as no base in what stands behind an article', async () => {
    const id = await waits(aConcern());
    await publishReleases(db(), today);
    const open = await (await w.as(null)).concerns.open({ page: 1 });
    expect(open.concerns.find((one) => one.id === id)).toMatchObject({
      association: 'Las de la cancha alta (espacio propio de mujeres)',
      collective: true,
    });
  });
});
