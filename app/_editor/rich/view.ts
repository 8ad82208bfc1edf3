import { Fragment, Slice } from 'prosemirror-model';
import { type Command, EditorState, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import type * as Y from 'yjs';
import type { Block, Stretch } from '~/server/drafts/rules/lines';
import type { Connection } from '../connection';
import { diff } from './diff';
import { keysFor } from './keys';
import { lastLine } from './last-line';
import { indexIn, looksOfMarks, textIn, toDoc } from './lines';
import { remote } from './remote';
import { schema } from './schema';

/** How it is where the caret stands: what the buttons show. */
export type Looks = { block: Block; bold: boolean; italic: boolean; link: string };
type Options = { label: string; atMost: number; tooLong(): void; looks(now: Looks): void };

// A line for each line of what is pasted, and nothing of how it looked elsewhere.
const pasted = (words: string) =>
  new Slice(
    Fragment.from(
      words
        .replace(/\r\n?/g, '\n')
        .split('\n')
        .map((line) => schema.node('paragraph', null, line ? [schema.text(line)] : [])),
    ),
    1,
    1,
  );

// A break within a line is a line; a point is one, whatever stands between it and its words.
const flat = (html: string) =>
  html
    .replace(/<br\b(?![^>]*interchange)[^>]*>/gi, '</p><p>')
    .replace(/(<li\b[^>]*>)\s*<(?:p|div)\b[^>]*>/gi, '$1')
    .replace(/<\/(?:p|div)>\s*<\/li>/gi, '</li>');

const lettersOf = ({ content, childCount }: EditorState['doc']) => content.size - childCount - 1;

/**
 * The editor that shows headings, points and bold words, bound to a co-written text: what is done in it goes out as
 * the least change of the flat text, and what others do comes in without moving the caret from its word. While a
 * word is being composed nothing moves.
 */
export function openRich(place: HTMLElement, live: Connection, options: Options) {
  const { text } = live;
  const shown = () => toDoc(text.toDelta() as Stretch[]);
  let mine = false;
  let composing = false;

  const step =
    (back: boolean): Command =>
    () => {
      if (live.state().writer && !composing) live.undo[back ? 'undo' : 'redo']();
      return true;
    };
  const [undo, redo] = [step(true), step(false)];

  /** What was done here goes out; should the text not say then what is seen, it is shown anew. */
  function send(before: EditorState): void {
    const { doc, selection } = view.state;
    mine = true;
    live.change(diff(before.doc, doc, indexIn(doc, selection.head)));
    mine = false;
    const said = shown();
    if (!said.eq(doc)) view.updateState(view.state.apply(remote(view.state, [], said, false)));
  }

  function dispatch(tr: Transaction): void {
    const before = view.state;
    const after = before.apply(tr);
    if (tr.docChanged && lettersOf(after.doc) > Math.max(options.atMost, lettersOf(before.doc))) {
      options.tooLong();
      return;
    }
    view.updateState(after);
    if (tr.docChanged) send(before);
    tell();
  }

  function tell(): void {
    const { selection, storedMarks } = view.state;
    const { $from, from, to, empty } = selection;
    let marks = storedMarks ?? $from.marks();
    if (!empty) {
      marks = [];
      view.state.doc.nodesBetween(from, to, (node) => {
        if (node.isText && marks.length === 0) marks = node.marks;
      });
    }
    const { bold, italic, link } = looksOfMarks(marks);
    const block = $from.parent.type.name as Block;
    options.looks({ block, bold: bold === true, italic: italic === true, link: link ?? '' });
  }

  const hear = ({ delta, transaction }: Y.YTextEvent) => {
    if (mine) return;
    const own = transaction.origin === live.undo || transaction.origin === 'own';
    view.updateState(view.state.apply(remote(view.state, delta, shown(), own)));
    tell();
    clean();
  };

  /** A carriage return is no letter that anybody sees. */
  function clean(): void {
    if (!live.state().writer) return;
    const at = text.toString().lastIndexOf('\r');
    if (at >= 0) live.edit(at, 1, '');
  }

  const begin = () => {
    composing = true;
    live.hold(true);
  };
  const end = () => {
    if (!composing) return;
    composing = false;
    live.hold(false);
  };
  // The editor itself reads the last letters of a word a moment after it is done.
  const finish = () => void setTimeout(() => (view.isDestroyed || !view.composing ? end() : finish()), 30);

  // The browser tells of a moved caret a little later: a quick key on a slow phone must not act where it was before.
  const caret = () => {
    document.dispatchEvent(new Event('selectionchange'));
    return false;
  };

  const view: EditorView = new EditorView(place, {
    state: EditorState.create({ doc: shown(), plugins: [lastLine] }),
    handleKeyDown: keysFor(undo, redo),
    dispatchTransaction: dispatch,
    editable: () => live.state().writer,
    clipboardTextParser: pasted,
    transformPastedHTML: flat,
    clipboardTextSerializer: ({ content }) => textIn(schema.node('doc', null, content)),
    attributes: {
      class: 'ctl prose text rich',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': options.label,
      spellcheck: 'true',
    },
    handleDOMEvents: {
      keydown: (_view, event) => (event.isComposing || event.keyCode === 229 ? false : caret()),
      paste: caret,
      compositionstart: begin,
      compositionend: finish,
      blur: finish,
      beforeinput: (_view, event) => {
        if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
        event.preventDefault();
        return step(event.inputType === 'historyUndo')(view.state);
      },
    },
  });
  text.observe(hear);
  tell();
  clean();
  return {
    view,
    /** What a button does; the words stay where the fingers are. */
    press(command: Command): void {
      // A step of its own, to be taken back by itself.
      live.undo.stopCapturing();
      command(view.state, view.dispatch, view);
      live.undo.stopCapturing();
      view.focus();
    },
    undo: () => void undo(view.state),
    redo: () => void redo(view.state),
    /** The role has changed. */
    renew(): void {
      view.setProps({});
      view.dom.setAttribute('aria-readonly', String(!live.state().writer));
      clean();
    },
    release(): void {
      end();
      text.unobserve(hear);
      view.destroy();
    },
  };
}
export type Rich = ReturnType<typeof openRich>;
