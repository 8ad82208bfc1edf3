// The forum's sync server as a process of its own: DATABASE_URL and DATA_DIR from outside.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { database, setDatabaseUrl } from '~/db/client';
import { readConfig } from '~/server/config';
import { startRealtime } from '~/server/realtime/server';
import { liveTexts } from '~/server/root';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { answer } from './peers/child.mjs';

const config = readConfig(process.env);
setRuntime({ config, secrets: readSecrets(config.dataDir, null), version: 'bench', setupCode: 'none' });
setDatabaseUrl(config.databaseUrl!);
const realtime = startRealtime(database(), liveTexts);
const server = createServer();
server.on('upgrade', (req, stream, head) => realtime.upgrade(req, stream, head));
// Nothing to bring to an end: whoever asks has waited until everything was called durable.
server.listen(0, '127.0.0.1', () => answer((server.address() as AddressInfo).port));
