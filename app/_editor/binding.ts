import type { Connection } from './connection';
import { difference, endOf, moved } from './difference';

/** What a plain field has of a `<textarea>`; so that the binding can be tried without a browser. */
export type Field = Pick<
  HTMLTextAreaElement,
  | 'value'
  | 'selectionStart'
  | 'selectionEnd'
  | 'selectionDirection'
  | 'setSelectionRange'
  | 'scrollTop'
  | 'addEventListener'
  | 'removeEventListener'
>;

/**
 * Binds a text field to a co-written text: what is typed goes out as an edit of just that; what others write comes
 * in without moving the caret from its word. While a word is being composed (Android keyboards, accents) nothing
 * is changed in the field. Undo takes back one's own edits only.
 * @param tooLong told instead of an edit that would make the text longer than `atMost`.
 * @returns how to let go.
 */
export function bind(
  field: Field,
  live: Connection,
  { atMost, tooLong }: { atMost: number; tooLong(): void },
) {
  let shown = live.text.toString();
  let composing = false;
  let mine = false;
  field.value = shown;

  // What goes out from this field it shows already.
  function own(act: () => void): void {
    mine = true;
    act();
    mine = false;
  }

  function take(): void {
    const { value } = field;
    if (value === shown) return;
    const { at, remove, insert } = difference(shown, value, field.selectionEnd);
    shown = value;
    own(() => live.edit(at, remove, insert));
  }

  function show(change: Parameters<Parameters<typeof live.text.observe>[0]>[0]): void {
    const { origin } = change.transaction;
    if (mine) return;
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
    shown = live.text.toString();
    field.value = shown;
    const own = origin === live.undo;
    const [from, to] = own
      ? [endOf(change.delta), endOf(change.delta)]
      : [moved(selectionStart, change.delta), moved(selectionEnd, change.delta)];
    field.setSelectionRange(from, to, selectionDirection);
    field.scrollTop = scrollTop;
    clean();
  }

  /** A field shows a carriage return as nothing or as a line end: its places would be counted wrongly. */
  function clean(): void {
    if (!live.state().writer || !shown.includes('\r')) return;
    for (let at = shown.lastIndexOf('\r'); at >= 0; at = shown.lastIndexOf('\r')) {
      shown = shown.slice(0, at) + shown.slice(at + 1);
      own(() => live.edit(at, 1, ''));
    }
    field.value = shown;
  }

  const begin = () => {
    composing = true;
    live.hold(true);
  };
  const end = () => {
    composing = false;
    take();
    live.hold(false);
  };
  // Some keyboards forget to say that a word is done; leaving the field says it.
  const leave = () => composing && end();
  // Browsers do not agree whether the last input comes before or after the end of the word.
  const finish = () => setTimeout(leave, 0);

  const step = (back: boolean) => {
    if (live.state().writer && !composing) live.undo[back ? 'undo' : 'redo']();
  };
  const key = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const letter = event.key.toLowerCase();
    if (letter !== 'z' && letter !== 'y') return;
    event.preventDefault();
    step(letter === 'z' && !event.shiftKey);
  };
  const before = (event: InputEvent) => {
    if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') {
      event.preventDefault();
      step(event.inputType === 'historyUndo');
      return;
    }
    if (composing || !event.inputType.startsWith('insert')) return;
    const added = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
    const rest = shown.length - (field.selectionEnd - field.selectionStart);
    if (added.length === 0 || rest + added.length <= atMost) return;
    event.preventDefault();
    tooLong();
  };

  const listens: [string, (event: never) => unknown][] = [
    ['input', take],
    ['beforeinput', before],
    ['compositionstart', begin],
    ['compositionend', finish],
    ['blur', leave],
    ['keydown', key],
  ];
  live.text.observe(show);
  for (const [name, listener] of listens) field.addEventListener(name, listener as EventListener);
  return {
    undo: () => step(true),
    redo: () => step(false),
    /** The role has changed: what could not be put right as a reader is put right now. */
    clean,
    release() {
      leave();
      live.text.unobserve(show);
      for (const [name, listener] of listens) field.removeEventListener(name, listener as EventListener);
    },
  };
}
export type Binding = ReturnType<typeof bind>;
