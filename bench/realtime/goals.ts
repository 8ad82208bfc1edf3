import type { Memory } from './memory';
import type { Opening } from './opening';
import type { Propagation } from './propagation';
import { type Goal, middle, type Rounds, ratio } from './tables';
import type { Letter } from './typing';
import type { Bytes } from './wire';

export type Found = {
  usual: Rounds<Propagation>;
  rush: Rounds<Propagation>;
  memory: Rounds<Memory>;
  /** By trace. */
  opening: Record<string, Rounds<Opening>>;
  bytes: Rounds<Bytes>;
  /** A letter typed in our own client: bytes to a reader, and from the writer. */
  typing: Letter;
  /** Which row of opening is ours as a server opens texts in everyday life. */
  everyday: string;
};

const whole = (round: Propagation) => round.cpu + round.databaseCpu;
const peer = 'Hocuspocus';
const storing = 'Hocuspocus, stored';
const crowdCpu = (round: Opening) => round.crowdCpu + round.crowdDatabaseCpu;

/** Every ratio of ours to the others, by name. */
export function ratiosOf({ usual, rush, memory, opening, bytes, everyday }: Found): Record<string, number> {
  const ratios: Record<string, number> = {};
  function put<T>(
    what: string,
    rounds: Rounds<T>,
    picks: Record<string, (round: T) => number | undefined>,
    ours = 'ours',
  ): void {
    for (const [other, theirs] of Object.entries(rounds))
      if (other !== ours)
        for (const [name, pick] of Object.entries(picks)) {
          const value = ratio(rounds[ours]!, theirs, pick);
          if (Number.isFinite(value)) ratios[`${what}${name} / ${other}`] = Number(value.toFixed(3));
        }
  }
  const speed = {
    p50: (round: Propagation) => round.p50,
    p99: (round: Propagation) => round.p99,
    'ack p50': (round: Propagation) => round.ackP50,
    'ack p99': (round: Propagation) => round.ackP99,
    'server CPU': (round: Propagation) => round.cpu,
    'server and database CPU': whole,
    bytes: (round: Propagation) => round.bytes,
  };
  put('', usual, speed);
  put('rush: ', rush, speed);
  put('memory: ', memory, {
    'written, RSS': ({ rss }) => rss.written,
    'told, RSS': ({ rss }) => rss.told,
    'connection, RSS': ({ rss }) => rss.connection,
    'written, live': ({ live }) => live.written,
    'told, live': ({ live }) => live.told,
    'connection, live': ({ live }) => live.connection,
  });
  for (const [trace, rounds] of Object.entries(opening))
    put(
      `${trace}: `,
      rounds,
      {
        'cold open': (round) => round.cold,
        'warm open': (round) => round.warm,
        '50 cold': (round) => round.crowd,
        '50 cold, server CPU': (round) => round.crowdCpu,
        '50 cold, server and database CPU': crowdCpu,
        '50 warm': (round) => round.warmCrowd,
        '50 warm, server CPU': (round) => round.warmCrowdCpu,
        '50 back': (round) => round.back,
        '50 back, server CPU': (round) => round.backCpu,
        bytes: (round) => round.bytes,
      },
      everyday,
    );
  put('bytes: ', bytes, {
    'coming back': (round) => round.backDown + round.backUp,
    'a letter and its cursor, to a reader': (round) => round.letterDown,
  });
  return ratios;
}

/** The goals that were set before anything was built, none left out. */
export function goalsOf(
  { usual, rush, memory, opening, bytes, typing, everyday }: Found,
  trace: string,
): Goal[] {
  const ours = usual.ours!;
  const texts = opening[trace]!;
  const mine = texts[everyday]!;
  const sent = texts['stored bytes, sent']!;
  const theirs = texts[storing]!;
  return [
    { goal: '1 nothing acknowledged lost in 1,000 kills', elsewhere: 'npm run soak -- drafts' },
    { goal: '1 ack p50', found: middle(ours, (r) => r.ackP50), atMost: 20, unit: ' ms' },
    { goal: '1 ack p99', found: middle(ours, (r) => r.ackP99), atMost: 50, unit: ' ms' },
    {
      goal: "2 a durable edit's CPU (server and database) / Hocuspocus in memory",
      found: ratio(ours, usual[peer]!, whole),
      atMost: 0.65,
    },
    { goal: '3 p99 / Hocuspocus', found: ratio(ours, usual[peer]!, (r) => r.p99), atMost: 0.8 },
    {
      goal: '3 p99 / Hocuspocus, three times the edits',
      found: ratio(rush.ours!, rush[peer]!, (r) => r.p99),
      atMost: 0.1,
    },
    { goal: '4 cold open / sending stored bytes', found: ratio(mine, sent, (r) => r.cold), atMost: 1.3 },
    { goal: '4 cold open / Hocuspocus', found: ratio(mine, theirs, (r) => r.cold), atMost: 0.15 },
    { goal: '4 50 at once, time / Hocuspocus', found: ratio(mine, theirs, (r) => r.crowd), atMost: 0.3 },
    {
      goal: '4 50 at once, server CPU / Hocuspocus',
      found: ratio(mine, theirs, (r) => r.crowdCpu),
      atMost: 0.15,
    },
    { goal: '5 first read <= 1.1x of the packed text', elsewhere: 'tests/browser (bytes of light pages)' },
    {
      goal: '5 editable state / as the peers send it',
      found: ratio(mine, sent, (r) => r.bytes),
      atMost: 0.27,
    },
    {
      goal: '5 coming back with everything, both ways',
      found: middle(bytes.ours!, (r) => r.backDown + r.backUp),
      atMost: 64,
      unit: ' B',
    },
    { goal: '6 a letter typed in our client, to a reader', found: typing.down, atMost: 12, unit: ' B' },
    {
      goal: '6 a letter typed in our client, from the writer',
      found: typing.up,
      atMost: 12,
      unit: ' B',
    },
    { goal: '7 words kept in offline merges', elsewhere: 'tests/editor' },
    {
      goal: '8 memory of a document and its connection / Hocuspocus',
      found: ratio(memory.ours!, memory[peer]!, ({ rss }) => rss.written),
      atMost: 0.35,
    },
    {
      goal: '8 the same once somebody else has read it',
      found: ratio(memory.ours!, memory[peer]!, ({ rss }) => rss.told),
      atMost: 0.35,
    },
    {
      goal: '9 a right taken away, presence forged, frames mutated',
      elsewhere: 'tests/realtime, npm run soak',
    },
    { goal: "10 the editor's download", elsewhere: 'tests/browser' },
  ];
}
