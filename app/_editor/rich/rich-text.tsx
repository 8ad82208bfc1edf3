import { useEffect, useRef, useState } from 'react';
import type { Connection } from '../connection';
import type { EditorProps } from '../words';
import { bold, italic, linkTo, toggleLine } from './commands';
import { Toolbar } from './toolbar';
import { type Looks, openRich, type Rich } from './view';

type Props = Pick<EditorProps, 'words' | 'atMost' | 'library'> & {
  live: Connection;
  writer: boolean;
  tooLong(is: boolean): void;
};
const nothing: Looks = { block: 'paragraph', bold: false, italic: false, link: '' };

/** The text with its headings and points, and the buttons that make them. */
export function RichText({ live, writer, words, atMost, library = [], tooLong }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const rich = useRef<Rich | null>(null);
  const [looks, setLooks] = useState(nothing);

  useEffect(() => {
    const opened = openRich(place.current!, live, {
      label: words.label,
      atMost,
      tooLong: () => tooLong(true),
      looks: (now) => {
        tooLong(false);
        setLooks(now);
      },
    });
    rich.current = opened;
    return () => opened.release();
  }, [live, atMost, words.label, tooLong]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the view asks the connection itself.
  useEffect(() => rich.current?.renew(), [writer]);

  const title = (path: string) => library.find((item) => item.path === path)?.title ?? '';
  return (
    <div className="fld">
      <span className="lab">{words.label}</span>
      {writer ? (
        <Toolbar
          words={words}
          looks={looks}
          library={library}
          line={(block) => rich.current?.press(toggleLine(block))}
          bold={() => rich.current?.press(bold)}
          italic={() => rich.current?.press(italic)}
          link={(path) => rich.current?.press(linkTo(path, title(path)))}
          undo={() => rich.current?.undo()}
          redo={() => rich.current?.redo()}
        />
      ) : null}
      <div ref={place} />
    </div>
  );
}
