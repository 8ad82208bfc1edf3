import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Db } from '~/db/client';

/** The sync server's place in the process; see docs/decisions/005. */
export function startRealtime(_db: Db) {
  return {
    takes: (_req: IncomingMessage) => false,
    upgrade(_req: IncomingMessage, socket: Duplex, _head: Buffer) {
      socket.destroy();
    },
    healthy: () => true,
    async close() {},
  };
}
