import type { Connection } from '~/app/_editor/connection';
import { endAll, ourClient, placeAt, until } from '~/tests/support/clients';
import type { Letter, Typing } from './typing';

// Two people in the client of our own pages, as a process of their own: one types, one reads.

const letters = 50;
const everyMs = 100;
const patience = 30_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function wireOf({ provider }: Connection) {
  const { _socket } = provider.ws as unknown as { _socket: { bytesRead: number; bytesWritten: number } };
  return { read: _socket.bytesRead, written: _socket.bytesWritten };
}

const { port, room, cookies } = JSON.parse(process.argv[2]!) as Typing;
const [writer, reader] = cookies.map((cookie) => ourClient(placeAt(port), room, cookie)) as [
  Connection,
  Connection,
];
const open = (one: Connection) => one.state().link === 'open';
await until('open', () => open(writer) && open(reader), patience);
// Who is here is told once, whether anybody types or not.
await pause(2500);
const [up, down] = [wireOf(writer), wireOf(reader)];
for (let i = 0; i < letters; i++) {
  writer.edit(writer.text.length, 0, 'a');
  await pause(everyMs);
}
await until('read', () => reader.text.length === letters, patience);
await until('saved', () => writer.state().saving === 'saved', patience);
const letter: Letter = {
  up: (wireOf(writer).written - up.written) / letters,
  down: (wireOf(reader).read - down.read) / letters,
};
await endAll();
process.send!(letter, () => process.exit(0));
