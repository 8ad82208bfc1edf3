import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { comparedWithLooks } from '~/server/drafts/rules/comparison';
import { partOf } from '~/server/drafts/rules/parts';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft } from '../support/drafts';
import { forumWorld } from '../support/people';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
type Caller = Awaited<ReturnType<typeof callAs>>;
let nieves: Caller;
let sabina: Caller;
beforeAll(async () => {
  world = await forumWorld(t.db);
  [nieves, sabina] = await Promise.all([
    callAs(t.db, world.people.nieves.id),
    callAs(t.db, world.people.sabina.id),
  ]);
});
const draftWith = (text: string) => buildDraft(t.db, world.mesaAgua.id, { text });
const name = (id: string, as: string, key = randomUUID()) => nieves.drafts.nameVersion({ id, key, name: as });
const write = async (id: string, text: string) => {
  const { seq } = await nieves.drafts.detail({ id });
  await nieves.drafts.editByForm({ id, key: randomUUID(), seq, text });
};
type Rows = Awaited<ReturnType<Caller['drafts']['comparison']>>['rows'];
const told = (rows: Rows) =>
  rows.map((row) =>
    row.kind === 'fold'
      ? `… ${row.lines}`
      : row.pieces
          .map(({ kind, text }) => (kind === 'same' ? text : kind === 'out' ? `[-${text}-]` : `{+${text}+}`))
          .join('')
          .trim(),
  );

describe('a version of a draft', () => {
  it('is read as it was, whatever was written since', async () => {
    const draft = await draftWith('Pedimos agua.\nY un registro.');
    await name(draft.id, 'Antes de la asamblea');
    await write(draft.id, 'Pedimos agua limpia.\nY un registro.');
    const { items } = await sabina.drafts.versions({ id: draft.id });
    expect(items).toMatchObject([
      { name: 'Antes de la asamblea', by: { kind: 'base', name: 'Flor de Cuarzo' } },
    ]);
    const version = await sabina.drafts.version({ id: draft.id, versionId: items[0]!.id });
    expect(version.lines.map(({ runs }) => runs.map(({ text }) => text).join(''))).toEqual([
      'Pedimos agua.',
      'Y un registro.',
    ]);
  });

  it('is named once however often it is sent, by who writes there, and not without words', async () => {
    const draft = await draftWith('Pedimos agua.');
    const key = randomUUID();
    await name(draft.id, 'Primera', key);
    await name(draft.id, 'Primera', key);
    expect((await nieves.drafts.versions({ id: draft.id })).items).toHaveLength(1);
    const by = sabina.drafts.nameVersion({ id: draft.id, key: randomUUID(), name: 'Otra' });
    expect((await problemOf(by)).code).toBe('refused');
    const bare = await draftWith(' \n');
    expect((await problemOf(name(bare.id, 'Vacía'))).code).toBe('drafts.version.empty');
  });

  it('belongs to its draft alone: by another it is not found', async () => {
    const [one, other] = [await draftWith('Uno.'), await draftWith('Dos.')];
    await name(one.id, 'Primera');
    const [{ id: versionId } = { id: '' }] = (await nieves.drafts.versions({ id: one.id })).items;
    expect((await problemOf(nieves.drafts.version({ id: other.id, versionId }))).code).toBe('not_found');
    const across = nieves.drafts.comparison({ id: other.id, from: versionId, to: 'ahora' });
    expect((await problemOf(across)).code).toBe('not_found');
  });
});

describe('two versions compared', () => {
  it('say word by word what went and what came, the rest folded; also against now', async () => {
    const before = 'Uno.\nDos.\nTres.\nPedimos agua.\nCinco.\nSeis.\nSiete.';
    const draft = await draftWith(before);
    await name(draft.id, 'Primera');
    await write(draft.id, before.replace('agua.', 'agua limpia.'));
    await name(draft.id, 'Segunda');
    await write(draft.id, before.replace('Pedimos agua.', 'Exigimos agua limpia.'));
    const [second, first] = (await nieves.drafts.versions({ id: draft.id })).choices;
    const compare = (from: string, to: string) => sabina.drafts.comparison({ id: draft.id, from, to });
    const one = await compare(first!.id, second!.id);
    expect(told(one.rows)).toEqual(['… 2', 'Tres.', 'Pedimos agua{+ limpia+}.', 'Cinco.', '… 2']);
    expect([one.from.name, one.to.name, one.same]).toEqual(['Primera', 'Segunda', false]);
    const two = await compare(second!.id, 'ahora');
    expect(told(two.rows)[2]).toBe('[-Pedimos-]{+Exigimos+} agua limpia.');
    expect(await compare(first!.id, first!.id)).toMatchObject({
      same: true,
      rows: [{ kind: 'fold', lines: 7 }],
    });
  });

  it('fill no page too far, however much differs', async () => {
    const long = (word: string) =>
      Array.from({ length: 1500 }, (_, i) => `${word} ${i} y nada más que esto.`).join('\n');
    const draft = await draftWith(long('agua'));
    await name(draft.id, 'Primera');
    await write(draft.id, long('oro'));
    const [first] = (await nieves.drafts.versions({ id: draft.id })).choices;
    const ask = (page: number) =>
      nieves.drafts.comparison({ id: draft.id, from: first!.id, to: 'ahora', page });
    const { pages, rows } = await ask(1);
    expect(pages).toBeGreaterThan(3);
    expect(told(rows).join('').length).toBeLessThan(20_000);
    const all: Rows = [];
    for (let page = 1; page <= pages; page++) all.push(...(await ask(page)).rows);
    const side = (kind: string) =>
      all
        .flatMap((row) => (row.kind === 'line' ? row.pieces : []))
        .filter((piece) => piece.kind !== kind)
        .map(({ text }) => text)
        .join('');
    expect(side('in')).toBe(long('agua'));
    expect(side('out')).toBe(long('oro'));
  });
});

describe('a long text in parts', () => {
  it('holds every line once, in order, and no part more than its size', () => {
    const lengths = fc.array(fc.nat(60), { maxLength: 80 });
    fc.assert(
      fc.property(lengths, (all) => {
        const { parts } = partOf(all, 1, 100);
        let next = 0;
        for (let n = 1; n <= parts; n++) {
          const { from, to } = partOf(all, n, 100);
          expect(from).toBe(next);
          const letters = all.slice(from, to).reduce((sum, one) => sum + one, 0);
          expect(letters <= 100 || to === from + 1).toBe(true);
          next = to;
        }
        expect(next).toBe(all.length);
        expect(partOf(all, 999, 100).part).toBe(parts);
      }),
    );
  });
});

describe('a line whose words stay', () => {
  const heading = { insert: '\n', attributes: { block: 'heading' } };
  it('is shown where it was a paragraph and is a heading now', () => {
    const rows = comparedWithLooks(
      [{ insert: 'Agua\nPedimos pozos.\nCada año.' }],
      [{ insert: 'Agua' }, heading, { insert: 'Pedimos pozos.\nCada año.' }],
    );
    expect(rows).toEqual([
      {
        kind: 'line',
        at: 0,
        pieces: [{ kind: 'same', text: 'Agua\n' }],
        look: { was: 'paragraph', now: 'heading' },
      },
      { kind: 'line', at: 1, pieces: [{ kind: 'same', text: 'Pedimos pozos.\n' }] },
      { kind: 'fold', lines: 1 },
    ]);
  });
  it('is found behind lines that came and went', () => {
    const rows = comparedWithLooks(
      [{ insert: 'Uno\nDos\nTres\nAgua' }],
      [{ insert: 'Cero\nDos\nTres\n' }, { insert: 'Agua', attributes: { bold: true } }],
      0,
    );
    expect(rows.filter((row) => row.kind === 'line').map((row) => row.look)).toEqual([
      ...rows
        .filter((row) => row.kind === 'line')
        .slice(0, -1)
        .map(() => undefined),
      { was: 'paragraph', now: 'paragraph' },
    ]);
  });
  it('is left out where nothing of it changed', () => {
    const same = [{ insert: 'Agua' }, heading, { insert: 'Pozos.' }];
    expect(comparedWithLooks(same, same)).toEqual([{ kind: 'fold', lines: 2 }]);
  });
});
