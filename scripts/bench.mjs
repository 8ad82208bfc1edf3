// npm run bench -- NAME: runs bench/NAME.ts, after installing what only the benches need.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import './mend.mjs';

const [name] = process.argv.slice(2);
const known = readdirSync('bench')
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
if (!name || !known.includes(name)) {
  console.error(`Say which: ${known.map((one) => `npm run bench -- ${one}`).join(', ')}.`);
  process.exit(2);
}
const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};
const madeAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
// Also after what the benches need has changed.
if (madeAt('bench/node_modules/.package-lock.json') < madeAt('bench/package-lock.json'))
  run('npm', ['ci', '--prefix', 'bench']);
run(process.execPath, ['scripts/build.mjs']);
run(process.execPath, ['--import', 'tsx', `bench/${name}.bench.ts`]);
