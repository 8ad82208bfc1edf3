// The forum while one works on it: pages reload, the server restarts when its files change.
import { spawn } from 'node:child_process';
import './mend.mjs';

const child = spawn(
  process.execPath,
  ['--import', 'tsx', '--watch-path=server', '--watch-path=db', 'server/boot.ts'],
  {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
  },
);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 0));
