import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What is looked for, in every form in which it could lie somewhere. */
export type Needle = { name: string; forms: Buffer[] };

const wide = (text: string) => Buffer.from(text, 'utf16le');
/** Words: as UTF-8, as UTF-16 (a browser's own), and in the two ways in which bytes are written as letters. */
export function wordNeedle(text: string): Needle {
  const bytes = Buffer.from(text);
  // Base64 of what stands at any place of a longer text: without what depends on its neighbours.
  const inside = [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return all.slice(before === 0 ? 0 : before + 1, -1);
  });
  const letters = [...inside, bytes.toString('hex')];
  return {
    name: text,
    forms: [bytes, wide(text), ...letters.flatMap((one) => [Buffer.from(one), wide(one)])],
  };
}
/** A key: its bytes, and how they are written. */
export const keyNeedle = (name: string, key: Uint8Array): Needle => {
  const bytes = Buffer.from(key);
  const letters = [bytes.toString('hex'), bytes.toString('base64url'), bytes.toString('base64').slice(0, 42)];
  return { name, forms: [bytes, ...letters.flatMap((one) => [Buffer.from(one), wide(one)])] };
};

type Form = { name: string; form: Buffer };
/** All forms by their first two bytes, so that a memory of hundreds of megabytes is walked through once. */
function byBeginning(needles: readonly Needle[]): (Form[] | undefined)[] {
  const table: (Form[] | undefined)[] = new Array(65_536);
  for (const { name, forms } of needles)
    for (const form of forms) {
      const at = form.readUInt16BE(0);
      table[at] = [...(table[at] ?? []), { name, form }];
    }
  return table;
}

/** The names of what is found in these bytes. */
export function foundIn(bytes: Buffer, needles: readonly Needle[]): string[] {
  const table = byBeginning(needles);
  const begins = Uint8Array.from(table, (forms) => (forms ? 1 : 0));
  const found = new Set<string>();
  let two = 0;
  for (let at = 0; at < bytes.length; at++) {
    two = ((two << 8) | bytes[at]!) & 0xffff;
    if (begins[two] === 0 || at === 0) continue;
    for (const { name, form } of table[two]!)
      if (bytes.compare(form, 0, form.length, at - 1, Math.min(bytes.length, at - 1 + form.length)) === 0)
        found.add(name);
  }
  return [...found];
}

/** Every file under a folder, whatever it is. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.isFile() ? [path] : [];
  });
}
/** What is found in the files of a folder: which needle, in which file. What goes away meanwhile is gone. */
export function sweepFolder(folder: string, needles: readonly Needle[]): string[] {
  const found: string[] = [];
  for (const file of filesUnder(folder)) {
    let bytes: Buffer;
    try {
      if (statSync(file).size === 0) continue;
      bytes = readFileSync(file);
    } catch {
      continue;
    }
    for (const name of foundIn(bytes, needles)) found.push(`${name} in ${file.slice(folder.length)}`);
  }
  return found;
}

/**
 * What is found in the memory of a process that we started, its heap and everything beside it, as it stands at this
 * moment. @returns null where a process may not be looked into on this machine
 */
export function sweepMemory(pid: number, needles: readonly Needle[]): string[] | null {
  let file: number;
  try {
    file = openSync(`/proc/${pid}/mem`, 'r');
  } catch {
    return null;
  }
  const found = new Set<string>();
  const piece = Buffer.alloc(16 * 1024 * 1024);
  const overlap = 4096;
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from, to, rights] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      if (!from || !to || !rights?.startsWith('rw')) continue;
      const end = Number.parseInt(to, 16);
      for (let at = Number.parseInt(from, 16); at < end; at += piece.length - overlap) {
        let read = 0;
        try {
          read = readSync(file, piece, 0, Math.min(piece.length, end - at), at);
        } catch {
          // Reserved and never used: nothing is there.
        }
        for (const name of foundIn(piece.subarray(0, read), needles)) found.add(name);
      }
    }
  } finally {
    closeSync(file);
  }
  return [...found];
}
