// What the same traffic costs where nothing is checked and nothing is hidden: the first message names the room, each
// further one goes to all who are in it. With STORE=1 it is written down before, as ours is.
import postgres from 'postgres';
import { WebSocketServer } from 'ws';
import { answer } from '../realtime/peers/child.mjs';

const sql = process.env.STORE ? postgres(process.env.DATABASE_URL, { max: 10 }) : null;
const rooms = new Map();

const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
wss.on('connection', (ws) => {
  let room = null;
  let name = '';
  ws.on('message', async (data) => {
    if (!room) {
      name = data.toString();
      room = rooms.get(name) ?? new Set();
      rooms.set(name, room.add(ws));
      return void ws.send(data);
    }
    if (sql) await sql`insert into bench_frames (room, bytes) values (${name}, ${data})`;
    for (const one of room) one.send(data);
  });
  ws.on('close', () => room?.delete(ws));
});
wss.on('listening', () => answer(wss.address().port));
