import { brotliCompressSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { versionArticles } from '~/db/schema/document';
import { persons } from '~/db/schema/people';
import { charters } from '~/server/ballots/rules/charter';
import { buildDelegates, buildVersion, hours, preparedBallot, questionsOf } from '../support/ballots';
import { httpForum } from '../support/http';
import { forumWorld } from '../support/people';
import { returnedArticle } from '../support/returned';

// Other ways to decide, through their forms, as a phone without scripts sends them.
vi.setConfig({ testTimeout: 60_000 });
const http = httpForum();
let world: Awaited<ReturnType<typeof forumWorld>>;
let versionId: string;

beforeAll(async () => {
  world = await forumWorld(http.db);
  await buildDelegates(http.db, world.florDeCuarzo.id, 10);
  versionId = (await buildVersion(http.db, { count: 1 })).id;
}, 60_000);

async function page(path: string, who: string | null) {
  const { status, body } = await http.ask(path, who);
  expect([path, status]).toEqual([path, 200]);
  expect(brotliCompressSync(body).length).toBeLessThan(30_000);
  return body;
}
async function send(path: string, who: string, mark: string, fields: Record<string, string>) {
  return (await (await http.submitForm(path, who, mark, fields)).send()) as { status: number; body: string };
}

describe('without scripts', () => {
  it('a woman of the roll writes why an article went back; it stands at the article too', async () => {
    const back = await returnedArticle(http.db, versionId);
    const path = `/votaciones/${back.ballotId}/razones`;
    const nieves = world.people.nieves.id;
    const short = await send(path, nieves, 'name="words"', { words: 'No.', group: 'all', sign: 'group' });
    expect(short.status).toBe(422);
    expect(short.body).toContain('No.');
    const sent = await send(path, nieves, 'name="words"', {
      ...{ words: 'No dice dónde queda la balanza.', group: 'all', sign: 'group' },
    });
    expect(sent.status).toBe(303);
    expect(await page(path, null)).toContain('No dice dónde queda la balanza.');
    const [frozen] = await http.db
      .select()
      .from(versionArticles)
      .where(eq(versionArticles.versionId, versionId));
    expect(frozen!.articleId).toBe(back.articleId);
    expect(await page('/documento/v/1/art/1', null)).toContain('No dice dónde queda la balanza.');
    expect(await page(`/consolidar/articulo/${back.articleId}`, world.people.emilia.id)).toContain('balanza');
  });

  it('a delegate says the position of her base, lends it, and reads nothing of the others', async () => {
    const { id } = await preparedBallot(http.db, { versionId, rule: charters.asociaciones });
    expect((await http.call('ballots.open', { id }, world.people.gloria.id)).status).toBe(200);
    const path = `/votaciones/${id}/camara`;
    const [first] = await questionsOf(http.db, id);
    const nieves = world.people.nieves.id;
    const half = await send(path, nieves, 'name="q-', { [`q-${first!.id}`]: 'si' });
    expect([half.status, half.body.includes('Faltan respuestas')]).toEqual([422, true]);
    const fields = Object.fromEntries((await questionsOf(http.db, id)).map((one) => [`q-${one.id}`, 'si']));
    expect((await send(path, nieves, 'name="q-', fields)).status).toBe(303);
    expect(await page(path, nieves)).toContain('La posición de Flor de Cuarzo está recibida');
    expect(await page(path, world.people.rufino.id)).not.toContain('está recibida');
    const lent = await send(path, world.people.rufino.id, 'name="to"', { to: world.florDeCuarzo.id });
    expect(lent.status).toBe(303);
    expect(await page(path, world.people.rufino.id)).toContain('Tres Vetas dio su poder a Flor de Cuarzo');
  });

  it('a vote in the room is prepared, counted by two and closed; its acta names them', async () => {
    const number = async (person: string) =>
      (await http.db.select().from(persons).where(eq(persons.id, person)))[0]!.number;
    const { gloria, delia, elvira, tomasa } = world.people;
    const closesAt = hours(5).toISOString().slice(0, 16);
    const fields = {
      ...{ title: 'Votación en la sala', versionId, scope: 'whole', template: 'mayoria', method: 'hands' },
      ...{ quorumPercent: '50', majorityPercent: '50', closesAt: `${closesAt}:00Z` },
      presides: await number(delia.id),
      counterOne: await number(elvira.id),
    };
    const two = await send('/votaciones/nueva', gloria.id, 'name="template"', {
      ...{ ...fields, counterTwo: fields.counterOne },
    });
    expect(two.body).toContain('Cuentan dos personas distintas');
    const { send: prepare, filled } = await http.submitForm(
      '/votaciones/nueva',
      gloria.id,
      'name="template"',
      {
        ...{ ...fields, counterTwo: await number(tomasa.id) },
      },
    );
    expect((await prepare()).status).toBe(303);
    const id = String(filled.get('key'));
    await page(`/votaciones/${id}/pedir`, world.people.nieves.id);
    expect((await http.call('ballots.open', { id }, gloria.id)).status).toBe(200);
    const path = `/votaciones/${id}/sala`;
    const count = { present: '10', yes: '7', no: '2', abstain: '1' };
    const wrong = await send(path, elvira.id, 'name="present"', { ...count, yes: '8' });
    expect(wrong.body).toContain('no suman los presentes');
    for (const who of [elvira.id, tomasa.id])
      expect((await send(path, who, 'name="present"', count)).status).toBe(303);
    expect(await page(path, null)).toContain('Conteo en firme');
    const [, close] = [
      await page(`/votaciones/${id}`, null),
      await http.call('ballots.closeRoom', { id }, gloria.id),
    ];
    expect(close.status).toBe(200);
    expect(await page(`/votaciones/${id}/resultado`, null)).toContain('Ver la votación en la sala');
    expect(await page(`/votaciones/${id}/acta`, null)).toContain('Delia Rojas');
    // Hands have no names: nobody reads of herself that she did not vote.
    expect(await page(`/votaciones/${id}/resultado`, world.people.nieves.id)).not.toContain(
      'Quiénes estaban en el padrón',
    );
  });
});
