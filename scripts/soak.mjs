// Long trials, one after another until told otherwise: npm run soak -- NAME [numbers].
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import './mend.mjs';

const [name, ...rest] = process.argv.slice(2);
const file = `tests/soak/${name}.ts`;
if (!/^[a-z-]+$/.test(name ?? '') || !existsSync(file)) {
  const names = readdirSync('tests/soak').map((entry) => entry.replace(/\.ts$/, ''));
  console.error(`Say which one: ${names.join(', ')}.`);
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...rest], { stdio: 'inherit' });
process.exit(status ?? 1);
