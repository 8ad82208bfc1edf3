import { createServer } from 'node:http';
import { database, setDatabaseUrl } from '~/db/client';
import { readConfig } from '~/server/config';
import { startRealtime } from '~/server/realtime/server';
import { liveTexts } from '~/server/root';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';

// A process that is the forum's sockets and nothing else, to be killed: DATABASE_URL, DATA_DIR and PORT from outside.
const config = readConfig(process.env);
setRuntime({ config, secrets: readSecrets(config.dataDir, null), version: 'test', setupCode: 'none' });
setDatabaseUrl(config.databaseUrl!);
const realtime = startRealtime(database(), liveTexts);
const server = createServer();
server.on('upgrade', (req, stream, head) => realtime.upgrade(req, stream, head));
server.listen(config.port, '127.0.0.1', () => process.send?.('ready'));
