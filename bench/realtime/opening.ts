import { gzipSync } from 'node:zlib';
import { openClient } from './client';
import type { Ground, Place } from './ground';
import { type Name, type Server, startServer } from './servers';
import type { Trace } from './traces';

/** Milliseconds until the whole text is there; microseconds of CPU; bytes that one client got. */
export type Opening = {
  cold: number;
  warm: number;
  crowd: number;
  crowdCpu: number;
  crowdDatabaseCpu: number;
  warmCrowd: number;
  warmCrowdCpu: number;
  /** The same crowd coming back with everything, as after a restart of the network. */
  back: number;
  backCpu: number;
  bytes: number;
};

const crowd = 50;
const small = 20;

/** The same text, never opened in this process: one for a single client and one for many at once. */
type Texts = { alone: string; together: string };
export type Shelf = {
  name: Name;
  label: string;
  of: (trace: Trace) => Texts;
  warmUp: string[];
  /** Opened as our own pages do, which take it as it lies in the database. */
  packed: boolean;
};

async function keepBytes(ground: Ground, state: Uint8Array): Promise<string> {
  const { room } = await ground.place('bare relay');
  await ground.sql`insert into bench_docs (name, data) values (${room}, ${state})`;
  return room;
}

async function keepLog(ground: Ground, entries: Trace['updates']): Promise<Place> {
  const place = await ground.place('ours');
  const { sql, authors } = ground;
  for (let at = 0; at < entries.length; at += 10_000) {
    const rows = entries.slice(at, at + 10_000).map(({ writer, bytes }, i) => ({
      text_id: place.textId,
      seq: at + i + 1,
      author: authors[writer]!,
      bytes: Buffer.from(bytes),
    }));
    await sql`insert into text_updates ${sql(rows)}`;
  }
  await sql`update texts set last_seq = ${entries.length} where id = ${place.textId}`;
  return place;
}

async function copyLog(ground: Ground, from: string): Promise<string> {
  const place = await ground.place('ours');
  const { sql } = ground;
  await sql`insert into text_updates (text_id, seq, author, bytes)
    select ${place.textId}::uuid, seq, author, bytes from text_updates where text_id = ${from}`;
  await sql`update texts set last_seq = (select last_seq from texts where id = ${from}) where id = ${place.textId}`;
  return place.room;
}

async function keepSnapshot(ground: Ground, trace: Trace): Promise<string> {
  const place = await ground.place('ours');
  const { sql, authors } = ground;
  const seq = trace.updates.length;
  const state = gzipSync(trace.stateV2);
  await sql`insert into text_snapshots (text_id, seq, state) values (${place.textId}, ${seq}, ${state})`;
  // A compaction leaves the last of the rows that it has folded: places are known by it.
  const { writer, bytes } = trace.updates.at(-1)!;
  await sql`insert into text_updates (text_id, seq, author, bytes)
    values (${place.textId}, ${seq}, ${authors[writer]!}, ${Buffer.from(bytes)})`;
  await sql`update texts set last_seq = ${seq} where id = ${place.textId}`;
  return place.room;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What it has been sent has been looked at: for a while it does next to nothing. */
async function quiet(server: Server): Promise<void> {
  for (let before = (await server.ask('usage')).cpu; ; ) {
    await pause(250);
    const { cpu } = await server.ask('usage');
    if (cpu - before < 10_000) return;
    before = cpu;
  }
}

const within = <T>(ms: number, promise: Promise<T>) => Promise.race([promise, pause(ms).then(() => null)]);

/** Whether this build opens a text from its snapshot. */
async function readsSnapshots(ground: Ground, trace: Trace): Promise<boolean> {
  const room = await keepSnapshot(ground, trace);
  const server = await startServer('ours', ground.env);
  const client = await openClient(ground.door(server, room));
  const told = client.wire.received > trace.state.length / 8;
  await client.wire.end();
  await server.end();
  return told;
}

/** Puts the recorded texts where each server finds them: as stored bytes, as a whole log, and folded. */
export async function fillShelves(ground: Ground, traces: Trace[]): Promise<Shelf[]> {
  const tiny = traces.reduce((a, b) => (a.state.length < b.state.length ? a : b));
  const bytes = new Map<Trace, Texts>();
  const logs = new Map<Trace, Texts>();
  const folded = new Map<Trace, Texts>();
  const snapshots = await readsSnapshots(ground, tiny);
  const fold = async (trace: Trace) =>
    snapshots
      ? keepSnapshot(ground, trace)
      : (await keepLog(ground, [{ writer: 0, bytes: trace.state }])).room;
  for (const trace of traces) {
    const first = await keepLog(ground, trace.updates);
    logs.set(trace, { alone: first.room, together: await copyLog(ground, first.textId) });
    bytes.set(trace, {
      alone: await keepBytes(ground, trace.state),
      together: await keepBytes(ground, trace.state),
    });
    folded.set(trace, { alone: await fold(trace), together: await fold(trace) });
  }
  const warmBytes: string[] = [];
  const warmLogs: string[] = [];
  const warmFolded: string[] = [];
  for (let i = 0; i < small; i++) {
    warmBytes.push(await keepBytes(ground, tiny.state));
    warmLogs.push((await keepLog(ground, tiny.updates.slice(0, 2000))).room);
    warmFolded.push(await fold(tiny));
  }
  await ground.sql`analyze`;
  // Each has done before what it is asked for, on other texts.
  const from = (
    name: Name,
    label: string,
    kept: Map<Trace, Texts>,
    warmUp = warmBytes,
    packed = false,
  ): Shelf => ({
    name,
    packed,
    label,
    of: (trace) => kept.get(trace)!,
    warmUp,
  });
  return [
    from('bare relay', 'stored bytes, sent', bytes),
    from('@y/websocket-server', '@y/websocket-server', bytes),
    from('Hocuspocus, stored', 'Hocuspocus, stored', bytes),
    from('ours', 'ours, in our pages', folded, warmFolded, true),
    from('ours', snapshots ? 'ours, from the snapshot' : 'ours, log of one row', folded, warmFolded),
    from('ours', 'ours, whole log', logs, warmLogs),
  ];
}

/** One round at one server that has just been started, and has opened other texts already. */
export async function open(ground: Ground, server: Server, shelf: Shelf, trace: Trace): Promise<Opening> {
  const { alone, together } = shelf.of(trace);
  // A server may send the text packed; whatever it is, it is more than an eighth.
  const expected = trace.state.length / 8;
  type Having = Parameters<typeof openClient>[1];
  const enter = async (room: string, having: Having = { expected, packed: shelf.packed }) => {
    const at = performance.now();
    const client = await within(60_000, openClient(ground.door(server, room), having));
    if (!client) throw new Error(`${shelf.label} does not tell the text`);
    return { ms: performance.now() - at, client };
  };
  for (const room of shelf.warmUp) await (await enter(room, { packed: shelf.packed })).client.wire.end();

  const first = await enter(alone);
  const again: number[] = [];
  const opened = [first.client];
  for (let i = 0; i < 5; i++) {
    const { ms, client } = await enter(alone);
    again.push(ms);
    opened.push(client);
  }
  async function atOnce(having?: Having) {
    const [before, databaseBefore] = [await server.ask('usage'), ground.databaseCpu()];
    const at = performance.now();
    const clients = await Promise.all(Array.from({ length: crowd }, () => enter(together, having)));
    const ms = performance.now() - at;
    // Its answers to the server's step 1 are still being looked at.
    await quiet(server);
    const [after, databaseAfter] = [await server.ask('usage'), ground.databaseCpu()];
    opened.push(...clients.map(({ client }) => client));
    return { ms, cpu: after.cpu - before.cpu, databaseCpu: databaseAfter - databaseBefore };
  }
  const cold = await atOnce();
  const warm = await atOnce();
  const { place } = opened.at(-1)!;
  const back = await atOnce({ own: { vector: trace.vector, answer: trace.answer }, place });
  const { received } = first.client.wire;
  await Promise.all(opened.map(({ wire }) => wire.end()));
  return {
    cold: first.ms,
    warm: again.sort((a, b) => a - b)[2]!,
    crowd: cold.ms,
    crowdCpu: cold.cpu,
    crowdDatabaseCpu: cold.databaseCpu,
    warmCrowd: warm.ms,
    warmCrowdCpu: warm.cpu,
    back: back.ms,
    backCpu: back.cpu,
    bytes: received,
  };
}
