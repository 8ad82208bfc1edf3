import '../support/runtime';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inArray } from 'drizzle-orm';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { persons } from '~/db/schema/people';
import { judge } from '~/scripts/verify-ballot.mjs';
import { writeArchive } from '~/server/archive/jobs';
import { castSheet } from '~/server/ballots/commands/cast';
import { charters } from '~/server/ballots/rules/charter';
import { anotherBase, type ConsultedWorld, consultedWorld, proposal } from '../support/amendments';
import { resealed } from '../support/archives';
import { buildDelegates, closed, openedBallot, sheetOf } from '../support/ballots';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';
import { words } from '../support/document';

const test = testDatabase();
let w: ConsultedWorld;
/** By two numbers, and by the rule of the front: article 1, its rival, article 2, a new article, the whole. */
let [plain, front] = ['', ''];
let ballotsPage = '';

async function rejected(over: Record<string, unknown>, backers: Awaited<ReturnType<typeof anotherBase>>[]) {
  const { id } = await (await w.as('nieves')).amendments.propose(proposal(w.florDeCuarzo.id, over));
  for (const base of backers) await base.call.amendments.back({ id, associationId: base.id });
  await (await w.as('emilia')).amendments.reject({ id, reason: 'No alcanza el agua.' });
}

async function voted(rule: object, women: readonly string[], men: readonly string[]) {
  const given = { rule, versionId: w.version.id } as Parameters<typeof openedBallot>[1];
  const { id: ballotId } = await openedBallot(test.db, given);
  for (const [i, personId] of [...women, ...men].entries()) {
    // The women want the rival, the men do not: by the front's rule it is no text of all.
    const sheet = await sheetOf(test.db, ballotId, ['si', i < 14 ? 'si' : 'no', 'si', 'si', 'si']);
    await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId, personId }));
  }
  await closed(test.db, ballotId);
  return (await (await w.as(null)).ballots.archive({ id: ballotId })).archive;
}

beforeAll(async () => {
  w = await consultedWorld(test.db);
  const backers = [];
  for (const name of ['Río Claro', 'Cerro Unido', 'Quebrada Honda'])
    backers.push(await anotherBase(test.db, name));
  const { id } = await w.place(1, 1);
  await rejected({ versionArticleId: id, text: words.replace('no se cobra', 'es libre') }, backers);
  await rejected({ kind: 'add', area: 'agua', title: 'Lluvia', text: 'Se junta la lluvia.' }, backers);
  const women = await buildDelegates(test.db, w.florDeCuarzo.id, 14);
  const men = await buildDelegates(test.db, w.tresVetas.id, 18);
  await test.db.update(persons).set({ sex: 'mujer' }).where(inArray(persons.id, women));
  for (const one of women) await (await callAs(test.db, one)).ballots.countMe({ agree: true });
  plain = await voted({ quorumPercent: 50, majorityPercent: 50 }, women, men);
  front = await voted(charters.frente, women, men);
  const file = join(mkdtempSync(join(tmpdir(), 'rivals-')), `${randomUUID()}.zip`);
  await writeArchive(await w.as(null), file);
  ballotsPage = strFromU8(unzipSync(readFileSync(file))['votaciones/index.html']!);
});

describe('a vote in which amendments stood beside the text', () => {
  it('is counted again by anybody, by either kind of rule', () => {
    for (const text of [plain, front]) {
      expect(judge(text)).toMatchObject({ good: true, failed: [] });
      const { questions } = JSON.parse(JSON.parse(text).manifest);
      expect(questions.map((one: { rival?: { kind: string } }) => one.rival?.kind ?? null)).toEqual([
        null,
        'replace',
        null,
        'add',
        null,
      ]);
    }
  });

  it('is no longer, where the rival has changed places with the text', () => {
    for (const text of [plain, front]) {
      const archive = JSON.parse(text);
      [archive.papers[0], archive.papers[1]] = [archive.papers[1], archive.papers[0]];
      expect(judge(resealed(archive)).good).toBe(false);
    }
  });

  it('is told in the pages that read without a server with each rival by its name', () => {
    expect(ballotsPage).toContain('Artículo 1: texto de la enmienda de Flor de Cuarzo');
    expect(ballotsPage).toContain('Artículo nuevo que pide Flor de Cuarzo: Lluvia');
    expect(ballotsPage.match(/<td>Art\. 1\. Agua limpia</g)).toHaveLength(2);
    expect(ballotsPage.match(/Agua limpia<br><b>De los textos de este artículo, queda este/g)).toHaveLength(
      2,
    );
    expect(ballotsPage.match(/<td>Todo el documento<\/td>/g)).toHaveLength(2);
  });
});
