// The rooms' blind server as a process of its own: DATABASE_URL and DATA_DIR from outside.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { database, setDatabaseUrl } from '~/db/client';
import { startRooms } from '~/server/rooms/live';
import type { Tokens } from '~/server/rooms/rules/tokens';
import { answer } from '../realtime/peers/child.mjs';

setDatabaseUrl(process.env.DATABASE_URL!);
// Every phone of the bench has an address of its own, as a proxy would tell it.
const addressOf = (req: IncomingMessage) => String(req.headers['x-forwarded-for'] ?? '');
// What a room is paid with is not what is measured: here every token is good.
const far = { purpose: 'gate', day: '2000-01-01', until: '2100-01-01' } as const;
const anyToken: Tokens = { keys: async () => [], check: async () => far, sign: async () => null };
const rooms = startRooms(database(), Buffer.alloc(32, 5), addressOf, async () => false, anyToken);
const server = createServer((req, res) => void rooms.answer(req, res));
server.on('upgrade', (req, stream, head) => rooms.upgrade(req, stream, head));
server.listen(0, '127.0.0.1', () => answer((server.address() as AddressInfo).port));
