// The rooms: time to unlock on a slow phone, time and bytes to open a full room, and many rooms talking at once on one
// blind server, beside the same traffic in the clear: npm run bench -- rooms. BENCH_SCALE=0.1 makes it a tenth as
// large for a small machine, BENCH_ROUNDS says how often.
import { cpus } from 'node:os';
import type { AskServer } from '~/app/_room/session';
import { launchBrowser } from '../tests/support/browser';
import { median } from './measure';
import { bundleOurs, type Child, startChild } from './realtime/servers';
import { printTable, type Rounds, ratio } from './realtime/tables';
import { slowPage } from './rooms/browser';
import { layGround } from './rooms/ground';
import { fullRoom, type Opened, openBoth } from './rooms/opening';
import { type Load, type Talk, talk } from './rooms/talk';
import { type Unlock, unlock } from './rooms/unlock';

const scale = Number(process.env.BENCH_SCALE) || 1;
const rounds = Number(process.env.BENCH_ROUNDS) || 3;
const scaled = (n: number, least = 1) => Math.max(least, Math.round(n * scale));
const slowdowns = [1, 6];
const size = { messages: scaled(1000), drafts: 3, letters: scaled(6000, 80) };
// A room where something is said every two seconds is a lively one.
const load: Load = { rooms: scaled(200), members: 10, perSecond: scaled(100, 5), seconds: 10 };

const say = (line: string) => console.info(`${new Date().toISOString().slice(11, 19)} ${line}`);
const keep = <T>(all: Rounds<T>, row: string, round: T) => {
  all[row] ??= [];
  all[row].push(round);
};
say(`${cpus().length} cores, ${cpus()[0]!.model}, Node ${process.version}`);
const ground = await layGround();
const built = '.next/bench/rooms.mjs';
await bundleOurs('bench/rooms/ours.ts', built);
const relay = 'bench/rooms/relay.mjs';
const servers: Record<string, () => Promise<Child>> = {
  'the blind server': () => startChild('the blind server', built, ground.env),
  'bare relay': () => startChild('bare relay', relay, ground.env),
  'bare relay, stored': () => startChild('bare relay, stored', relay, { ...ground.env, STORE: '1' }),
};
const ours = 'the blind server';

const unlocked: Rounds<Unlock> = {};
const opened: Rounds<Opened> = {};
const talked: Rounds<Talk> = {};

const server = await servers[ours]!();
const url = `http://127.0.0.1:${server.port}/api/box`;
const ask: AskServer = async (body) => {
  const answer = await fetch(url, { method: 'POST', body: Buffer.from(body) });
  return new Uint8Array(await answer.arrayBuffer());
};
say(`a room with ${size.messages} messages and ${size.drafts} texts`);
const full = await fullRoom(ask, size);
const browser = await launchBrowser();
for (const rate of slowdowns) {
  const row = `processor slowed ${rate} times`;
  for (let round = 1; round <= rounds; round++) {
    const page = await slowPage(browser, rate);
    keep(unlocked, row, await unlock(page));
    const both = await openBoth(page, server.port, full);
    for (const { messages, letters } of [both.ours, both.bare])
      if (messages !== size.messages || letters < size.letters * size.drafts)
        throw new Error(`lost: ${messages} messages and ${letters} letters came`);
    keep(opened, `${row}, room`, both.ours);
    keep(opened, `${row}, in the clear`, both.bare);
    const { ours: older } = await openBoth(page, server.port, full, 'older');
    keep(opened, `${row}, room in an older browser`, older);
    await page.context().close();
  }
}
await browser.close();
await server.end();

for (let round = 1; round <= rounds; round++)
  for (const [name, start] of Object.entries(servers)) {
    say(`${load.rooms} rooms of ${load.members} talking, round ${round} of ${rounds}: ${name}`);
    const child = await start();
    // Once for code that has not run yet.
    if (round === 1) await talk(ground, child, name === ours, { ...load, seconds: 2 });
    keep(talked, name, await talk(ground, child, name === ours, load));
    await child.end();
  }
await ground.remove();

printTable('Unlocking: six words to the open keyring', unlocked, {
  'words to keys, ms': ({ derive }) => derive,
  'first time, ms': ({ first }) => first,
  'open 16 KiB, ms': ({ open }) => open,
});
printTable(`Opening a room with ${size.messages} messages and ${size.drafts} texts`, opened, {
  ms: ({ ms }) => ms,
  kB: ({ bytes }) => bytes / 1000,
  'again, ms': ({ back }) => back.ms,
  'again, kB': ({ back }) => back.bytes / 1000,
});
printTable(`${load.rooms} rooms of ${load.members}, ${load.perSecond} messages a second`, talked, {
  'p50, ms': ({ p50 }) => p50,
  'p99, ms': ({ p99 }) => p99,
  'memory, MB': ({ rss }) => rss,
  'in use, MB': ({ live }) => live,
  'a member, kB': ({ perMember }) => perMember,
  'CPU, µs each': ({ cpu }) => cpu,
  'bytes each': ({ bytes }) => bytes,
});
const slow = `processor slowed ${slowdowns.at(-1)} times`;
const ratios: Record<string, number> = {
  'unlock, slowed 6 times, seconds': median(unlocked[slow]!.map(({ derive }) => derive)) / 1000,
  'open a room, slowed 6 times, seconds': median(opened[`${slow}, room`]!.map(({ ms }) => ms)) / 1000,
  'the same in an older browser, seconds':
    median(opened[`${slow}, room in an older browser`]!.map(({ ms }) => ms)) / 1000,
  'come back to it, slowed 6 times, seconds':
    median(opened[`${slow}, room`]!.map(({ back }) => back.ms)) / 1000,
  'open a room, kB': median(opened[`${slow}, room`]!.map(({ bytes }) => bytes)) / 1000,
};
const put = <T>(what: string, over: T[], under: T[], pick: (round: T) => number) => {
  ratios[what] = ratio(over, under, pick);
};
for (const rate of slowdowns) {
  const row = `processor slowed ${rate} times`;
  const [room, clear] = [opened[`${row}, room`]!, opened[`${row}, in the clear`]!];
  put(`open ms / in the clear, slowed ${rate} times`, room, clear, ({ ms }) => ms);
  if (rate === 1) put('open bytes / in the clear', room, clear, ({ bytes }) => bytes);
}
for (const other of Object.keys(servers).filter((name) => name !== ours)) {
  put(`p50 / ${other}`, talked[ours]!, talked[other]!, ({ p50 }) => p50);
  put(`p99 / ${other}`, talked[ours]!, talked[other]!, ({ p99 }) => p99);
  put(`memory / ${other}`, talked[ours]!, talked[other]!, ({ rss }) => rss);
  put(`memory in use / ${other}`, talked[ours]!, talked[other]!, ({ live }) => live);
  put(`CPU / ${other}`, talked[ours]!, talked[other]!, ({ cpu }) => cpu);
  put(`bytes / ${other}`, talked[ours]!, talked[other]!, ({ bytes }) => bytes);
}
const rounded = Object.entries(ratios).map(([name, value]) => [name, Number(value.toFixed(3))]);
console.info(JSON.stringify({ bench: 'rooms', ratios: Object.fromEntries(rounded) }));
process.exit(0);
