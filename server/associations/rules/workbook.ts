import { unzipSync, type Zippable, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';

/** Why a workbook is not read; each has a sentence in failures.json. */
export class UnreadableWorkbook extends Error {
  constructor(readonly reason: 'too_big' | 'unreadable') {
    super(reason);
  }
}

/** Bytes that a workbook's parts may have together once they are unpacked. */
export const unpackedAtMost = 8 * 1024 * 1024;
const rowsAtMost = 20_000;
const columnsAtMost = 100;

const needed = /^(\[Content_Types\]\.xml|_rels\/.*\.rels|xl\/.*\.(xml|rels))$/i;
const needless = /^xl\/(theme|drawings|charts|media|pivot|externalLinks|printerSettings|comments|ctrlProps)/i;

// The reader pads its rows up to the farthest cell, so one cell at XFD1048576 would fill the memory:
// every row and cell must say in the plainest form where it stands, and stand near.
// Neither runs over the beginning of another tag: else a sheet of nothing but beginnings takes hours.
const tag = /<(?:[^\s<>/:]*:)?(row|c)(?=[\s/>])([^<>]*)>/g;
const plain = /^(?:\s+[\w:.-]+\s*=\s*(?:"[^"<&]*"|'[^'<&]*'))*\s*\/?$/;
const place = /\sr\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']/;

const columnNumber = (letters: string) => [...letters].reduce((n, l) => n * 26 + l.charCodeAt(0) - 64, 0);

function checkPlaces(xml: string): void {
  for (const [, , attributes = ''] of xml.matchAll(tag)) {
    if (!plain.test(attributes)) throw new UnreadableWorkbook('unreadable');
    const at = place.exec(attributes);
    if (at && (Number(at[2]) > rowsAtMost || columnNumber(at[1]!) > columnsAtMost))
      throw new UnreadableWorkbook('too_big');
    if (!at && /\sr\s*=/.test(attributes)) throw new UnreadableWorkbook('unreadable');
  }
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0;
  return unzipSync(bytes, {
    filter: ({ name, size, originalSize }) => {
      if (!needed.test(name) || needless.test(name)) return false;
      // fflate never writes more than the declared size, so what is declared can be believed.
      total += Math.max(size, originalSize);
      if (total > unpackedAtMost) throw new UnreadableWorkbook('too_big');
      return true;
    },
  });
}

/**
 * The cells of a workbook's first sheet; formulas come as the value that was last computed.
 * The parts are unpacked under a limit, looked through, and only then given to the reader, stored plain,
 * so that a zip that tells two stories is read by one teller.
 * @throws UnreadableWorkbook
 */
export async function workbookCells(bytes: Uint8Array): Promise<unknown[][]> {
  try {
    const parts = unpack(bytes);
    const kept: Zippable = {};
    const decoder = new TextDecoder();
    for (const [name, part] of Object.entries(parts)) {
      checkPlaces(decoder.decode(part));
      kept[name] = [part, { level: 0 }];
    }
    return await readSheet(Buffer.from(zipSync(kept)));
  } catch (error) {
    throw error instanceof UnreadableWorkbook ? error : new UnreadableWorkbook('unreadable');
  }
}
