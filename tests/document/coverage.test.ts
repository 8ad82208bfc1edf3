import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { picture, radiusOf } from '~/app/(publico)/documento/cobertura/picture';
import { areas } from '~/db/reference/areas';
import {
  columns,
  coverageOf,
  type Gap,
  gapOf,
  gaps,
  groups,
  type Heard,
} from '~/server/document/rules/coverage';
import { coverageCsv } from '~/server/document/rules/coverage-csv';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, freezing, readyArticle } from '../support/document';
import { buildAssociation, buildConcern } from '../support/factories';

describe('what stands between who speaks and what the document says', () => {
  const table: [raised: number, answered: number, articles: number, Gap][] = [
    [0, 0, 0, 'nothing'],
    [0, 0, 3, 'unheard'],
    [4, 0, 0, 'unanswered'],
    [4, 0, 3, 'unanswered'],
    [4, 1, 3, 'part'],
    [4, 4, 3, 'whole'],
    [4, 4, 0, 'whole'],
  ];
  it.each(table)('%i raised, %i in the document, %i articles: %s', (raised, answered, articles, gap) => {
    expect(gapOf({ raised, answered }, articles)).toBe(gap);
  });
});

const row = fc
  .record({
    area: fc.constantFrom('agua', 'salud'),
    group: fc.constantFrom(...groups),
    womens: fc.boolean(),
    department: fc.constantFrom('21', '04', 'BO-P'),
    answered: fc.nat(9),
    refused: fc.nat(9),
    waiting: fc.nat(9),
  })
  .map(({ waiting, ...one }): Heard => ({ ...one, raised: one.answered + one.refused + waiting }));

describe('coverage', () => {
  it('adds up: every kind of group and every department once, in the whole and in each area', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const all = coverageOf([...rows, ...rows.map((one) => ({ ...one, area: null }))], new Map());
        const adds = (
          parts: { raised: number; answered: number; refused: number }[],
          whole: typeof all.total,
        ) => {
          for (const key of ['raised', 'answered', 'refused'] as const)
            expect(parts.reduce((n, part) => n + part[key], 0)).toBe(whole[key]);
        };
        adds(
          all.groups.filter(({ key }) => key !== 'mujeres'),
          all.total,
        );
        adds(all.departments, all.total);
        adds([all.inside, all.outside], all.total);
        for (const line of all.byGroup)
          adds(
            line.cells.filter(({ key }) => key !== 'mujeres'),
            line,
          );
        for (const line of all.byDepartment) adds(line.cells, line);
      }),
    );
  });

  it('has a line for every area, also for those of which nobody speaks', () => {
    const { byGroup } = coverageOf([], new Map([['agua', 2]]));
    expect(byGroup.map((line) => line.area)).toEqual(areas.map(({ slug }) => slug));
    expect(byGroup.find((line) => line.area === 'agua')!.cells.map(({ gap }) => gap)).toEqual(
      columns.map(() => 'unheard'),
    );
    expect(byGroup.find((line) => line.area === 'salud')!.gap).toBe('nothing');
  });
});

const database = testDatabase();
let world: DocumentWorld;
beforeAll(async () => {
  world = await documentWorld(database.db);
});

describe('who raised what, and what the document answers', () => {
  const cell = async (number: number | undefined, area: string, key: string, making = false) => {
    const all = await (await world.as(making ? 'emilia' : null)).document.coverage({ number, making });
    const line = [...all.byGroup, ...all.byDepartment].filter((one) => one.area === area);
    const found = line.flatMap((one) => one.cells).find((one) => one.key === key)!;
    return [found.raised, found.answered, found.refused, found.gap];
  };

  it('before there is a version, all that was raised is unanswered', async () => {
    const all = await (await world.as(null)).document.coverage({});
    expect(all).toMatchObject({
      version: null,
      making: false,
      total: { raised: 2, answered: 0, refused: 0 },
    });
    expect(await cell(undefined, 'agua', 'mujeres')).toEqual([1, 0, 0, 'unanswered']);
    expect(await cell(undefined, 'salud', 'mujeres')).toEqual([0, 0, 0, 'nothing']);
  });

  it('a frozen version keeps what it answered, whatever is raised later', async () => {
    await readyArticle(world);
    const emilia = await world.as('emilia');
    await emilia.document.freeze(freezing(0));
    const coop = await buildAssociation(database.db, {
      name: 'Cooperativa Illimani',
      kind: 'cooperativa',
      country: 'BO',
      department: 'BO-L',
    });
    await buildConcern(database.db, world.people.rufino.id, {
      associationId: coop.id,
      department: 'BO-L',
      country: 'BO',
    });
    const alone = await buildConcern(database.db, world.people.hilario.id, { areas: ['agua', 'agua'] });
    await buildConcern(database.db, world.people.sabina.id, {
      spaceId: world.casaFlor.id,
      audience: 'space',
    });
    await emilia.concerns.setAside({
      id: alone.id,
      reasonCode: 'otra-via',
      reason: 'La junta de usuarios lo ve.',
    });

    expect(await cell(1, 'agua', 'asociacion')).toEqual([2, 2, 0, 'whole']);
    expect(await cell(1, 'agua', 'cooperativa')).toEqual([0, 0, 0, 'unheard']);
    expect(await cell(1, 'agua', '04')).toEqual([1, 1, 0, 'whole']);
    expect((await (await world.as(null)).document.coverage({ number: 1 })).total.raised).toBe(2);
  });

  it('the document in the making is measured as it stands: what a base keeps inside is in no number', async () => {
    expect(await cell(undefined, 'agua', 'cooperativa', true)).toEqual([1, 0, 0, 'unanswered']);
    expect(await cell(undefined, 'agua', 'sin_organizacion', true)).toEqual([1, 0, 1, 'unanswered']);
    expect(await cell(undefined, 'agua', 'asociacion', true)).toEqual([2, 2, 0, 'whole']);
    expect(await cell(undefined, 'agua', 'mujeres', true)).toEqual([1, 1, 0, 'whole']);
  });

  it('is for the readers of the document in the making alone, until it is frozen', async () => {
    for (const name of [null, 'sabina', 'carla', 'amador'] as const) {
      const caller = await world.as(name);
      expect((await problemOf(caller.document.coverage({ making: true }))).status).toBe(404);
      expect((await caller.document.coverage({})).version).toMatchObject({ number: 1 });
    }
    const delegate = await (await world.as('nieves')).document.coverage({ making: true });
    expect(delegate).toMatchObject({ making: true, version: null, abilities: { working: true } });
    expect((await problemOf((await world.as(null)).document.coverage({ number: 9 }))).status).toBe(404);
  });
});

describe('the numbers to take along', () => {
  it('are the page’s own, with the day and how they are counted, and run in no table program', async () => {
    const all = await (await world.as(null)).document.coverage({ number: 1 });
    const rows = parse(coverageCsv(all), { bom: true, columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(areas.length * (columns.length + all.departments.length));
    expect(rows.find((one) => one.area === 'Agua' && one.grupo === 'Cooperativas')).toMatchObject({
      version: '1',
      fecha: all.day,
      corte: 'tipo de grupo',
      planteados: '0',
      recogidos: '0',
      articulos_del_area: '1',
      situacion: 'en el documento y no planteado por este grupo',
    });
    expect(rows.find((one) => one.area === 'Salud' && one.grupo === 'Arequipa')).toMatchObject({
      corte: 'departamento',
      planteados: '1',
      recogidos: '1',
    });
    for (const one of rows) {
      expect(one.metodo).toMatch(/no se cuentan personas/);
      for (const cell of Object.values(one)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
  });
});

describe('the picture', () => {
  const mark = (raised: number, answered: number, gap: Gap) => ({ raised, answered, gap });
  const of = (marks: ReturnType<typeof mark>[]) =>
    picture({
      id: 'p',
      label: 'Dibujo',
      heads: marks.map(() => 'Coop.'),
      lines: [{ name: 'Agua <&> "tierra"', aside: '', marks }],
      widest: 17,
      numbers: true,
    });

  it('says every gap by form alone, with its number below, and asks for no colour to be told apart', () => {
    const bodies = gaps.map((gap) => {
      const counts: Record<Gap, [number, number]> = {
        unanswered: [4, 0],
        part: [4, 1],
        whole: [4, 4],
        unheard: [0, 0],
        nothing: [0, 0],
      };
      return of([mark(...counts[gap], gap)]).replaceAll(/<text.*?<\/text>/g, '');
    });
    expect(new Set(bodies).size).toBe(gaps.length);
    expect(of([mark(4, 1, 'part')])).toContain('>1/4</text>');
    expect(of([mark(0, 0, 'unheard')])).not.toContain('0/0');
  });

  it('lets no word become markup', () => {
    expect(of([mark(1, 1, 'whole')])).toContain('Agua &lt;&amp;&gt; &quot;tierra&quot;');
  });

  it('gives what is twice as many a disc twice as large, and never one larger than its place', () => {
    const radius = radiusOf(40, 17);
    expect((radius(40) / radius(20)) ** 2).toBeCloseTo(2);
    expect(radius(40)).toBe(17);
  });
});
