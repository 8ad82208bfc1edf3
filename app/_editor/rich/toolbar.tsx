import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { Block } from '~/server/drafts/rules/lines';
import type { EditorWords, LibraryItem } from '../words';
import type { Looks } from './view';

type Props = {
  words: EditorWords;
  looks: Looks;
  library: readonly LibraryItem[];
  line(block: Block): void;
  bold(): void;
  italic(): void;
  link(path: string): void;
  undo(): void;
  redo(): void;
};
type Press = { key: string; word: string; pressed?: boolean; act(): void };

// The words stay selected, and a phone's keyboard stays up, while a button is pressed.
const stay = (event: MouseEvent) => event.preventDefault();

/** One stop for the Tab key; the arrows go from button to button. */
export function Toolbar({ words, looks, library, ...does }: Props) {
  const [at, setAt] = useState(0);
  const line = (block: Block, word: string): Press => ({
    key: block,
    word,
    pressed: looks.block === block,
    act: () => does.line(block),
  });
  const presses: Press[] = [
    line('heading', words.heading),
    line('article', words.article),
    line('bullet', words.bullet),
    line('number', words.number),
    { key: 'bold', word: words.bold, pressed: looks.bold, act: does.bold },
    { key: 'italic', word: words.italic, pressed: looks.italic, act: does.italic },
    { key: 'undo', word: words.undo, act: does.undo },
    { key: 'redo', word: words.redo, act: does.redo },
  ];
  const last = presses.length;

  function walk(event: KeyboardEvent<HTMLDivElement>): void {
    // In the list of links the arrows up and down choose a link.
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + last + 1) % (last + 1);
    setAt(next);
    const tool = event.currentTarget.querySelectorAll<HTMLElement>('button, select')[next];
    tool?.focus();
    // On a phone the row is wider than the page, and the focus alone may leave half of a button outside.
    tool?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  const stop = (i: number) => ({ tabIndex: i === at ? 0 : -1, onFocus: () => setAt(i) });

  return (
    <div
      className="tools"
      role="toolbar"
      aria-label={words.tools}
      aria-orientation="horizontal"
      onKeyDown={walk}
    >
      {presses.map(({ key, word, pressed, act }, i) => (
        <button
          key={key}
          type="button"
          className="tool"
          aria-pressed={pressed}
          onMouseDown={stay}
          onClick={act}
          {...stop(i)}
        >
          {word}
        </button>
      ))}
      <select
        className="tool"
        aria-label={words.link}
        value={looks.link}
        onChange={(event) => does.link(event.target.value)}
        {...stop(last)}
      >
        <option value="">{looks.link ? words.unlink : words.link}</option>
        {library.map(({ path, title }) => (
          <option key={path} value={path}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}
