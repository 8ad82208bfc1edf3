import { type Block, blocks, isLink } from '../../realtime/attributes';

export { type Block, blocks, isLink };
/** Words that look alike. `link` is the path of a library item. */
export type Run = { text: string; bold?: true; italic?: true; link?: string };
export type Line = { block: Block; runs: Run[] };
/** What Yjs says of a flat text (`toDelta`): stretches, from anybody's client, with any attributes at all. */
export type Stretch = { insert?: unknown; attributes?: Record<string, unknown> };

/** What a line end says of its line. */
export const blockOf = (attributes: Stretch['attributes']): Block =>
  blocks.find((block) => block === attributes?.block) ?? 'paragraph';

/** What is shown of the attributes of words; whatever else a client has put there is not. */
export function looksOf(attributes: Stretch['attributes']): Omit<Run, 'text'> {
  return {
    ...(attributes?.bold === true ? { bold: true as const } : {}),
    ...(attributes?.italic === true ? { italic: true as const } : {}),
    ...(isLink(attributes?.link) ? { link: attributes.link } : {}),
  };
}

const alike = (a: Run, b: Omit<Run, 'text'>) =>
  a.bold === b.bold && a.italic === b.italic && a.link === b.link;

/**
 * The lines of a flat text: N line ends make N + 1 lines, so an empty text is one empty line, and a text that ends
 * in a line end has an empty last one. Neighbouring words that look alike are one run; no run is empty. What is no
 * words (an embed) is dropped.
 */
export function linesOf(delta: readonly Stretch[]): Line[] {
  const lines: Line[] = [];
  let runs: Run[] = [];
  for (const { insert, attributes } of delta) {
    if (typeof insert !== 'string') continue;
    const looks = looksOf(attributes);
    for (const [at, text] of insert.split('\n').entries()) {
      if (at > 0) {
        lines.push({ block: blockOf(attributes), runs });
        runs = [];
      }
      if (!text) continue;
      const last = runs.at(-1);
      if (last && alike(last, looks)) last.text += text;
      else runs.push({ text, ...looks });
    }
  }
  lines.push({ block: 'paragraph', runs });
  return lines;
}

/** The words of a line without their looks. */
export const wordsOf = ({ runs }: Line): string => runs.map(({ text }) => text).join('');
