import type { Node } from 'prosemirror-model';
import { type Change, changes } from '~/server/drafts/rules/changes';
import type { Line } from '~/server/drafts/rules/lines';
import { difference } from '../difference';
import { lineOf } from './lines';

type Looks = Record<string, unknown>;
/** What is to be done to a flat text, from its beginning: step over (and make it look so), take away, put in. */
export type Step =
  | { retain: number; attributes?: Looks }
  | { insert: string; attributes: Looks }
  | { delete: number };

/** Letters, and beside each of them how it looks; a line end looks like its line. */
type Flat = { text: string; looks: Looks[] };

const names = ['block', 'bold', 'italic', 'link'];

function flatOf(lines: readonly Line[], ended: boolean): Flat {
  const looks: Looks[] = [];
  const words = lines.map(({ block, runs }, i) => {
    for (const { text, ...look } of runs) for (let at = 0; at < text.length; at++) looks.push(look);
    if (ended || i < lines.length - 1) looks.push(block === 'paragraph' ? {} : { block });
    return runs.map(({ text }) => text).join('');
  });
  return { text: words.join('\n') + (ended && lines.length > 0 ? '\n' : ''), looks };
}

/** What makes one look the other; null for what is to end. */
function turn(from: Looks, to: Looks): Looks | null {
  if (from === to) return null;
  const turned = names.filter((name) => from[name] !== to[name]);
  return turned.length > 0 ? Object.fromEntries(turned.map((name) => [name, to[name] ?? null])) : null;
}
const alike = (a: Looks | null, b: Looks | null) =>
  a === b || (a !== null && b !== null && names.every((name) => a[name] === b[name]));

function stepsOf(before: Flat, after: Flat, found: readonly Change[]): Step[] {
  const steps: Step[] = [];
  let [old, young] = [0, 0];
  const over = (to: number) => {
    for (; old < to; old++, young++) {
      const look = turn(before.looks[old]!, after.looks[young]!);
      const last = steps.at(-1);
      if (last && 'retain' in last && alike(last.attributes ?? null, look)) last.retain++;
      else steps.push(look ? { retain: 1, attributes: look } : { retain: 1 });
    }
  };
  for (const { at, remove, insert } of found) {
    over(at);
    if (remove > 0) steps.push({ delete: remove });
    old += remove;
    for (let i = 0; i < insert.length; i++, young++) {
      const look = after.looks[young]!;
      const last = steps.at(-1);
      if (last && 'insert' in last && alike(last.attributes, look)) last.insert += insert[i];
      else steps.push({ insert: insert[i]!, attributes: { ...look } });
    }
  }
  over(before.text.length);
  return steps;
}

/**
 * The same change, a letter or two further on or back where the letters allow it: of two line ends the one that is
 * taken away, or put in, is the one that leaves the other lines what they are.
 */
function shifts(text: string, { at, remove, insert }: Change): Change[] {
  const found: Change[] = [{ at, remove, insert }];
  if (remove > 0 && insert) return found;
  const moving = insert || text.slice(at, at + remove);
  for (let by = 1, letters = moving; by <= 2 && text[at + remove + by - 1] === letters[0]; by++) {
    letters = letters.slice(1) + letters[0];
    found.push({ at: at + by, remove, insert: insert && letters });
  }
  for (let by = 1, letters = moving; by <= 2 && at - by >= 0 && text[at - by] === letters.at(-1); by++) {
    letters = letters.at(-1) + letters.slice(0, -1);
    found.push({ at: at - by, remove, insert: insert && letters });
  }
  return found;
}

/** Something exchanged: within a word as it is, else the whole words that differ. */
function byWords(text: string, { at, remove, insert }: Change): Change[] {
  const gone = text.slice(at, at + remove);
  if (!/\s/.test(gone + insert)) return [{ at, remove, insert }];
  const before = /\S*$/.exec(text.slice(0, at))![0];
  const behind = /^\S*/.exec(text.slice(at + remove))![0];
  const from = at - before.length;
  return changes(before + gone + behind, before + insert + behind).map((change) => ({
    ...change,
    at: change.at + from,
  }));
}

function least(before: Flat, after: Flat, caret: number): Step[] {
  const one = difference(before.text, after.text, caret);
  if (one.remove === 0 && !one.insert) return stepsOf(before, after, []);
  if (one.remove > 0 && one.insert) return stepsOf(before, after, byWords(before.text, one));
  const costs = (steps: Step[]) => steps.filter((step) => 'retain' in step && step.attributes).length;
  return shifts(before.text, one)
    .map((change) => stepsOf(before, after, [change]))
    .reduce((best, steps) => (costs(steps) < costs(best) ? steps : best));
}

/**
 * What was done to a document, as changes of its flat text: whole lines stay where they are, then the words in them,
 * so that nobody's untouched words are taken away and put in again.
 * @param caret where the caret stands in the new text: where letters repeat, it tells which of them was typed.
 */
export function diff(before: Node, after: Node, caret: number): Step[] {
  const [old, young] = [before.childCount, after.childCount];
  const most = Math.min(old, young);
  let head = 0;
  let from = 0;
  while (head < most && before.child(head).eq(after.child(head)))
    from += before.child(head++).content.size + 1;
  if (head === most && old === young) return [];
  let tail = 0;
  while (tail < most - head && before.child(old - 1 - tail).eq(after.child(young - 1 - tail))) tail++;
  // The last line has no end: where it is reached, the line before has to tell.
  if (tail === 0 && head === most) from -= before.child(--head).content.size + 1;
  const middle = (doc: Node) => {
    const lines: Line[] = [];
    for (let i = head; i < doc.childCount - tail; i++) lines.push(lineOf(doc.child(i)));
    return flatOf(lines, tail > 0);
  };
  const steps: Step[] = least(middle(before), middle(after), Math.max(0, caret - from));
  const first = steps[0];
  if (from > 0) {
    if (first && 'retain' in first && !first.attributes) first.retain += from;
    else steps.unshift({ retain: from });
  }
  const last = steps.at(-1);
  if (last && 'retain' in last && !last.attributes) steps.pop();
  return steps;
}
