import { type Command, EditorState, TextSelection } from 'prosemirror-state';
import * as Y from 'yjs';
import { diff } from '~/app/_editor/rich/diff';
import { lastLine } from '~/app/_editor/rich/last-line';
import { indexIn, placeIn, textIn, toDoc } from '~/app/_editor/rich/lines';
import { remote } from '~/app/_editor/rich/remote';
import type { Stretch } from '~/server/drafts/rules/lines';

// The rich editor without its window: the document that is seen, the flat text that is kept, and what goes between.

export const deltaOf = (text: Y.Text) => text.toDelta() as Stretch[];

/** One phone with the rich editor open; `id` decides who is first where two write in the same place. */
export function desk(id: number, updates: readonly Uint8Array[] = []) {
  const doc = new Y.Doc();
  doc.clientID = id;
  for (const update of updates) Y.applyUpdate(doc, update);
  const text = doc.getText('text');
  let state = EditorState.create({ doc: toDoc(deltaOf(text)), plugins: [lastLine] });
  text.observe(({ delta, transaction }) => {
    if (transaction.origin === 'own') return;
    state = state.apply(remote(state, delta, toDoc(deltaOf(text)), false));
  });
  const me = {
    doc,
    text,
    get state() {
      return state;
    },
    /** What is seen, as words. */
    get words() {
      return textIn(state.doc);
    },
    select(from: number, to = from) {
      const [a, b] = [placeIn(state.doc, from), placeIn(state.doc, to)];
      state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, a, b)));
    },
    /** What a key or a button does, at the selection. */
    press(command: Command) {
      command(state, (tr) => {
        const before = state.doc;
        state = state.apply(tr);
        const steps = diff(before, state.doc, indexIn(state.doc, state.selection.head));
        doc.transact(() => text.applyDelta(steps), 'own');
      });
      return me;
    },
    type(words: string) {
      return me.press((now, dispatch) => {
        dispatch?.(now.tr.insertText(words));
        return true;
      });
    },
    /** The words of the selection, in letters of the flat text. */
    caret: () => indexIn(state.doc, state.selection.head),
  };
  return me;
}
export type Desk = ReturnType<typeof desk>;

const hear = (desks: readonly Desk[]) => {
  const all = desks.map(({ doc }) => Y.encodeStateAsUpdate(doc));
  for (const { doc } of desks) for (const update of all) Y.applyUpdate(doc, update, 'net');
};

/** Everybody hears everything, and then what Yjs has tidied up while it listened (looks said twice). */
export function meet(...desks: Desk[]): void {
  for (let times = 0; times < 3; times++) hear(desks);
}
