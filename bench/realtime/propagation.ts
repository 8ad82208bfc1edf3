import { type Client, openClient, updateFrame } from './client';
import { editOf, readEdits } from './edits';
import { type Ground, machineCpu } from './ground';
import { kindOf, type Server } from './servers';

export type Load = { documents: number; each: number; perSecond: number; seconds: number };

export type Propagation = {
  p50: number;
  p99: number;
  /** From the edit to its acknowledgement; absent where there is none. */
  ackP50?: number;
  ackP99?: number;
  /** Microseconds of CPU for each edit that reached somebody: of the server, and of the database. */
  cpu: number;
  databaseCpu: number;
  /** Bytes on the wire for each edit that reached somebody: all that the clients got, theirs included. */
  bytes: number;
  /** Edits a second that were sent in fact. */
  perSecond: number;
  /** Cores that the clients needed, and what runs on this machine beside the bench. */
  clients: number;
  others: number;
};

/** Always the same numbers, so that every server gets the same edits at the same moments. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** The value below which a share of them lies. */
export function quantile(values: Float64Array, share: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const late = 20_000;

export async function all(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + late;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within ${late} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Opens many sockets, some at once. */
export async function inTurns<T, R>(things: T[], open: (thing: T, i: number) => Promise<R>): Promise<R[]> {
  const opened: R[] = [];
  for (let at = 0; at < things.length; at += 20)
    opened.push(...(await Promise.all(things.slice(at, at + 20).map((thing, i) => open(thing, at + i)))));
  return opened;
}

/** One round: everybody writes letters at the ends of what she has written, and each reaches the others. */
export async function propagate(ground: Ground, server: Server, load: Load): Promise<Propagation> {
  const { documents, each, perSecond, seconds } = load;
  const edits = perSecond * seconds;
  const rooms = await ground.rooms(server.name, documents);
  const doors = rooms.flatMap(({ room }) => Array.from({ length: each }, () => ground.door(server, room)));
  const clients = await inTurns(doors, (door) => openClient(door));

  // Who writes when, and all frames, before the clock runs.
  const roll = dice(7);
  const writerOf = new Uint32Array(edits);
  const clockOf = new Uint32Array(edits);
  const editsOf = doors.map(() => [] as number[]);
  const frames: Buffer[] = [];
  for (let i = 0; i < edits; i++) {
    const writer = Math.floor(roll() * doors.length);
    writerOf[i] = writer;
    clockOf[i] = editsOf[writer]!.length;
    editsOf[writer]!.push(i);
    frames.push(updateFrame(doors[writer]!, editOf(writer, clockOf[i]!)));
  }
  const sentAt = new Float64Array(edits);
  const took = new Float64Array(edits * (each - 1));
  const acks = new Float64Array(edits);
  let delivered = 0;
  let acknowledged = 0;
  clients.forEach((client, reader) => {
    client.onUpdate = (update) => {
      const now = performance.now();
      readEdits(update, (writer, clock) => {
        if (writer !== reader) took[delivered++] = now - sentAt[editsOf[writer]![clock]!]!;
      });
    };
    let before = 0;
    client.onAcked = (total) => {
      const now = performance.now();
      for (; before < total; before++) acks[acknowledged++] = now - sentAt[editsOf[reader]![before]!]!;
    };
  });

  const received = () => clients.reduce((sum, { wire }) => sum + wire.received, 0);
  const [atFirst, databaseAtFirst] = [await server.ask('rest'), ground.databaseCpu()];
  const [bytesAtFirst, mine] = [received(), process.cpuUsage()];
  const [begun, machine] = [performance.now(), machineCpu()];
  const elapsed = await write(edits, perSecond, (i) => {
    sentAt[i] = performance.now();
    clients[writerOf[i]!]!.write(frames[i]!);
  });
  const clientsCpu = () => {
    const { user, system } = process.cpuUsage(mine);
    return user + system;
  };
  const writing = clientsCpu();
  await all(() => delivered >= took.length, `${server.name}: everybody has read everything`);
  if (kindOf(server.name).acknowledges)
    await all(() => acknowledged >= edits, `${server.name}: everything acknowledged`);
  const bytes = received() - bytesAtFirst;
  const [atLast, databaseAtLast] = [await server.ask('rest'), ground.databaseCpu()];
  const [lasted, allCpu] = [(performance.now() - begun) * 1000, machineCpu() - machine];
  const databaseCpu = databaseAtLast - databaseAtFirst;
  const cpu = atLast.cpu - atFirst.cpu;
  const others = allCpu - cpu - databaseCpu - clientsCpu();
  if (delivered !== took.length) throw new Error(`${server.name} delivered ${delivered} of ${took.length}`);
  await Promise.all(clients.map((client: Client) => client.wire.end()));
  return {
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    ...(acknowledged ? { ackP50: quantile(acks, 0.5), ackP99: quantile(acks, 0.99) } : {}),
    cpu: cpu / delivered,
    databaseCpu: kindOf(server.name).durable ? databaseCpu / delivered : 0,
    bytes: bytes / delivered,
    perSecond: (edits / elapsed) * 1000,
    clients: writing / 1000 / elapsed,
    others: Math.max(0, others / lasted),
  };
}

/** Sends edit after edit at an even pace, whatever the server does. @returns how long it took, in ms. */
export function write(edits: number, perSecond: number, send: (i: number) => void): Promise<number> {
  return new Promise((resolve) => {
    const started = performance.now();
    let next = 0;
    const timer = setInterval(() => {
      const due = Math.min(edits, Math.floor(((performance.now() - started) * perSecond) / 1000));
      while (next < due) send(next++);
      if (next < edits) return;
      clearInterval(timer);
      resolve(performance.now() - started);
    }, 1);
  });
}
