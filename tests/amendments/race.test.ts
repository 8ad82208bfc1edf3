import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ConsultedWorld, consultedWorld, proposal } from '../support/amendments';
import { testDatabase } from '../support/db';
import { freezing, words } from '../support/document';

const database = testDatabase();
let w: ConsultedWorld;
beforeAll(async () => {
  w = await consultedWorld(database.db);
});
const propose = async (article: number, text: string) =>
  (await w.as('nieves')).amendments.propose(
    proposal(w.florDeCuarzo.id, { versionArticleId: (await w.place(1, article)).id, text }),
  );
const done = (all: PromiseSettledResult<unknown>[]) =>
  all.filter(({ status }) => status === 'fulfilled').length;

describe('two at once', () => {
  it('on the committee: one decides, the other is told', async () => {
    const { id } = await propose(2, words.replace('no se cobra', 'es libre'));
    const [emilia, filomena] = [await w.as('emilia'), await w.as('filomena')];
    const both = await Promise.allSettled([
      emilia.amendments.accept({ id }),
      filomena.amendments.reject({ id, reason: 'No alcanza el agua.' }),
    ]);
    expect(done(both)).toBe(1);
  });

  it('with the same words: one is kept', async () => {
    const [nieves, rufino] = [await w.as('nieves'), await w.as('rufino')];
    const given = { versionArticleId: (await w.place(1, 1)).id, text: `${words}\nSiempre.` };
    const both = await Promise.allSettled([
      nieves.amendments.propose(proposal(w.florDeCuarzo.id, given)),
      rufino.amendments.propose(proposal(w.tresVetas.id, given)),
    ]);
    expect(done(both)).toBe(1);
  });

  it('one freezes, one proposes: no amendment stays behind in force on the old version', async () => {
    const emilia = await w.as('emilia');
    const { seq } = await emilia.document.workingArticle({ id: w.ids.wells });
    await emilia.document.editText({ key: randomUUID(), id: w.ids.wells, base: seq, text: 'Otro texto.' });
    const [, proposed] = await Promise.allSettled([
      emilia.document.freeze(freezing(1)),
      propose(1, `${words}\nNunca.`),
    ]);
    if (proposed.status === 'fulfilled')
      expect(await emilia.amendments.detail({ id: proposed.value.id, page: 1 })).toMatchObject({
        version: 2,
      });
    else expect(String(proposed.reason)).toContain('version_old');
  });
});
