import { openClient, updateFrame } from './client';
import { editOf } from './edits';
import type { Ground } from './ground';
import { inTurns } from './propagation';
import { kindOf, type Server } from './servers';

const edits = 100;
const letters = 'Agua limpia en las lavadas. '.repeat(8).slice(0, 200);

/** What waits to be collected would be most of what is seen: the young generation is kept small. */
export const memoryArgs = ['--max-semi-space-size=1'];

/** Bytes: of a process's memory (rss), and of what in it is in use (live). */
type Size = {
  /** A document that one client has written, with its connection. */
  written: number;
  /** The same once it has been told to somebody, who has gone. */
  told: number;
  /** One connection more. */
  connection: number;
};
export type Memory = { rss: Size; live: Size };

const soon = () => new Promise((resolve) => setTimeout(resolve, 300));

/**
 * What a document of 20 kB costs with one connection, and each connection more. To be asked of a
 * process that has done nothing yet.
 */
export async function memory(ground: Ground, server: Server, documents: number): Promise<Memory> {
  const { acknowledges } = kindOf(server.name);

  async function writeAll(rooms: { room: string }[]) {
    return inTurns(rooms, async ({ room }) => {
      const door = ground.door(server, room);
      const client = await openClient(door);
      const saved = new Promise<void>((resolve) => {
        client.onAcked = (total) => total === edits && resolve();
      });
      for (let i = 0; i < edits; i++) client.write(updateFrame(door, editOf(0, i * letters.length, letters)));
      if (acknowledges) await saved;
      return client;
    });
  }

  // Code that has not run yet takes memory too.
  const before = await writeAll(await ground.rooms(server.name, 20));
  await Promise.all(before.map(({ wire }) => wire.end()));
  await soon();
  const empty = await server.ask('clean');
  const rooms = await ground.rooms(server.name, documents);
  const writers = await writeAll(rooms);
  await soon();
  const written = await server.ask('clean');
  const join = () => inTurns(rooms, ({ room }) => openClient(ground.door(server, room)));
  const first = await join();
  await soon();
  const told = await server.ask('clean');
  const second = await join();
  await soon();
  const full = await server.ask('clean');
  await Promise.all([...writers, ...first, ...second].map(({ wire }) => wire.end()));
  const sizeOf = (key: 'rss' | 'live'): Size => {
    const connection = (full[key] - told[key]) / documents;
    return {
      written: (written[key] - empty[key]) / documents,
      told: (told[key] - empty[key]) / documents - connection,
      connection,
    };
  };
  return { rss: sizeOf('rss'), live: sizeOf('live') };
}
