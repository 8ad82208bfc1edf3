import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { runtime } from '~/server/runtime';

// One small value for each account, in one file beside the database that has no history: a slot is written over, and
// what stood there is gone (docs/decisions/108). Its days tell nothing of one account, since it is one file for all.
const [tagBytes, valueBytes] = [16, 32];
const slotBytes = tagBytes + 2 * valueBytes;
const none = Buffer.alloc(valueBytes);
const path = () => join(runtime().config.dataDir, 'keyrings');

/** `next` is there while a write is on its way: which of the two holds is told by the row that it opens. */
export type Values = { current: Buffer; next: Buffer | null };

const tagOf = (personId: string) =>
  createHmac('sha256', runtime().secrets.keyrings).update(personId).digest().subarray(0, tagBytes);

function withFile<T>(flag: 'r' | 'r+' | 'a', use: (file: number) => T): T | null {
  let file: number;
  try {
    file = openSync(path(), flag, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && flag !== 'a') return null;
    throw error;
  }
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

// Where a slot stands never changes; another process may have added some meanwhile.
const places = new Map<string, number>();
let of = '';
let seen = 0;

function placeOf(file: number, tag: Buffer): number | null {
  if (of !== path()) {
    places.clear();
    [of, seen] = [path(), 0];
  }
  const known = places.get(tag.toString('hex'));
  if (known !== undefined) return known;
  const slot = Buffer.alloc(slotBytes);
  while (readSync(file, slot, 0, slotBytes, seen) === slotBytes) {
    const name = slot.subarray(0, tagBytes).toString('hex');
    // Of two that were added at once the first one holds.
    if (!places.has(name)) places.set(name, seen);
    seen += slotBytes;
  }
  return places.get(tag.toString('hex')) ?? null;
}

/** The values of an account; null where it has none yet, or the file was lost. */
export function readValues(personId: string): Values | null {
  return withFile('r', (file) => {
    const place = placeOf(file, tagOf(personId));
    if (place === null) return null;
    const slot = Buffer.alloc(2 * valueBytes);
    if (readSync(file, slot, 0, slot.length, place + tagBytes) !== slot.length) return null;
    const next = slot.subarray(valueBytes);
    return { current: slot.subarray(0, valueBytes), next: next.equals(none) ? null : next };
  });
}

/** The values of an account, made where it has none. */
export function ensureValues(personId: string): Values {
  const there = readValues(personId);
  if (there) return there;
  mkdirSync(runtime().config.dataDir, { recursive: true, mode: 0o700 });
  withFile('a', (file) => {
    // A slot that was cut short, as on a full disk, is filled up, or every later one would stand askew.
    const pad = Buffer.alloc((slotBytes - (fstatSync(file).size % slotBytes)) % slotBytes);
    writeSync(file, Buffer.concat([pad, tagOf(personId), randomBytes(valueBytes), none]));
    fsyncSync(file);
  });
  return readValues(personId)!;
}

function write(personId: string, values: Values): void {
  withFile('r+', (file) => {
    const place = placeOf(file, tagOf(personId))!;
    writeSync(
      file,
      Buffer.concat([values.current, values.next ?? none]),
      0,
      2 * valueBytes,
      place + tagBytes,
    );
    fsyncSync(file);
  });
}

/** A new value for a write, on the disk before the write is committed; until `settle` both hold. */
export function proposeValue(personId: string, holds: Buffer): Buffer {
  ensureValues(personId);
  const next = randomBytes(valueBytes);
  write(personId, { current: holds, next });
  return next;
}

/** This one holds; the other is written over, and whatever was wrapped under it opens no more. */
export function settleValue(personId: string, holds: Buffer): void {
  write(personId, { current: holds, next: null });
}
