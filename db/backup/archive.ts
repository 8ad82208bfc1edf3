import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Migration, Sequence } from './catalog';

// The file: gzip around frames. A frame is one letter for its kind, its length (4 bytes, big-endian), its content:
//   H  JSON Header, once, first        T  a table's name, before its data
//   D  a piece of PostgreSQL's COPY text     M  JSON Manifest, once, last
// The manifest's own `sha256` is over every frame before it.

export const FORMAT = 'frente-unido-backup';
export const VERSION = 1;

export type Header = {
  format: string;
  version: number;
  /** ISO 8601, UTC. */
  at: string;
  migrations: Migration[];
  tables: { name: string; columns: string[] }[];
};
export type Sum = { name: string; rows: number; bytes: number; sha256: string };
export type Manifest = { tables: Sum[]; sequences: Sequence[]; sha256: string };

/** What reading an archive gives, in the order of the file. */
export type Part =
  | { kind: 'header'; header: Header }
  | { kind: 'table'; name: string }
  | { kind: 'data'; data: Buffer }
  | { kind: 'manifest'; manifest: Manifest };

/** Rows and checksum of the table whose COPY text passes by. COPY escapes a newline in a value, so each ends a row. */
export class Tally {
  #hash = createHash('sha256');
  #rows = 0;
  #bytes = 0;
  constructor(readonly name: string) {}
  add(piece: Buffer) {
    this.#hash.update(piece);
    this.#bytes += piece.length;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) this.#rows++;
  }
  sum(): Sum {
    return { name: this.name, rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}

export function frame(kind: 'H' | 'T' | 'D' | 'M', content: Buffer | string): Buffer {
  const body = Buffer.from(content as string);
  const head = Buffer.alloc(5, kind);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/**
 * Reads a backup piece by piece and checks it on the way.
 * @throws Error with one sentence when the file is not a backup, is damaged, cut off, or of a newer format; the
 * caller may rely on the data only after the last part has come
 */
export async function* readArchive(file: string): AsyncGenerator<Part> {
  const sums: Sum[] = [];
  const whole = createHash('sha256');
  let header: Header | undefined;
  let tally: Tally | undefined;
  let manifest: Manifest | undefined;
  for await (const { kind, body, raw } of frames(file)) {
    if (!header) {
      header = headerOf(kind, body, file);
      yield { kind: 'header', header };
    } else if (manifest) {
      throw new Error(damaged(file));
    } else if (kind === 'T') {
      if (tally) sums.push(tally.sum());
      tally = new Tally(body.toString());
      yield { kind: 'table', name: tally.name };
    } else if (kind === 'D' && tally) {
      tally.add(body);
      yield { kind: 'data', data: body };
    } else if (kind === 'M') {
      if (tally) sums.push(tally.sum());
      manifest = parse<Manifest>(body, file);
      compare(header, manifest, sums, whole.digest('hex'), file);
    } else {
      throw new Error(damaged(file));
    }
    if (!manifest) whole.update(raw);
  }
  if (!header) throw new Error(foreign(file));
  if (!manifest) throw new Error(cutOff(file));
  yield { kind: 'manifest', manifest };
}

function parse<T>(body: Buffer, file: string): T {
  try {
    return JSON.parse(body.toString()) as T;
  } catch {
    throw new Error(damaged(file));
  }
}

const LONGEST = 64 * 1024 * 1024;

const damaged = (file: string) => `The file ${file} is damaged.`;
const cutOff = (file: string) => `The file ${file} is cut off: its end is missing.`;
const foreign = (file: string) => `The file ${file} is not a backup of the forum.`;

function headerOf(kind: string, body: Buffer, file: string): Header {
  if (kind !== 'H' || !body.includes(FORMAT)) throw new Error(foreign(file));
  const header = parse<Header>(body, file);
  if (header.version > VERSION) {
    throw new Error(`The file ${file} was made by a newer version of the forum; install that version first.`);
  }
  return header;
}

function compare(header: Header, manifest: Manifest, sums: Sum[], whole: string, file: string) {
  for (const [place, sum] of sums.entries()) {
    const promised = manifest.tables[place];
    if (promised?.name !== sum.name || promised.sha256 !== sum.sha256 || promised.rows !== sum.rows) {
      throw new Error(`The file ${file} is damaged: the checksum of table ${sum.name} is wrong.`);
    }
  }
  const names = (list: { name: string }[]) => list.map(({ name }) => name).join();
  if (
    manifest.sha256 !== whole ||
    names(manifest.tables) !== names(sums) ||
    names(header.tables) !== names(sums)
  ) {
    throw new Error(`The file ${file} is damaged: its checksum is wrong.`);
  }
}

async function* frames(file: string) {
  let held: Buffer[] = [];
  let size = 0;
  let needed = 5;
  for await (const piece of unzipped(file)) {
    held.push(piece);
    size += piece.length;
    if (size < needed) continue;
    let rest = Buffer.concat(held);
    for (needed = 5; rest.length >= needed; needed = 5) {
      needed += rest.readUInt32BE(1);
      if (needed > LONGEST) throw new Error(damaged(file));
      if (rest.length < needed) break;
      const raw = rest.subarray(0, needed);
      yield { kind: String.fromCharCode(raw[0]!), body: raw.subarray(5), raw };
      rest = rest.subarray(needed);
    }
    held = [rest];
    size = rest.length;
  }
  if (size) throw new Error(cutOff(file));
}

async function* unzipped(file: string): AsyncGenerator<Buffer<ArrayBuffer>> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Error(`There is no file ${file}.`);
    if (code === 'Z_BUF_ERROR') throw new Error(cutOff(file));
    if (message === 'incorrect header check') throw new Error(foreign(file));
    if (code?.startsWith('Z_')) throw new Error(`The file ${file} is damaged (${message}).`);
    throw error;
  } finally {
    source.destroy();
  }
}
