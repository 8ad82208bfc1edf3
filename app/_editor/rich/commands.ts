import type { MarkType } from 'prosemirror-model';
import { type Command, TextSelection } from 'prosemirror-state';
import type { Block } from '~/server/drafts/rules/lines';
import { schema } from './schema';

// What can be done to lines and nothing else: the usual commands know trees, and are three times as large.

const { nodes, marks } = schema;
const listed = (name: string) => name === 'bullet' || name === 'number';

/** What is selected goes, and what is left of its first and last line becomes one. */
export const deleteSelection: Command = ({ selection: { from, to, empty }, tr }, dispatch) => {
  if (empty) return false;
  dispatch?.(tr.delete(from, to).scrollIntoView());
  return true;
};

/**
 * A new line at the caret. A point goes on with a point, an empty one ends its list; behind a heading comes a
 * paragraph; a line that is cut in two is twice what it was.
 */
export const breakLine: Command = ({ selection, tr }, dispatch) => {
  tr.delete(selection.from, selection.to);
  const $at = tr.doc.resolve(tr.mapping.map(selection.from));
  const { type, content } = $at.parent;
  if (content.size === 0 && listed(type.name)) tr.setBlockType($at.pos, $at.pos, nodes.paragraph);
  else {
    const behind = $at.parentOffset === content.size && !listed(type.name) ? nodes.paragraph : type;
    tr.split($at.pos, 1, [{ type: behind }]);
    // Before a heading comes a paragraph as well: the heading goes down.
    if ($at.parentOffset === 0 && content.size > 0 && !listed(type.name))
      tr.setBlockType($at.pos, $at.pos, nodes.paragraph);
  }
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** At the beginning of a line: what it is first, then its border to the line before. */
export const joinBack: Command = ({ selection, tr, doc }, dispatch) => {
  const { $from, empty } = selection;
  if (!empty || $from.depth !== 1 || $from.parentOffset > 0) return false;
  if ($from.parent.type !== nodes.paragraph) tr.setBlockType($from.pos, $from.pos, nodes.paragraph);
  else return join(tr, doc, $from.before(), dispatch);
  dispatch?.(tr);
  return true;
};

/** At the end of a line: its border to the next one. */
export const joinNext: Command = ({ selection, tr, doc }, dispatch) => {
  const { $from, empty } = selection;
  if (!empty || $from.depth !== 1 || $from.parentOffset < $from.parent.content.size) return false;
  return join(tr, doc, $from.after(), dispatch);
};

function join(
  tr: Parameters<NonNullable<Parameters<Command>[1]>>[0],
  doc: Parameters<Command>[0]['doc'],
  border: number,
  dispatch: Parameters<Command>[1],
): boolean {
  const { nodeBefore, nodeAfter } = doc.resolve(border);
  if (!nodeBefore || !nodeAfter) return false;
  // Of two lines the one with words says what they are.
  if (nodeBefore.content.size === 0) tr.delete(border - nodeBefore.nodeSize, border);
  else tr.join(border);
  dispatch?.(tr.scrollIntoView());
  return true;
}

/** The selected lines become this. */
export const setLine =
  (block: Block): Command =>
  ({ selection: { from, to }, tr }, dispatch) => {
    dispatch?.(tr.setBlockType(from, to, nodes[block]).scrollIntoView());
    return true;
  };

/** The same; pressed again, they are paragraphs. */
export const toggleLine =
  (block: Block): Command =>
  (state, dispatch) =>
    setLine(state.selection.$from.parent.type.name === block ? 'paragraph' : block)(state, dispatch);

const toggle =
  (mark: MarkType): Command =>
  ({ selection, storedMarks, doc, tr }, dispatch) => {
    const { from, to, empty, $from } = selection;
    if (empty) {
      if (mark.isInSet(storedMarks ?? $from.marks())) tr.removeStoredMark(mark);
      else tr.addStoredMark(mark.create());
    } else if (doc.rangeHasMark(from, to, mark)) tr.removeMark(from, to, mark);
    else tr.addMark(from, to, mark.create());
    dispatch?.(tr.scrollIntoView());
    return true;
  };
export const bold = toggle(marks.bold);
export const italic = toggle(marks.italic);

/** The selected words lead to a library item (none: to nowhere any more); with nothing selected its title is put in. */
export const linkTo =
  (path: string, title: string): Command =>
  ({ tr, selection: { from, to, empty } }, dispatch) => {
    const mark = path ? marks.link.create({ path }) : null;
    if (!empty) tr.removeMark(from, to, marks.link);
    if (mark && empty) tr.insert(from, schema.text(title, [mark]));
    else if (mark) tr.addMark(from, to, mark);
    if (mark && empty) tr.setSelection(TextSelection.create(tr.doc, from + title.length));
    dispatch?.(tr.scrollIntoView());
    return true;
  };

/** The first of these that has something to do. */
export const first =
  (...commands: Command[]): Command =>
  (state, dispatch, view) =>
    commands.some((command) => command(state, dispatch, view));
