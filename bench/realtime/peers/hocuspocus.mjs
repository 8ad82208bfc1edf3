// Hocuspocus with its defaults; with STORE=1 its own Database extension on PostgreSQL.
import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';
import postgres from 'postgres';
import { answer } from './child.mjs';

const sql = postgres(process.env.DATABASE_URL, { max: 10 });
const database = new Database({
  async fetch({ documentName }) {
    const [row] = await sql`select data from bench_docs where name = ${documentName}`;
    return row?.data ?? null;
  },
  async store({ documentName, state }) {
    await sql`insert into bench_docs (name, data) values (${documentName}, ${state})
      on conflict (name) do update set data = excluded.data`;
  },
});

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  extensions: process.env.STORE === '1' ? [database] : [],
});

/** What its debounce would write down in a moment is written down now. */
async function rest() {
  const { hocuspocus } = server;
  const busy = ({ name }) => {
    const id = `onStoreDocument-${name}`;
    return hocuspocus.debouncer.isDebounced(id) || hocuspocus.debouncer.isCurrentlyExecuting(id);
  };
  hocuspocus.flushPendingStores();
  while ([...hocuspocus.documents.values()].some(busy)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

await server.listen();
answer(server.address.port, rest);
