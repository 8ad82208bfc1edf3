import { openClient, updateFrame } from './client';
import { editOf } from './edits';
import type { Ground } from './ground';
import { inTurns } from './propagation';
import { kindOf, type Server } from './servers';

const edits = 200;
const letters = 'Agua limpia en las lavadas. '.repeat(4).slice(0, 100);

/** Bytes: of a process's memory (rss), and of what in it is in use (live). */
export type Memory = {
  documentRss: number;
  connectionRss: number;
  documentLive: number;
  connectionLive: number;
};

const soon = () => new Promise((resolve) => setTimeout(resolve, 300));

/**
 * What a document of 20 kB costs with the connection that wrote it, and each connection more. To be asked of a
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
  const readers = await inTurns([...rooms, ...rooms], ({ room }) => openClient(ground.door(server, room)));
  await soon();
  const read = await server.ask('clean');
  await Promise.all([...writers, ...readers].map(({ wire }) => wire.end()));
  const each = (key: 'rss' | 'live') => ({
    document: (written[key] - empty[key]) / documents,
    connection: (read[key] - written[key]) / readers.length,
  });
  const [rss, live] = [each('rss'), each('live')];
  return {
    documentRss: rss.document,
    connectionRss: rss.connection,
    documentLive: live.document,
    connectionLive: live.connection,
  };
}
