import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { UnreadableWorkbook, workbookCells } from './workbook';

/** The lines of a file as a person sees them in a spreadsheet: `lines[i]` is row i + 1. */
export type Table = { lines: string[][] };
/** Why a file is no table at all; each has a sentence in failures.json under `associations.padron.`. */
export type Trouble =
  | { trouble: 'empty' | 'old_excel' | 'not_a_table' | 'too_big' | 'unreadable' | 'many' }
  | { trouble: 'quotes'; row: number };

export const bytesAtMost = 2 * 1024 * 1024;
export const rowsAtMost = 2000;
// A title and a header may stand above the people, and blank lines between them.
const linesAtMost = rowsAtMost + 200;
// What lies beyond is wrong in any case; looking at all of it would cost a second.
const cellAtMost = 2000;
const columnsAtMost = 100;

const begins = (bytes: Uint8Array, ...start: number[]) => start.every((byte, i) => bytes[i] === byte);

/** Cells are compared and checked as text, whatever the sheet held. */
const asText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  return (cell instanceof Date ? cell.toISOString() : String(cell)).slice(0, cellAtMost);
};
const asTable = (rows: unknown[][]): Table | Trouble =>
  rows.length > linesAtMost
    ? { trouble: 'many' }
    : { lines: rows.map((row) => row.slice(0, columnsAtMost).map(asText)) };

/** UTF-8 with or without its mark, UTF-16 with its mark, or else Windows-1252, as older Excel writes. */
export function decode(bytes: Uint8Array): string {
  if (begins(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (begins(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What parts the columns: whichever of ; tab , stands most often in the first lines, outside quotes. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 4000).replace(/"[^"]*"/g, '');
  const times = (mark: string) => start.split(mark).length - 1;
  return [';', '\t', ','].reduce((best, mark) => (times(mark) > times(best) ? mark : best));
}

function csvTable(text: string): Table | Trouble {
  try {
    const lines = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      // «Rosa "la China"» is a name to be mended in its row, not the end of the file.
      relax_quotes: true,
      to: linesAtMost + 1,
      max_record_size: 100_000,
    }) as string[][];
    return asTable(lines);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    return { trouble: 'quotes', row: lines ?? 1 };
  }
}

async function sheetTable(bytes: Uint8Array): Promise<Table | Trouble> {
  try {
    return asTable(await workbookCells(bytes));
  } catch (error) {
    if (error instanceof UnreadableWorkbook) return { trouble: error.reason };
    throw error;
  }
}

/**
 * Reads an uploaded file, CSV or XLSX, by what it is and not by its name.
 * @param bytes at most `bytesAtMost`
 */
export async function readTable(bytes: Uint8Array): Promise<Table | Trouble> {
  if (bytes.length === 0) return { trouble: 'empty' };
  if (bytes.length > bytesAtMost) return { trouble: 'too_big' };
  if (begins(bytes, 0x50, 0x4b, 0x03, 0x04)) return sheetTable(bytes);
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { trouble: 'old_excel' };
  const text = decode(bytes);
  // No table of names holds these; pictures, PDF and programs do.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) return { trouble: 'not_a_table' };
  return csvTable(text);
}
