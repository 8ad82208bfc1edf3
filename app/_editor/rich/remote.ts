import { Fragment, type Node, Slice } from 'prosemirror-model';
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { ReplaceStep } from 'prosemirror-transform';
import type { Delta } from '../difference';
import { endOf } from '../difference';
import { placeIn } from './lines';
import { schema } from './schema';

const splitInTwo = new Slice(Fragment.from([schema.node('paragraph'), schema.node('paragraph')]), 1, 1);

/** Words and line ends, put in at one place; what the lines are and how the words look comes after. */
function put(tr: Transaction, index: number, text: string): void {
  let at = index;
  for (const [i, words] of text.split('\n').entries()) {
    if (i > 0) {
      const place = placeIn(tr.doc, at++);
      tr.step(new ReplaceStep(place, place, splitInTwo));
    }
    if (!words) continue;
    tr.insert(placeIn(tr.doc, at), schema.text(words));
    at += words.length;
  }
}

/** Lines and looks as they should be, where they are not yet. */
function dress(tr: Transaction, wanted: Node): void {
  for (let i = 0, at = 0; i < wanted.childCount && i < tr.doc.childCount; i++) {
    const [is, shall] = [tr.doc.child(i), wanted.child(i)];
    if (is.type !== shall.type) tr.setNodeMarkup(at, shall.type);
    if (!is.content.eq(shall.content) && is.textContent === shall.textContent) {
      // Only how the words look differs: no place in them moves.
      const [from, to] = [at + 1, at + 1 + is.content.size];
      tr.removeMark(from, to);
      let place = from;
      shall.forEach((run) => {
        for (const mark of run.marks) tr.addMark(place, place + run.nodeSize, mark);
        place += run.nodeSize;
      });
    }
    at += shall.nodeSize;
  }
}

/**
 * What others did to the flat text, as a step of the editor's document. The selection stays at its words; what is put
 * in just where it stands comes behind it. `own`: one's own step back, which the eye follows.
 * @param wanted the document as it is now.
 */
export function remote(state: EditorState, delta: Delta, wanted: Node, own: boolean): Transaction {
  const { tr } = state;
  let at = 0;
  for (const { retain, delete: gone, insert } of delta) {
    if (retain) at += retain;
    else if (gone) {
      const [from, to] = [placeIn(tr.doc, at), placeIn(tr.doc, at + gone)];
      tr.step(new ReplaceStep(from, to, Slice.empty));
    } else if (typeof insert === 'string') {
      put(tr, at, insert);
      at += insert.length;
    }
  }
  dress(tr, wanted);
  // Whatever it was, the document says what the text says.
  const from = tr.doc.content.findDiffStart(wanted.content);
  if (from !== null) tr.replaceWith(0, tr.doc.content.size, wanted.content);
  const { anchor, head } = state.selection;
  const place = (before: number) =>
    own
      ? placeIn(tr.doc, endOf(delta))
      : from === null
        ? tr.mapping.map(before, -1)
        : Math.min(before, tr.doc.content.size);
  const near = (before: number) => tr.doc.resolve(place(before));
  tr.setSelection(TextSelection.between(near(anchor), near(head)));
  return tr.setMeta('addToHistory', false);
}
