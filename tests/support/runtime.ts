import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '~/server/config';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';

// What main.ts sets at a start, for the code under test.
const dataDir = mkdtempSync(join(tmpdir(), 'forum-test-'));
setRuntime({
  config: { ...readConfig({}), dataDir },
  secrets: readSecrets(dataDir, null),
  version: 'test',
  setupCode: 'C0NS01ET3ST9',
  passphraseCost: 2 ** 10,
});
