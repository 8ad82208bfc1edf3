import type { Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import {
  bold,
  breakLine,
  deleteSelection,
  first,
  italic,
  joinBack,
  joinNext,
  setLine,
  toggleLine,
} from './commands';

/**
 * What the keys do; `Mod` is Ctrl, or Cmd on a Mac. Undo and redo are one's own, and stand with the text.
 * @returns whether the key is done with.
 */
export function keysFor(undo: Command, redo: Command) {
  const back = first(deleteSelection, joinBack);
  const keys: Record<string, Command> = {
    Enter: breakLine,
    'Shift-Enter': breakLine,
    Backspace: back,
    'Shift-Backspace': back,
    Delete: first(deleteSelection, joinNext),
    'Mod-b': bold,
    'Mod-i': italic,
    'Mod-z': undo,
    'Mod-y': redo,
    'Mod-Shift-z': redo,
    'Mod-Alt-0': setLine('paragraph'),
    'Mod-Alt-1': toggleLine('heading'),
    'Mod-Alt-2': toggleLine('article'),
    'Mod-Shift-7': toggleLine('number'),
    'Mod-Shift-8': toggleLine('bullet'),
  };
  return (view: EditorView, event: KeyboardEvent): boolean => {
    const { ctrlKey, metaKey, altKey, shiftKey, key, code } = event;
    // With Shift or Alt the key of a digit writes something else: it is known by its place.
    const name = /^Digit\d$/.test(code) ? code.slice(5) : key.length === 1 ? key.toLowerCase() : key;
    const held = [ctrlKey || metaKey ? 'Mod-' : '', altKey ? 'Alt-' : '', shiftKey ? 'Shift-' : ''].join('');
    return keys[held + name]?.(view.state, view.dispatch, view) ?? false;
  };
}
