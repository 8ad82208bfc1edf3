import { randomBytes } from 'node:crypto';
import { frameLengths } from '~/server/rooms/rules/sizes';
import { writeAsk } from '~/server/rooms/rules/wire';
import { all, dice, inTurns, quantile, write } from '../realtime/propagation';
import type { Child } from '../realtime/servers';
import { frameOf, openWire, type Wire } from '../realtime/socket';
import type { Ground } from './ground';

export type Load = { rooms: number; members: number; perSecond: number; seconds: number };
export type Talk = {
  p50: number;
  p99: number;
  /** Megabytes: with everybody there before a word was said, and what each of them takes. */
  live: number;
  rss: number;
  perMember: number;
  /** Microseconds of the server's CPU for each frame that reached somebody. */
  cpu: number;
  /** Bytes that came to somebody's phone, for each frame that did. */
  bytes: number;
};

/** What is said, in the lengths in which a room talks: short, a few lines, now and then a text. */
const lengthsOf = [frameLengths[0]!, frameLengths[1]!, frameLengths[2]!] as const;
const lengthFor = (share: number) => lengthsOf[share < 0.3 ? 0 : share < 0.95 ? 1 : 2]!;

/** Opens everybody's socket, says things at an even pace, and times each until it has come to each. */
export async function talk(ground: Ground, child: Child, blind: boolean, load: Load): Promise<Talk> {
  const { rooms, members, perSecond, seconds } = load;
  const doors = await ground.doors(rooms);
  const count = perSecond * seconds;
  const roll = dice(7);
  const sentAt = new Float64Array(count);
  const took = new Float64Array(count * members);
  let delivered = 0;

  // The number of what is said stands at its beginning; the rest is noise, as what is sealed is.
  const said = Array.from({ length: count }, (_none, i) => {
    const bytes = new Uint8Array(randomBytes(lengthFor(roll())));
    new DataView(bytes.buffer).setUint32(0, i);
    const member = Math.floor(roll() * rooms * members);
    const { access } = doors[member % rooms]!;
    const sent = { bytes, erase: 'ab'.repeat(32), days: 90 };
    return { member, frame: frameOf(blind ? writeAsk({ op: 'send', access, frame: sent }) : bytes) };
  });

  // What tells of a frame: of ours behind its kind, number, epoch and length; an answer has 64 bytes.
  const head = blind ? 13 : 0;
  const empty = await child.ask('clean');
  // Ours answers twice, so that nothing is missed in between.
  const greetings = blind ? 2 : 1;
  const wires = await inTurns(
    Array.from({ length: rooms * members }, (_none, member) => member),
    async (member) => {
      const { id, access } = doors[member % rooms]!;
      const hello = blind
        ? writeAsk({ op: 'read', access, after: 0, prev: '00'.repeat(32), proof: [] })
        : Buffer.from(id);
      let greeted = 0;
      let there = () => {};
      const inside = new Promise<void>((resolve) => {
        there = resolve;
      });
      const address = `10.${(member >> 16) & 255}.${(member >> 8) & 255}.${member & 255}`;
      const wire: Wire = await openWire(child.port, '/box', { 'X-Forwarded-For': address }, (payload) => {
        const now = performance.now();
        if (greeted < greetings) {
          if (++greeted === greetings) there();
        } else if (payload.length > 64) took[delivered++] = now - sentAt[payload.readUInt32BE(head)]!;
      });
      wire.write(frameOf(hello));
      await inside;
      return wire;
    },
  );
  const full = await child.ask('clean');
  const received = () => wires.reduce((sum, wire) => sum + wire.received, 0);
  const before = received();
  const atFirst = await child.ask('usage');
  await write(count, perSecond, (i) => {
    sentAt[i] = performance.now();
    wires[said[i]!.member]!.write(said[i]!.frame);
  });
  await all(() => delivered >= took.length, 'everything has come to everybody');
  const atLast = await child.ask('usage');
  const bytes = received() - before;
  await Promise.all(wires.map((wire) => wire.end()));
  return {
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    live: full.live / 1e6,
    rss: Math.max(full.rss, atLast.rss) / 1e6,
    perMember: (full.live - empty.live) / wires.length / 1000,
    cpu: (atLast.cpu - atFirst.cpu) / took.length,
    bytes: bytes / took.length,
  };
}
