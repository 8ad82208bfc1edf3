import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { spaceRoles } from '~/db/schema/spaces';
import { currentText } from '~/server/drafts/queries';
import { editUpdate } from '~/server/drafts/rules';
import { type ForumEvent, publish } from '~/server/events';
import { append, read, textState } from '~/server/realtime/log';
import { joinOthers, type Message } from '~/server/realtime/others';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { buildPerson, buildSpace, buildSpaceRole } from '~/tests/support/factories';
import { freePort } from '~/tests/support/forum';
import { startRelay } from '~/tests/support/kill';
import { forumWorld } from '~/tests/support/people';
import { redisHere, startRedis } from '~/tests/support/redis';
import {
  atEnd,
  openForum,
  ourClient,
  placeAt,
  plainClient,
  rawSocket,
  signIn,
  until,
} from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;
const secret = 'a secret that the processes of one forum share';
// A busy machine starts a process slowly, and is slow to notice that one has gone.
const patient = 30_000;

/** One process of the forum, that can be killed. `checkMs`: how often it looks into the log by itself. */
async function aProcess(redisUrl: string, checkMs = 300) {
  const port = await freePort();
  const env = { REDIS_URL: redisUrl, MEETING_SECRET: secret, CHECK_MS: String(checkMs) };
  let child: ChildProcess = await startRelay(t.url, port, env);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  atEnd(kill);
  return {
    ...placeAt(port),
    kill,
    start: async () => {
      child = await startRelay(t.url, port, env);
    },
    /** What a command in that process would tell. */
    tell: (event: ForumEvent) => child.send(event),
  };
}

async function two(checkMs?: number) {
  const redis = await startRedis();
  const [here, there] = await Promise.all([aProcess(redis.url, checkMs), aProcess(redis.url, checkMs)]);
  return { redis, here, there };
}

async function aDraft(text = '') {
  const draft = await buildDraft(t.db, world.mesaAgua.id, { text });
  return { textId: draft.textId, room: `draft:${draft.id}`, draft };
}

describe.skipIf(!redisHere())('two processes of one forum', () => {
  it('are one to those who write: each reads the other’s words at once, once, and both logs are one', async () => {
    // Nobody looks into the log by itself here: what comes, comes through Redis.
    const { here, there } = await two(60_000);
    const { room, textId } = await aDraft('Agua: ');
    const nieves = plainClient(here, room, await enter(world.people.nieves));
    const rufino = plainClient(there, room, await enter(world.people.rufino));
    await Promise.all([nieves.synced(), rufino.synced()]);
    const ear = rawSocket(there, room, await enter(world.people.mery));
    await ear.admitted();
    await until(
      'they hear each other',
      async () => {
        nieves.write('.');
        return rufino.text.toString().includes('.');
      },
      patient,
    );
    for (let i = 0; i < 20; i++) {
      nieves.write(`n${i} `);
      rufino.write(`r${i} `);
    }
    await until(
      'the same',
      () => nieves.text.length > 140 && nieves.text.toString() === rufino.text.toString(),
      patient,
    );
    await until(
      'all written',
      async () => (await currentText(t.db, textId)).text === nieves.text.toString(),
      patient,
    );
    const updates = () => ear.frames.filter((frame) => frame[0] === 0 && frame[1] === 2).length;
    const written = (await read(t.db, textId)).length - 1;
    await until('all told', () => updates() >= written, patient);
    // Did his words come back to his process, each would be told twice.
    expect(updates()).toBeLessThan(written + 20);
    expect([...nieves.text.toString().matchAll(/[nr]\d+ /g)]).toHaveLength(40);
  });

  it('show everybody who is there, under the name of her base, until she goes', async () => {
    const { here, there } = await two();
    const { room } = await aDraft();
    const nieves = ourClient(here, room, await enter(world.people.nieves));
    const rufino = ourClient(there, room, await enter(world.people.rufino));
    await until(
      'each sees the other',
      () => nieves.state().people.length > 0 && rufino.state().people.length > 0,
      patient,
    );
    const [seen] = rufino.state().people;
    expect(seen!.name).not.toContain(world.people.nieves.name);
    // Who comes later is told who is there already, on either side.
    const mery = ourClient(there, room, await enter(world.people.mery));
    await until('sees both', () => mery.state().people.reduce((n, { count }) => n + count, 0) === 2, patient);
    nieves.destroy();
    await until('gone', () => mery.state().people.reduce((n, { count }) => n + count, 0) === 1, patient);
  });

  it('take a right away in both, wherever it was taken', async () => {
    const { here, there } = await two(60_000);
    const space = await buildSpace(t.db, { private: true });
    const [julia, rosa] = [await buildPerson(t.db), await buildPerson(t.db)];
    for (const { id } of [julia, rosa]) await buildSpaceRole(t.db, space.id, id, 'writer');
    const draft = await buildDraft(t.db, space.id, { text: 'Entre nosotras.' });
    const room = `draft:${draft.id}`;
    const hers = plainClient(here, room, await enter(julia));
    const other = plainClient(there, room, await enter(rosa));
    await until('open', () => hers.provider.synced && other.provider.synced, patient);
    await until(
      'they hear each other',
      async () => {
        hers.write('.');
        return other.text.toString().includes('..');
      },
      patient,
    );
    await t.db
      .update(spaceRoles)
      .set({ endedAt: new Date() })
      .where(and(eq(spaceRoles.personId, julia.id), eq(spaceRoles.spaceId, space.id)));
    there.tell({ type: 'access.person.changed', personIds: [julia.id] });
    await until('refused', () => hers.closes.includes(4403), patient);
    expect(other.closes).toEqual([]);
    there.tell({ type: 'access.text.erased', textIds: [draft.textId] });
    await until('sent away', () => other.closes.includes(4403), patient);
  });

  it('tell what a form wrote in either', async () => {
    const { here, there } = await two(60_000);
    const { room, textId } = await aDraft('Agua.');
    const nieves = plainClient(here, room, await enter(world.people.nieves));
    const rufino = plainClient(there, room, await enter(world.people.rufino));
    await until('open', () => nieves.provider.synced && rufino.provider.synced, patient);
    await until(
      'they hear each other',
      async () => {
        nieves.write('.');
        return rufino.text.toString().includes('..');
      },
      patient,
    );
    const { updates } = (await textState(t.db, textId))!;
    const bytes = editUpdate(updates, `De la planilla. ${nieves.text}`)!;
    await append(t.db, textId, null, bytes);
    there.tell({ type: 'text.appended', textId, author: null, bytes: new Uint8Array() });
    await until(
      'read by both',
      () => [nieves, rufino].every(({ text }) => text.toString().includes('De la planilla.')),
      patient,
    );
  });

  it.each(['here', 'there', 'redis', 'all'] as const)(
    'lose nothing that was acknowledged when %s is killed while they write, and all read the same in the end',
    async (victim) => {
      const { redis, here, there } = await two();
      const { room, textId } = await aDraft();
      const phones = await Promise.all(
        [here, there, here, there].map(async (place, i) => {
          const person = await buildPerson(t.db, { name: `Escritora ${i}` });
          await buildSpaceRole(t.db, world.mesaAgua.id, person.id, 'writer');
          return { live: ourClient(place, room, await enter(person)), lines: [] as string[] };
        }),
      );
      await until('open', () => phones.every(({ live }) => live.state().link === 'open'), patient);
      const write = () =>
        phones.forEach(({ live, lines }, i) => {
          const line = `[${i}.${lines.length}]\n`;
          live.edit(live.text.length, 0, line);
          lines.push(line);
        });
      const victims = victim === 'all' ? [redis, here, there] : [{ redis, here, there }[victim]];
      for (let round = 0; round < 2; round++) {
        const before = phones.map(({ lines }) => lines.length);
        const pen = setInterval(write, 15);
        await until(
          'they have written',
          () => phones.every(({ lines }, i) => lines.length > before[i]! + 15),
          patient,
        );
        for (const one of victims) await one.kill();
        const acknowledged = phones.flatMap(({ live, lines }) => {
          const { unsaved } = live.state();
          return lines.filter((line) => !unsaved.includes(line));
        });
        const { text } = await currentText(t.db, textId);
        expect(acknowledged.filter((line) => !text.includes(line))).toEqual([]);
        // With Redis away they write on.
        const midway = phones.map(({ lines }) => lines.length);
        await until(
          'written on',
          () => phones.every(({ lines }, i) => lines.length > midway[i]! + 5),
          patient,
        );
        clearInterval(pen);
        for (const one of victims) await one.start();
      }
      await until('all saved', () => phones.every(({ live }) => live.state().saving === 'saved'), patient);
      const { text } = await currentText(t.db, textId);
      expect(phones.flatMap(({ lines }) => lines).filter((line) => !text.includes(line))).toEqual([]);
      await until(
        'all read the same',
        () => phones.every(({ live }) => live.text.toString() === text),
        patient,
      );
    },
    180_000,
  );

  it('deliver later while there is no Redis, and cut off later too', async () => {
    const { redis, here, there } = await two();
    await redis.kill();
    const space = await buildSpace(t.db, { private: true });
    const [julia, rosa] = [await buildPerson(t.db), await buildPerson(t.db)];
    for (const { id } of [julia, rosa]) await buildSpaceRole(t.db, space.id, id, 'writer');
    const draft = await buildDraft(t.db, space.id);
    const hers = plainClient(here, `draft:${draft.id}`, await enter(julia));
    const other = plainClient(there, `draft:${draft.id}`, await enter(rosa));
    await until('open', () => hers.provider.synced && other.provider.synced, patient);
    hers.write('sin Redis');
    await until('delivered', () => other.text.toString() === 'sin Redis', patient);
    await t.db.update(spaceRoles).set({ endedAt: new Date() }).where(eq(spaceRoles.personId, julia.id));
    there.tell({ type: 'access.person.changed', personIds: [julia.id] });
    await until('refused', () => hers.closes.includes(4403), patient);
  });

  it('say to the health page whether they hear each other, and are healthy without', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
    const redis = await startRedis();
    const forum = await openForum(t.db, { meeting: { url: redis.url, secret }, checkMs: 100 });
    await until('heard', () => forum.others() === true, patient);
    await redis.kill();
    await until('silence', () => forum.others() === false, patient);
    expect(forum.healthy()).toBe(true);
    await redis.start();
    await until('heard again', () => forum.others() === true, patient);
    // Once for all the time that it was away, and with no address in it.
    expect(silent.mock.calls.filter(([first]) => String(first).includes('redis'))).toHaveLength(1);
    expect(JSON.stringify(silent.mock.calls)).not.toContain('127.0.0.1');
    silent.mockRestore();
    const alone = await openForum(t.db);
    expect(alone.others()).toBeNull();
  });
});

describe.skipIf(!redisHere())('what passes through Redis', () => {
  const listen = (url: string, words: string) => {
    const heard: Message[] = [];
    const others = joinOthers(
      { url, secret: words },
      { hear: (_from, message) => heard.push(message), back() {} },
      200,
    );
    atEnd(() => others.close());
    return { ...others, heard };
  };
  const said = (messages: Message[]) => messages.filter(({ kind }) => kind !== 'beat');
  const hint: Message = { kind: 'appended', textId: 'a text' };

  it('is heard by those who share the secret, by nobody else, and by oneself never', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
    const redis = await startRedis();
    const [one, other, stranger] = [
      listen(redis.url, secret),
      listen(redis.url, secret),
      listen(redis.url, 'x'),
    ];
    await until('all there', () => one.here() && other.here() && stranger.here(), patient);
    one.tell(hint);
    await until('heard', () => said(other.heard).length > 0, patient);
    expect(said(other.heard)).toEqual([hint]);
    expect(said(one.heard)).toEqual([]);
    expect(stranger.heard).toEqual([]);
    silent.mockRestore();
  });

  it('holds words, marks and clocks as they were', async () => {
    const redis = await startRedis();
    const [one, other] = [listen(redis.url, secret), listen(redis.url, secret)];
    await until('both there', () => one.here() && other.here(), patient);
    const messages: Message[] = [
      {
        kind: 'written',
        textId: 'a',
        from: 2 ** 40,
        updates: [new Uint8Array([1, 0, 255]), new Uint8Array()],
      },
      {
        kind: 'presence',
        textId: 'a',
        present: [
          { client: 2 ** 32 - 1, clock: Date.now(), person: 'p', state: { user: { name: 'Base «Ñ»' } } },
        ],
      },
      { kind: 'event', event: { type: 'access.person.changed', personIds: ['x'] } },
    ];
    for (const message of messages) one.tell(message);
    await until('heard', () => other.heard.filter(({ kind }) => kind !== 'beat').length === 3, patient);
    expect(other.heard.filter(({ kind }) => kind !== 'beat')).toEqual(messages);
  });
});

// Kept apart from the processes above: the same bus serves both forums of this one, and nothing may go round.
describe.skipIf(!redisHere())('two servers in one process', () => {
  it('do not tell each other the same thing for ever', async () => {
    const redis = await startRedis();
    const meeting = { url: redis.url, secret };
    const [one, other] = [
      await openForum(t.db, { meeting, checkMs: 100 }),
      await openForum(t.db, { meeting, checkMs: 100 }),
    ];
    const heard: Message[] = [];
    const ear = joinOthers(meeting, { hear: (_from, message) => heard.push(message), back() {} }, 100);
    atEnd(() => ear.close());
    await until('all there', () => one.others() && other.others() && ear.here(), patient);
    publish({ type: 'access.person.changed', personIds: [world.people.nieves.id] });
    const events = () => heard.filter(({ kind }) => kind === 'event').length;
    await until('told', () => events() === 2, patient);
    // Ten beats of each later it is still two.
    const beats = () => heard.filter(({ kind }) => kind === 'beat').length;
    const from = beats();
    await until('time has passed', () => beats() > from + 20, patient);
    expect(events()).toBe(2);
  });
});
