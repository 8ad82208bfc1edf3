import { createServer } from 'node:http';
import { database, setDatabaseUrl } from '~/db/client';
import { readConfig } from '~/server/config';
import { type ForumEvent, publish } from '~/server/events';
import { startRealtime } from '~/server/realtime/server';
import { liveTexts } from '~/server/root';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';

// A process that is the forum's sockets and nothing else, to be killed: DATABASE_URL, DATA_DIR and PORT from outside.
const config = readConfig(process.env);
setRuntime({ config, secrets: readSecrets(config.dataDir, null), version: 'test', setupCode: 'none' });
setDatabaseUrl(config.databaseUrl!);
const realtime = startRealtime(database(), liveTexts, {
  meeting: config.redisUrl ? { url: config.redisUrl, secret: process.env.MEETING_SECRET! } : null,
  checkMs: Number(process.env.CHECK_MS) || 5000,
});
// What a command in this process would tell after its commit.
process.on('message', (event: ForumEvent) => publish(event));
const server = createServer();
server.on('upgrade', (req, stream, head) => realtime.upgrade(req, stream, head));
server.listen(config.port, '127.0.0.1', () => process.send?.('ready'));
