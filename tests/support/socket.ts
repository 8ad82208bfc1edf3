import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { Db } from '~/db/client';
import { startRealtime } from '~/server/realtime/server';
import { liveTexts } from '~/server/root';
import { atEnd, endAll, placeAt } from './clients';

export * from './clients';

type Options = Parameters<typeof startRealtime>[2];

afterEach(endAll);

/** The real sync server behind a real HTTP server, without the pages; gone after the test. */
export async function openForum(db: Db, options?: Options, live = liveTexts) {
  let realtime = startRealtime(db, live, options);
  const server = createServer();
  server.on('upgrade', (req, stream, head) => {
    if (realtime.takes(req)) realtime.upgrade(req, stream, head);
    else stream.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => {
    await realtime.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    ...placeAt((server.address() as AddressInfo).port),
    healthy: () => realtime.healthy(),
    others: () => realtime.others(),
    /** As a new start of the process would: everybody is sent away and finds another server. */
    async restart() {
      await realtime.close();
      realtime = startRealtime(db, live, options);
    },
  };
}
