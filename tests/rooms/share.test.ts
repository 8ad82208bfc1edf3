import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openBoxes } from '../support/box';
import { testDatabase } from '../support/db';

const given = testDatabase();
const closing = (socket: WebSocket) => new Promise<void>((done) => socket.once('close', () => done()));

it('an address that asks for more than its share is cut off, and nothing is done for it', async () => {
  let asked = 0;
  const { socketUrl } = await openBoxes(given.db, async () => ++asked > 1);
  const socket = new WebSocket(socketUrl);
  await new Promise<void>((open) => socket.once('open', () => open()));
  const answers: unknown[] = [];
  socket.on('message', (data) => answers.push(data));
  for (let i = 0; i < 3; i++) socket.send(Buffer.alloc(64));
  await closing(socket);
  expect(answers.length).toBeLessThanOrEqual(1);
});

it('who sends without waiting for answers is cut off before it fills the memory', async () => {
  const never = new Promise<boolean>(() => {});
  const { socketUrl } = await openBoxes(given.db, () => never);
  const socket = new WebSocket(socketUrl);
  await new Promise<void>((open) => socket.once('open', () => open()));
  for (let i = 0; i < 300; i++) socket.send(Buffer.alloc(64));
  await closing(socket);
});
