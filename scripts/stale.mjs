// Whether the build is missing or older than the sources it was made from.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = [
  'app',
  'server',
  'db',
  'messages',
  'public',
  'scripts/build.mjs',
  'next.config.ts',
  'package-lock.json',
];

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return /light\..*\.js|\.(br|gz)$/.test(path) ? 0 : stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** @returns true when `npm run build` is needed. */
export function stale() {
  try {
    const { at } = JSON.parse(readFileSync(join(process.env.NEXT_DIST_DIR ?? '.next', 'built.json'), 'utf8'));
    return Math.max(...sources.map(newest)) > at;
  } catch {
    return true;
  }
}
