import '../support/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTracker } from '~/server/ballots/rules/trackers';
import { buildDelegates, closed, openedBallot, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

describe('a receipt as it is typed from paper', () => {
  it.each([
    ['agua cobre lago mina rana', null, ['mina']],
    ['agua cobre lago rana', null, []],
    ['agua cobre lago rana sol', 'agua cobre lago rana sol', []],
    ['  AGUA,  Cobre\n1. lago 2. RANA - sol. ', 'agua cobre lago rana sol', []],
    ['agüa cobré lago rana sol', 'agua cobre lago rana sol', []],
    ['agua cobre lago rana sol luz', null, []],
    ['<script> x sol', null, ['script', 'x']],
    ['1 2 3', null, []],
  ])('«%s»', (typed, tracker, unknown) => {
    expect(readTracker(typed)).toEqual({ tracker, unknown });
  });
});

describe('Rufino looks for his receipt', () => {
  const test = testDatabase();
  let id: string;
  let rufino: string;
  let tracker: string;
  beforeAll(async () => {
    const world = await forumWorld(test.db);
    await buildDelegates(test.db, world.tresVetas.id, 12);
    rufino = world.people.rufino.id;
    id = (await openedBallot(test.db)).id;
    const forum = await callAs(test.db, rufino);
    tracker = (await forum.ballots.cast(await sheetOf(test.db, id, 'no'))).tracker;
  });

  it('while the ballot is open there is no list to look in', async () => {
    const forum = await callAs(test.db, rufino);
    expect((await problemOf(forum.ballots.findTracker({ id, words: tracker }))).code).toBe('not_found');
  });

  it('afterwards anybody finds the words, and nothing besides', async () => {
    await closed(test.db, id);
    const forum = await callAs(test.db, null);
    const said = await forum.ballots.findTracker({ id, words: tracker.toUpperCase() });
    expect(said).toEqual({ found: true, tracker, unknown: [] });
    const turned = tracker.split(' ').reverse().join(' ');
    expect(await forum.ballots.findTracker({ id, words: turned })).toEqual({
      found: false,
      tracker: turned,
      unknown: [],
    });
  });
});
