import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { append } from '~/server/realtime/log';
import { callAs } from '~/tests/support/call';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});

it('Rufino saves the form of a draft that Nieves has given a title and points: they stay what they are', async () => {
  const draft = await buildDraft(t.db, world.mesaAgua.id);
  const doc = new Y.Doc();
  doc
    .getText('text')
    .applyDelta([
      { insert: 'Agua limpia' },
      { insert: '\n', attributes: { block: 'heading' } },
      { insert: 'Un ' },
      { insert: 'pozo', attributes: { bold: true } },
      { insert: '\n', attributes: { block: 'bullet' } },
    ]);
  await append(t.db, draft.textId, world.people.nieves.id, Y.encodeStateAsUpdate(doc));

  const rufino = await callAs(t.db, world.people.rufino.id);
  const seen = await rufino.drafts.detail({ id: draft.id });
  expect(seen.text).toBe('Agua limpia\nUn pozo\n');
  expect(seen.space.open).toBe(true);
  await rufino.drafts.editByForm({
    id: draft.id,
    key: randomUUID(),
    seq: seen.seq,
    text: 'Agua limpia\nUn pozo en cada cancha\nUna prueba\n',
  });
  expect((await rufino.drafts.detail({ id: draft.id })).lines).toEqual([
    { block: 'heading', runs: [{ text: 'Agua limpia' }] },
    { block: 'bullet', runs: [{ text: 'Un ' }, { text: 'pozo en cada cancha', bold: true }] },
    { block: 'bullet', runs: [{ text: 'Una prueba' }] },
    { block: 'paragraph', runs: [] },
  ]);
});

it('the page of a draft in a private space is told that the space is not open', async () => {
  const draft = await buildDraft(t.db, world.casaFlor.id);
  const ysabel = await callAs(t.db, world.people.ysabel.id);
  expect((await ysabel.drafts.detail({ id: draft.id })).space.open).toBe(false);
});
