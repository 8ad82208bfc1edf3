import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Db } from '~/db/client';
import { currentText } from '~/server/drafts/queries';
import { runtime } from '~/server/runtime';
import { endAll, ourClient, pause, placeAt, signIn, until } from '~/tests/support/clients';
import { buildDraft } from '~/tests/support/drafts';
import { buildPerson, buildSpace, buildSpaceRole } from '~/tests/support/factories';
import { freePort } from '~/tests/support/forum';

/** Asks a database that is just coming back until it answers. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  let answer: { value: T } | undefined;
  await until(
    'the database answers',
    async () => {
      answer = await ask().then(
        (value) => ({ value }),
        () => undefined,
      );
      return answer;
    },
    60_000,
  );
  return answer!.value;
}

/** The sockets in a process of their own, that can be killed. */
export async function startRelay(
  databaseUrl: string,
  port: number,
  env: Record<string, string> = {},
): Promise<ChildProcess> {
  const child = fork('tests/support/relay.ts', [], {
    execArgv: ['--import', 'tsx'],
    // Where Redis is killed too, each process says so; the tests look at what becomes of the words.
    silent: 'REDIS_URL' in env,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DATA_DIR: runtime().config.dataDir,
      PORT: String(port),
      ...env,
    },
  });
  await once(child, 'message');
  return child;
}

/**
 * Writers write, each line once and for ever; again and again the process of the sockets is killed (SIGKILL), or the
 * database is stopped in the middle of whatever it does, and
 * what had been acknowledged until then is looked for in the database. In the end all must read the same.
 * @returns how many lines had been acknowledged at a kill, which of them were not there, and how often the process
 *   of the sockets fell with the database.
 */
export async function killRounds(given: {
  db: Db;
  databaseUrl: string;
  rounds: number;
  writers: number;
  /** How long a process lives, in ms, more or less. */
  lifeMs: number;
  /** Stops the database at once, as a power cut would, in place of killing the process; it comes back by itself. */
  stopDatabase?: () => Promise<void>;
  say?: (line: string) => void;
}) {
  const { db, rounds, writers, lifeMs, say = () => {} } = given;
  const space = await buildSpace(db);
  const draft = await buildDraft(db, space.id);
  const port = await freePort();
  let relay = await startRelay(given.databaseUrl, port);
  const phones = await Promise.all(
    Array.from({ length: writers }, async (_, i) => {
      const person = await buildPerson(db, { name: `Escritora ${i}` });
      await buildSpaceRole(db, space.id, person.id, 'writer');
      const { cookie } = await signIn(db, person.id);
      return {
        line: 0,
        written: [] as string[],
        live: ourClient(placeAt(port), `draft:${draft.id}`, cookie),
      };
    }),
  );
  const everybody = (what: string, holds: (phone: (typeof phones)[number]) => boolean) =>
    until(what, () => phones.every(holds), 30_000);
  const write = () => {
    phones.forEach((phone, i) => {
      if (Math.random() < 0.5) return;
      const line = `[${i}.${phone.line++}]\n`;
      const text = phone.live.text.toString();
      const at = text.indexOf('\n', Math.floor(Math.random() * text.length)) + 1;
      phone.live.edit(at, 0, line);
      phone.written.push(line);
    });
  };
  const acknowledged = () =>
    phones.flatMap(({ written, live }) => {
      const { unsaved } = live.state();
      return written.filter((line) => !unsaved.includes(line));
    });

  await everybody('open', ({ live }) => live.state().link === 'open');
  const lost = new Set<string>();
  let seen = 0;
  let fell = 0;
  try {
    for (let round = 1; round <= rounds; round++) {
      // Every other time they write on from the first moment, before they have been told what they missed.
      const back = round % 2 === 0;
      await everybody('back', ({ live: { provider } }) => (back ? provider.synced : provider.wsconnected));
      const pen = setInterval(write, 4);
      await pause(lifeMs * (0.5 + Math.random()));
      if (given.stopDatabase) await given.stopDatabase();
      else {
        relay.kill('SIGKILL');
        await once(relay, 'exit');
        await everybody('cut off', ({ live }) => !live.provider.wsconnected);
      }
      // What was promised until now was promised by what has just been killed.
      const promised = acknowledged();
      clearInterval(pen);
      const { text } = await patiently(() => currentText(db, draft.textId));
      const there = new Set(text.split('\n').map((line) => `${line}\n`));
      for (const line of promised) if (!there.has(line)) lost.add(line);
      seen = promised.length;
      say(`round ${round}: ${promised.length} lines acknowledged, ${lost.size} lost`);
      if (!given.stopDatabase) relay = await startRelay(given.databaseUrl, port);
      else if (relay.exitCode !== null) {
        fell++;
        relay = await startRelay(given.databaseUrl, port);
      }
    }
    await everybody('everything saved', ({ live }) => live.state().saving === 'saved');
    const all = await currentText(db, draft.textId);
    await everybody('all read the same', ({ live }) => live.text.toString() === all.text);
    const missing = phones.flatMap(({ written }) => written).filter((line) => !all.text.includes(line));
    return { rounds, acknowledged: seen, lost: [...lost], missing, fell };
  } finally {
    await endAll();
    relay.kill('SIGKILL');
  }
}
