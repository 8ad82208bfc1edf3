import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '~/messages/catalogue';
import { buildConcern } from '../support/factories';
import { httpForum, inside } from '../support/http';
import { forumWorld } from '../support/people';

// A forum whose database has lost a table, while people go on asking for pages.
const http = httpForum();
const canary = 'zarzamora-cuarzo-41';
let concernId = '';
let sabina = '';
beforeAll(async () => {
  const world = await forumWorld(http.db);
  sabina = world.people.sabina.id;
  concernId = (await buildConcern(http.db, sabina, { words: `En la cancha: ${canary}.` })).id;
  await http.db.execute(sql`alter table concerns rename to concerns_lost`);
});
afterAll(() => http.db.execute(sql`alter table concerns_lost rename to concerns`));

const statement =
  /\bselect (?:"|count|\()|\bfrom "|\binsert into\b|Failed query|params:|relation "|concerns_lost/i;

describe('a table that is not there', () => {
  it('is a calm page, which says nothing of the inside', async () => {
    for (const who of [null, sabina])
      for (const path of [
        '/planteamientos',
        `/planteamientos/${concernId}`,
        `/planteamientos?q=${canary}`,
        '/',
      ]) {
        const answer = await http.ask(path, who);
        expect([path, answer.status]).toEqual([path, 500]);
        expect(answer.headers['content-type']).toMatch(/text\/html/);
        expect(answer.body).toContain(sentence('es', 'failures.failed'));
        expect(answer.body).not.toMatch(inside);
        expect(answer.body).not.toMatch(statement);
        expect(answer.body).not.toContain(canary);
      }
  });

  it('leaves who sent a form her words and a calm sentence', async () => {
    const { send } = await http.submitForm('/planteamientos/nuevo', sabina, 'name="words"', {
      words: `Vivimos junto al relave: ${canary}.`,
      areas: ['agua'],
      place: '21',
      barrier: 'otro',
    });
    const answer = await send();
    expect(answer.status).toBe(500);
    expect(answer.body).toContain(sentence('es', 'failures.failed'));
    expect(answer.body).toContain(`>Vivimos junto al relave: ${canary}.</textarea>`);
    expect(answer.body).not.toMatch(inside);
    expect(answer.body).not.toMatch(statement);
  });

  it('is JSON where a program asks', async () => {
    for (const path of ['/api/open/concerns.json', '/api/open/concerns.json?page=2']) {
      const answer = await http.ask(path);
      expect(answer.status).toBe(500);
      expect(answer.headers['content-type']).toMatch(/application\/json/);
      expect(JSON.parse(answer.body)).toEqual({ error: sentence('es', 'failures.failed') });
    }
    const asked = await http.look('concerns.list', { q: canary });
    expect(asked.status).toBe(500);
    expect(asked.body).not.toMatch(inside);
    expect(asked.body).not.toContain(canary);
  });

  it('is told to the console by where it happened, without a statement, a name or anybody’s words', async () => {
    const log = http.forum.log();
    expect(log).toContain('unexpected procedure PostgresError 42P01');
    expect(log).not.toMatch(statement);
    for (const word of [canary, 'relave', 'Sabina', sabina, concernId]) expect(log).not.toContain(word);
  });
});
