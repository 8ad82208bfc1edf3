import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { runtime } from '~/server/runtime';

// The ballot key lives beside the database, never in it (docs/decisions/020).
const bytes = 32;
const folder = () => join(runtime().config.dataDir, 'keys');
const fileOf = (ballotId: string) => join(folder(), ballotId);

function onDisk(path: string, flag: 'r' | 'r+' | 'w', write?: Uint8Array): void {
  const file = openSync(path, flag, 0o600);
  try {
    if (write) writeSync(file, write);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the key of a ballot that is about to be opened; when it returns, the key outlives a power cut. */
export function makeKey(ballotId: string): Buffer {
  mkdirSync(folder(), { recursive: true, mode: 0o700 });
  const key = randomBytes(bytes);
  onDisk(fileOf(ballotId), 'w', key);
  onDisk(folder(), 'r');
  return key;
}

/** The key of an open ballot; null once it has been destroyed, or lost. */
export function readKey(ballotId: string): Buffer | null {
  try {
    const key = readFileSync(fileOf(ballotId));
    return key.length === bytes ? key : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Overwrites the key and removes it; a second time does nothing. */
export function destroyKey(ballotId: string): void {
  const path = fileOf(ballotId);
  const there = statSync(path, { throwIfNoEntry: false });
  if (!there) return;
  onDisk(path, 'r+', randomBytes(Math.max(bytes, there.size)));
  rmSync(path);
  onDisk(folder(), 'r');
}
