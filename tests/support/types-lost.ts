// A process of its own whose database goes away in the moment in which the driver asks for the types of arrays: what
// was to be asked is refused, and the process goes on.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import '~/scripts/mend.mjs';

const { default: postgres } = await import('postgres');

/** PostgreSQL's greeting: «come in», and «ready». */
const greeting = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
const server = createServer((socket: Socket) => {
  let greeted = false;
  socket.on('error', () => {});
  socket.on('data', () => {
    if (!greeted) socket.write(greeting);
    else {
      server.close();
      socket.destroy();
    }
    greeted = true;
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const asked = postgres({
  host: '127.0.0.1',
  port,
  max: 1,
  backoff: () => 0.01,
  connect_timeout: 2,
  username: 'nobody',
  database: 'none',
});
const fate = await asked`select 1`.then(
  () => 'well',
  () => 'refused',
);
await pause(200);
console.info(JSON.stringify({ fate }));
process.exit(0);
