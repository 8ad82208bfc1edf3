import { strFromU8, unzipSync } from 'fflate';
import { clean } from '../../input';
import type { Block, Line, Run } from './lines';

/** Why a file of a word processor is not read; each has a sentence in failures.json. */
export class UnreadableDocx extends Error {
  constructor(readonly reason: 'old' | 'too_big' | 'unreadable' | 'empty') {
    super(reason);
  }
}
/** Bytes of a file, and of what is read of it once it is unpacked. */
export const docxAtMost = 2_500_000;
const unpackedAtMost = 12 * 1024 * 1024;
const needed = /^word\/(document|styles|numbering)\.xml$/;

function unpack(bytes: Uint8Array): Record<string, string> {
  if (bytes.length > docxAtMost) throw new UnreadableDocx('too_big');
  // What Word wrote until 2003, and what it locks with a password, begins so.
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new UnreadableDocx('old');
  let total = 0;
  const parts = unzipSync(bytes, {
    filter: ({ name, size, originalSize }) => {
      if (!needed.test(name)) return false;
      // fflate never writes more than the declared size, so what is declared can be believed.
      total += Math.max(size, originalSize);
      if (total > unpackedAtMost) throw new UnreadableDocx('too_big');
      return true;
    },
  });
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, strFromU8(part)]));
}

type Sign = { name: string; open: boolean; alone: boolean; attributes: string } | { text: string };

/** Tags and words in their order. No tag runs over the beginning of another, so that none costs more than its length. */
function* signs(xml: string): Generator<Sign> {
  for (const [, end, name, attributes, text] of xml.matchAll(
    /<(\/?)(?:[\w.-]+:)?([\w.-]+)([^<>]*)>|([^<]+)|</g,
  )) {
    if (text !== undefined) yield { text };
    else if (name) yield { name, open: !end, alone: attributes!.endsWith('/'), attributes: attributes! };
  }
}

const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1];
const isOn = (attributes: string) => !/^(0|false|off|none)$/.test(attribute(attributes, 'val') ?? '1');

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Words without XML's own spelling. What a file defines for itself stays as it is written: it grows into nothing. */
const spelled = (words: string) =>
  words.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|\w{2,4});/gi, (all, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? all;
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : '';
  });
/** As `clean`; what stands at the ends of a stretch belongs to the line. */
const kept = (words: string) => clean(`.${words}.`).slice(1, -1).replace(/\s+/g, ' ');

/** What each style makes of its paragraphs: told by the name that Word gives it in every language. */
function stylesOf(xml: string): Map<string, Block> {
  const blocks = new Map<string, Block>();
  let id: string | undefined;
  for (const sign of signs(xml)) {
    if (!('name' in sign) || !sign.open) continue;
    if (sign.name === 'style') id = attribute(sign.attributes, 'styleId');
    if (sign.name !== 'name' || !id) continue;
    const name = attribute(sign.attributes, 'val') ?? '';
    if (/^(heading \d|title|subtitle)$/i.test(name)) blocks.set(id, 'heading');
    else if (/^list bullet/i.test(name)) blocks.set(id, 'bullet');
    else if (/^list number/i.test(name)) blocks.set(id, 'number');
  }
  return blocks;
}

/** Which lists are of points without numbers, by their id. */
function bulletsOf(xml: string): Set<string> {
  const kinds = new Map<string, string>();
  const bullets = new Set<string>();
  let [abstract, list]: (string | undefined)[] = [];
  for (const sign of signs(xml)) {
    if (!('name' in sign) || !sign.open) continue;
    if (sign.name === 'abstractNum') abstract = attribute(sign.attributes, 'abstractNumId');
    if (sign.name === 'numFmt' && abstract && !kinds.has(abstract))
      kinds.set(abstract, attribute(sign.attributes, 'val') ?? '');
    if (sign.name === 'num') list = attribute(sign.attributes, 'numId');
    if (sign.name === 'abstractNumId' && list)
      if (kinds.get(attribute(sign.attributes, 'val') ?? '') === 'bullet') bullets.add(list);
  }
  return bullets;
}

// Words that were taken out, that a field computes with, or that are said a second time for older programs.
const passedOver = new Set(['del', 'moveFrom', 'instrText', 'delText', 'Fallback']);

type Paragraph = { block: Block; runs: Run[] };
type Book = { styles: Map<string, Block>; bullets: Set<string> };

/** The lines of a document, as it stands: paragraphs, also those of tables and boxes, one after the other. */
function linesOfBody(xml: string, { styles, bullets }: Book): Line[] {
  const lines: Line[] = [];
  const open: Paragraph[] = [];
  let [over, inRun, inText] = [0, false, false];
  let looks: Omit<Run, 'text'> = {};
  const end = (paragraph: Paragraph) => {
    if (paragraph.runs.some(({ text }) => text.trim() !== ''))
      lines.push({ block: paragraph.block, runs: paragraph.runs });
    paragraph.runs = [];
  };
  const say = (words: string) => {
    const text = kept(words);
    const own = open.at(-1);
    if (text && own) own.runs.push({ text, ...(own.block === 'heading' ? {} : looks) });
  };
  const told = (name: string, attributes: string, own: Paragraph) => {
    const val = attribute(attributes, 'val') ?? '';
    if (name === 'pStyle') own.block = styles.get(val) ?? own.block;
    else if (name === 'outlineLvl' && Number(val) < 9) own.block = 'heading';
    else if (name === 'numId' && own.block !== 'heading')
      own.block = val === '0' ? 'paragraph' : bullets.has(val) ? 'bullet' : 'number';
    else if (inRun && name === 'b' && isOn(attributes)) looks = { ...looks, bold: true };
    else if (inRun && name === 'i' && isOn(attributes)) looks = { ...looks, italic: true };
    else if (name === 'tab' && inRun) say(' ');
    else if (name === 'noBreakHyphen') say('-');
    else if ((name === 'br' || name === 'cr') && inRun) end(own);
  };
  for (const sign of signs(xml)) {
    if ('text' in sign) {
      if (inText && over === 0) say(spelled(sign.text));
      continue;
    }
    const { name, attributes, alone } = sign;
    if (passedOver.has(name)) over += alone ? 0 : sign.open ? 1 : -1;
    if (over > 0) continue;
    const own = open.at(-1);
    if (name === 'p' && !alone) {
      if (sign.open) open.push({ block: 'paragraph', runs: [] });
      else if (own) end(open.pop()!);
    } else if (name === 'r') {
      inRun = sign.open && !alone;
      looks = {};
    } else if (name === 't') inText = sign.open && !alone;
    else if (own && sign.open) told(name, attributes, own);
  }
  return lines;
}

/**
 * What a file of a word processor says: headings, lists, bold and italic words; whatever else is in it is dropped.
 * @throws UnreadableDocx
 */
export function readDocx(bytes: Uint8Array): Line[] {
  try {
    const parts = unpack(bytes);
    const body = parts['word/document.xml'];
    if (body === undefined) throw new UnreadableDocx('unreadable');
    const lines = linesOfBody(body, {
      styles: stylesOf(parts['word/styles.xml'] ?? ''),
      bullets: bulletsOf(parts['word/numbering.xml'] ?? ''),
    });
    if (lines.length === 0) throw new UnreadableDocx('empty');
    return lines;
  } catch (error) {
    throw error instanceof UnreadableDocx ? error : new UnreadableDocx('unreadable');
  }
}
