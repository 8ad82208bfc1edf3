import type { Mark, Node } from 'prosemirror-model';
import { type Block, type Line, linesOf, type Run, type Stretch } from '~/server/drafts/rules/lines';
import { schema } from './schema';

// A flat text and the document that the editor shows say the same: a line end for each line but the last.

const marksOf = ({ bold, italic, link }: Run): Mark[] => [
  ...(bold ? [schema.marks.bold.create()] : []),
  ...(italic ? [schema.marks.italic.create()] : []),
  ...(link ? [schema.marks.link.create({ path: link })] : []),
];

/** One line as the editor shows it. */
export const nodeOf = ({ block, runs }: Line): Node =>
  schema.node(
    block,
    null,
    runs.map((run) => schema.text(run.text, marksOf(run))),
  );

/** The document of a flat text, as Yjs tells it. */
export const toDoc = (delta: readonly Stretch[]): Node =>
  schema.node('doc', null, linesOf(delta).map(nodeOf));

/** How words look, from their marks. */
export function looksOfMarks(marks: readonly Mark[]): Omit<Run, 'text'> {
  const link = schema.marks.link.isInSet(marks);
  return {
    ...(schema.marks.bold.isInSet(marks) ? { bold: true as const } : {}),
    ...(schema.marks.italic.isInSet(marks) ? { italic: true as const } : {}),
    ...(link ? { link: link.attrs.path as string } : {}),
  };
}

/** One line as the text keeps it. */
export function lineOf(node: Node): Line {
  const runs: Run[] = [];
  node.forEach(({ text, marks }) => {
    if (text) runs.push({ text, ...looksOfMarks(marks) });
  });
  return { block: node.type.name as Block, runs };
}

/** Where a letter of the flat text stands in the document: each line before it has two borders in place of one end. */
export function placeIn(doc: Node, index: number): number {
  let left = index;
  let at = 0;
  for (let i = 0; i < doc.childCount; i++) {
    const { size } = doc.child(i).content;
    if (left <= size || i === doc.childCount - 1) return at + 1 + Math.min(left, size);
    left -= size + 1;
    at += size + 2;
  }
  return 1;
}

/** The letter of the flat text at a place of the document. */
export function indexIn(doc: Node, place: number): number {
  const at = doc.resolve(place);
  const line = at.depth === 0 ? at.index() : at.index(0);
  // Each line that is over has taken two places for its one end, and this one has begun with one.
  return at.depth === 0 ? Math.max(0, place - line) : place - line - 1;
}

/** The letters of a document, as the flat text has them. */
export const textIn = (doc: Node): string => {
  const lines: string[] = [];
  doc.forEach((line) => void lines.push(line.textContent));
  return lines.join('\n');
};
