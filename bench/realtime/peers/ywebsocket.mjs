// @y/websocket-server on ws 8. It writes nothing down by itself: a document is read from the database when it is
// first opened, and that is all.
import { setPersistence, setupWSConnection } from '@y/websocket-server/utils';
import postgres from 'postgres';
import { WebSocketServer } from 'ws';
import { applyUpdate } from 'yjs';
import { answer, roomOf } from './child.mjs';

const sql = postgres(process.env.DATABASE_URL, { max: 4 });
setPersistence({
  provider: null,
  async bindState(name, doc) {
    const [row] = await sql`select data from bench_docs where name = ${name}`;
    if (row) applyUpdate(doc, row.data);
  },
  async writeState() {},
});

const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
wss.on('connection', (ws, req) => setupWSConnection(ws, req, { docName: roomOf(req) }));
wss.on('listening', () => answer(wss.address().port));
