import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { pointed } from '~/server/document/rules/bullets';
import { writtenUpdate } from '~/server/drafts/rules';
import { linesIn, textOf, type Words, wordsIn } from '~/server/drafts/rules/texts';
import { append } from '~/server/realtime/log';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld } from '../support/document';
import { buildDraft } from '../support/drafts';

const test = testDatabase();
let world: DocumentWorld;
const bullet = { attributes: { block: 'bullet' } };
const written: Words = [
  { insert: 'El agua' },
  { insert: '\n', attributes: { block: 'heading' } },
  { insert: 'está ' },
  { insert: 'cerca', attributes: { bold: true } },
  { insert: '\n', ...bullet },
  { insert: '- está limpia' },
  { insert: '\n', ...bullet },
  { insert: '\n', ...bullet },
  { insert: 'es de todos' },
  { insert: '\n', ...bullet },
];

/** A draft in which these words stand, with their looks. */
async function drafted() {
  const draft = await buildDraft(test.db, world.mesaAgua.id, { title: 'Con viñetas', text: '' });
  await test.db.transaction((tx) => append(tx, draft.textId, null, writtenUpdate(written)));
  return draft;
}
const articleOf = async (over: Record<string, unknown> = {}) => {
  const emilia = await world.as('emilia');
  const draft = await drafted();
  const { seq } = await emilia.document.draftToTake({ id: draft.id });
  const asked = { key: randomUUID(), draftId: draft.id, area: 'agua', title: 'Agua', concernIds: [] };
  const { id } = await emilia.document.takeUp({ ...asked, seq, ...over });
  return emilia.document.workingArticle({ id });
};

beforeAll(async () => {
  world = await documentWorld(test.db);
});

describe('a draft with bullets', () => {
  it('gives an article its points, also the last one, and none twice', async () => {
    expect((await articleOf()).text).toBe('El agua\n- está cerca\n- está limpia\n\n- es de todos');
  });

  it('gives a passage its points too', async () => {
    const taken = await articleOf({ wording: 'passage', passage: 'está limpia\n\nes de todos' });
    expect(taken.text).toContain('- es de todos');
  });
});

describe('what becomes of the looks', () => {
  const lines = linesIn(textOf([writtenUpdate(written)]));
  it('a point is a line with a mark, and no bullet beside it; other looks stay', () => {
    const words = pointed(written, lines);
    expect(wordsIn(words)).toBe('El agua\n- está cerca\n- está limpia\n\n- es de todos\n');
    const read = linesIn(textOf([writtenUpdate(words)]));
    expect(read.map(({ block }) => block)).toEqual([
      'heading',
      'paragraph',
      'paragraph',
      'bullet',
      'paragraph',
      'paragraph',
    ]);
    expect(read[1]!.runs).toEqual([{ text: '- está ' }, { text: 'cerca', bold: true }]);
  });
  it('leaves a text without bullets as it is', () => {
    const plain: Words = [{ insert: 'uno\ndos\n' }, { insert: 'tres', attributes: { bold: true } }];
    expect(pointed(plain, [])).toEqual(plain);
    expect(pointed([], [])).toEqual([]);
  });
});
