// The limit of what `ws` can do: no look at the bytes, one `send` for each of the others. Where a document is kept
// in the database it sends the stored bytes to whoever asks for them: the limit of opening.
import postgres from 'postgres';
import { WebSocketServer } from 'ws';
import { answer, roomOf } from './child.mjs';

const sql = postgres(process.env.DATABASE_URL, { max: 4 });
const rooms = new Map();
const stored = new Map();

const size = (n) => {
  const bytes = [];
  for (let rest = n; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
};

function storedFrame(room) {
  if (!stored.has(room))
    stored.set(
      room,
      sql`select data from bench_docs where name = ${room}`.then(([row]) => {
        const data = row?.data ?? Buffer.from([0, 0]);
        return Buffer.concat([Buffer.from([0, 1]), size(data.length), data]);
      }),
    );
  return stored.get(room);
}

const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
wss.on('connection', (ws, req) => {
  const room = roomOf(req);
  if (!rooms.has(room)) rooms.set(room, new Set());
  const peers = rooms.get(room);
  peers.add(ws);
  ws.on('message', async (data) => {
    if (data[0] === 0 && data[1] === 0) ws.send(await storedFrame(room));
    else for (const peer of peers) if (peer !== ws) peer.send(data);
  });
  ws.on('close', () => {
    peers.delete(ws);
    if (peers.size === 0) rooms.delete(room);
  });
});
wss.on('listening', () => answer(wss.address().port));
