import { strFromU8, unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
export const unescaped = (xml: string) =>
  xml.replace(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => entities[name]!);

/** A DOCX opened again: its files, and each paragraph with its style. */
export function openDocx(bytes: Uint8Array) {
  const zip = unzipSync(bytes);
  const file = (name: string) => strFromU8(zip[name]!);
  const paragraphs = [...file('word/document.xml').matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, inside]) => ({
    style: /<w:pStyle w:val="([^"]+)"/.exec(inside!)?.[1] ?? null,
    words: [...inside!.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, words]) => unescaped(words!)).join(''),
  }));
  return { names: Object.keys(zip), file, paragraphs };
}

export type Piece = { words: string; size: number; y: number };

/** A PDF opened again: what it says of itself, and each page's words from top to bottom. */
export async function openPdf(bytes: Uint8Array) {
  const pdf = await getDocument({ data: Uint8Array.from(bytes), verbosity: 0, useSystemFonts: false })
    .promise;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const pieces: Piece[] = items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [{ words: item.str, size: Math.round(item.height), y: Math.round(item.transform[5]) }]
        : [],
    );
    pages.push({ view: page.view, pieces });
  }
  const { info } = await pdf.getMetadata();
  await pdf.destroy();
  return { info: info as Record<string, unknown>, pages };
}
