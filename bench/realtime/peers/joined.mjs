// The second limit: the header of a frame is made once, and all frames for one socket of one turn of the event loop
// go out in one write, past `ws`.
import { WebSocketServer } from 'ws';
import { answer, roomOf } from './child.mjs';

const rooms = new Map();
const due = new Map();

function frameOf(data) {
  if (data.length < 126) return Buffer.concat([Buffer.from([0x82, data.length]), data]);
  const head = Buffer.from([0x82, 126, data.length >> 8, data.length & 255]);
  return Buffer.concat([head, data]);
}

function flush() {
  for (const [stream, frames] of due) stream.write(frames.length === 1 ? frames[0] : Buffer.concat(frames));
  due.clear();
}

const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
wss.on('connection', (ws, req) => {
  const room = roomOf(req);
  if (!rooms.has(room)) rooms.set(room, new Set());
  const peers = rooms.get(room);
  const stream = req.socket;
  peers.add(stream);
  ws.on('message', (data) => {
    if (data[0] === 0 && data[1] === 0) {
      ws.send(Buffer.from([0, 1, 2, 0, 0]));
      return;
    }
    const frame = frameOf(data);
    if (due.size === 0) setImmediate(flush);
    for (const peer of peers) {
      if (peer === stream) continue;
      const frames = due.get(peer);
      if (frames) frames.push(frame);
      else due.set(peer, [frame]);
    }
  });
  ws.on('close', () => {
    peers.delete(stream);
    due.delete(stream);
    if (peers.size === 0) rooms.delete(room);
  });
});
wss.on('listening', () => answer(wss.address().port));
