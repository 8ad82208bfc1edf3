// Our sync server beside its peers and the limits of what can be done, on the same machine in one run:
// npm run bench -- realtime. BENCH_SCALE=0.2 makes it a fifth as large for a small machine, BENCH_ROUNDS says how
// often, BENCH_PROFILE=FOLDER leaves a CPU profile of every server there.
import { cpus, loadavg } from 'node:os';
import { type Found, goalsOf, ratiosOf } from './realtime/goals';
import { layGround } from './realtime/ground';
import { memory, memoryArgs } from './realtime/memory';
import { fillShelves, open } from './realtime/opening';
import { type Load, type Propagation, propagate } from './realtime/propagation';
import { bundleOurs, kindOf, names, type Server, startServer } from './realtime/servers';
import { printGoals, printTable, type Rounds } from './realtime/tables';
import { replay } from './realtime/traces';
import { typeLetters } from './realtime/typing';
import { countBytes } from './realtime/wire';

const scale = Number(process.env.BENCH_SCALE) || 1;
const rounds = Number(process.env.BENCH_ROUNDS) || 5;
const scaled = (n: number) => Math.max(1, Math.round(n * scale));
const usual: Load = { documents: scaled(200), each: 3, perSecond: scaled(3000), seconds: 5 };
const rush: Load = { ...usual, perSecond: scaled(9000), seconds: 3 };
const warmUp: Load = { ...usual, seconds: 2 };

const say = (line: string) => console.info(`${new Date().toISOString().slice(11, 19)} ${line}`);
const keep = <T>(all: Rounds<T>, row: string, round: T) => {
  all[row] ??= [];
  all[row].push(round);
};
const load = () => loadavg()[0]!.toFixed(1);

say(`${cpus().length} cores, ${cpus()[0]!.model}, Node ${process.version}, load ${load()} before anything`);
const ground = await layGround();
const found: Found = {
  usual: {},
  rush: {},
  memory: {},
  opening: {},
  bytes: {},
  typing: { up: 0, down: 0 },
  everyday: '',
};

await bundleOurs();
const servers: Server[] = [];
for (const name of names) servers.push(await startServer(name, ground.env));
for (const server of servers) await propagate(ground, server, warmUp);
for (let round = 1; round <= rounds; round++) {
  say(`propagation, round ${round} of ${rounds}, load ${load()}`);
  for (const server of servers) keep(found.usual, server.name, await propagate(ground, server, usual));
  for (const server of servers) keep(found.rush, server.name, await propagate(ground, server, rush));
}
for (const server of servers) await server.end();

for (let round = 1; round <= rounds; round++) {
  say(`memory, round ${round} of ${rounds}, load ${load()}`);
  for (const name of names) {
    const server = await startServer(name, ground.env, memoryArgs);
    keep(found.memory, name, await memory(ground, server, Math.max(100, scaled(400))));
    await server.end();
  }
}

say('texts as they were written, played again');
const traces = ['automerge-paper', 'friendsforever'].map(replay);
const shelves = await fillShelves(ground, traces);
found.everyday = shelves.find((shelf) => shelf.name === 'ours')!.label;
for (let round = 1; round <= rounds; round++) {
  say(`opening, round ${round} of ${rounds}, load ${load()}`);
  for (const shelf of shelves)
    for (const trace of traces) {
      const server = await startServer(shelf.name, ground.env);
      found.opening[trace.name] ??= {};
      keep(found.opening[trace.name]!, shelf.label, await open(ground, server, shelf, trace));
      await server.end();
    }
}
say('bytes');
for (const shelf of shelves) {
  if (!kindOf(shelf.name).keeps || found.bytes[shelf.name]) continue;
  const server = await startServer(shelf.name, ground.env);
  keep(found.bytes, shelf.name, await countBytes(ground, server, shelf, traces[0]!));
  if (shelf.name === 'ours') found.typing = await typeLetters(ground, server);
  await server.end();
}

const kB = (bytes: number) => bytes / 1000;
const ms = (microseconds: number) => microseconds / 1000;
const speed = {
  'p50 ms': (r: Propagation) => r.p50,
  'p99 ms': (r: Propagation) => r.p99,
  'ack p50 ms': (r: Propagation) => r.ackP50,
  'ack p99 ms': (r: Propagation) => r.ackP99,
  'server µs': (r: Propagation) => r.cpu,
  'database µs': (r: Propagation) => r.databaseCpu,
  bytes: (r: Propagation) => r.bytes,
  'edits/s': (r: Propagation) => r.perSecond,
  'clients, cores': (r: Propagation) => r.clients,
  'others, cores': (r: Propagation) => r.others,
};
const described = ({ documents, each, perSecond }: Load) =>
  `${documents} documents x ${each} clients, ${perSecond} edits/s; µs and bytes for each edit that reached one reader.`;
printTable(
  `Propagation: ${described(usual)} An ack of ours is durable, of Hocuspocus it is not.`,
  found.usual,
  speed,
);
printTable(`Propagation in a rush: ${described(rush)}`, found.rush, speed);
printTable(
  'Memory in kB, RSS and what of it is live: 20 kB written over one connection; told to one more; a connection more.',
  found.memory,
  {
    'written, RSS': (r) => kB(r.rss.written),
    'written, live': (r) => kB(r.live.written),
    'told, RSS': (r) => kB(r.rss.told),
    'told, live': (r) => kB(r.live.told),
    'connection, RSS': (r) => kB(r.rss.connection),
    'connection, live': (r) => kB(r.live.connection),
  },
);
for (const trace of traces)
  printTable(
    `Opening ${trace.name} (${trace.updates.length} edits, ${trace.state.length} bytes), ms; 50 at once.`,
    found.opening[trace.name]!,
    {
      cold: (r) => r.cold,
      warm: (r) => r.warm,
      '50 cold': (r) => r.crowd,
      'server CPU': (r) => ms(r.crowdCpu),
      'database CPU': (r) => ms(r.crowdDatabaseCpu),
      '50 warm': (r) => r.warmCrowd,
      'CPU, warm': (r) => ms(r.warmCrowdCpu),
      '50 back': (r) => r.back,
      'CPU, back': (r) => ms(r.backCpu),
      'kB told': (r) => kB(r.bytes),
    },
  );
printTable(
  `Bytes: coming back to ${traces[0]!.name} with everything, and a letter with its cursor.`,
  found.bytes,
  {
    'back, got': (r) => r.backDown,
    'back, sent': (r) => r.backUp,
    'letter, got by a reader': (r) => r.letterDown,
    'letter, sent': (r) => r.letterUp,
  },
);
console.info(
  `In our own client a letter is ${found.typing.up} bytes from the writer and ${found.typing.down} to a reader.`,
);
printGoals(goalsOf(found, traces[0]!.name));
await ground.remove();
console.info(JSON.stringify({ name: 'realtime', ...ratiosOf(found) }));
process.exit(0);
