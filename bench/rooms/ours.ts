// The rooms' blind server as a process of its own: DATABASE_URL and DATA_DIR from outside.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { database, setDatabaseUrl } from '~/db/client';
import { startRooms } from '~/server/rooms/live';
import { answer } from '../realtime/peers/child.mjs';

setDatabaseUrl(process.env.DATABASE_URL!);
// Every phone of the bench has an address of its own, as a proxy would tell it.
const addressOf = (req: IncomingMessage) => String(req.headers['x-forwarded-for'] ?? '');
const rooms = startRooms(database(), Buffer.alloc(32, 5), addressOf, async () => false);
const server = createServer((req, res) => void rooms.answer(req, res));
server.on('upgrade', (req, stream, head) => rooms.upgrade(req, stream, head));
server.listen(0, '127.0.0.1', () => answer((server.address() as AddressInfo).port));
