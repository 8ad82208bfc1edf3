import diff from 'fast-diff';

export type Change = { at: number; remove: number; insert: string };

/**
 * The changes that lead from one text to another, from left to right; `at` counts UTF-16 units in the old one.
 * First whole lines, then the words of the lines that differ. Never parts of words: a word made of old and new
 * letters would be torn when somebody else takes the old word away at the same time.
 */
export function changes(from: string, to: string): Change[] {
  return compare(from, to, lines).flatMap(({ at: start, remove, insert }) =>
    compare(from.slice(start, start + remove), insert, words).map(({ at, ...change }) => ({
      at: start + at,
      ...change,
    })),
  );
}

const lines = /(?<=\n)/;
const words = /(?<=\s)(?=\S)|(?<=\S)(?=\s)/;
// The comparison takes time like the square of what differs: beyond this the part is exchanged as a whole.
const comparedAtMost = 4_000_000;
// Below the surrogates, so that no two tokens look like one character.
const tokensAtMost = 0xd7ff;

function compare(from: string, to: string, border: RegExp): Change[] {
  if (from === to) return [];
  const codes = new Map<string, string>();
  const encode = (text: string) => {
    const parts = text.split(border);
    for (const part of parts) if (!codes.has(part)) codes.set(part, String.fromCharCode(codes.size + 1));
    return parts;
  };
  const [old, young] = [encode(from), encode(to)];
  if (codes.size > tokensAtMost || old.length * young.length > comparedAtMost) return [middle(old, young)];
  const spell = (parts: string[]) => parts.map((part) => codes.get(part)).join('');
  const parts = [...codes.keys()];
  const read = (text: string) => [...text].map((char) => parts[char.charCodeAt(0) - 1]).join('');
  const found: Change[] = [];
  let at = 0;
  let open: Change | undefined;
  for (const [kind, text] of diff(spell(old), spell(young))) {
    const said = read(text);
    if (kind === diff.EQUAL) {
      open = undefined;
      at += said.length;
      continue;
    }
    if (!open) {
      open = { at, remove: 0, insert: '' };
      found.push(open);
    }
    if (kind === diff.INSERT) open.insert += said;
    else {
      open.remove += said.length;
      at += said.length;
    }
  }
  return found;
}

/** Everything between what both have in common at their beginnings and ends. */
function middle(old: string[], young: string[]): Change {
  const most = Math.min(old.length, young.length);
  let head = 0;
  while (head < most && old[head] === young[head]) head++;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === young[young.length - 1 - tail]) tail++;
  const between = (parts: string[]) => parts.slice(head, parts.length - tail).join('');
  return { at: old.slice(0, head).join('').length, remove: between(old).length, insert: between(young) };
}
