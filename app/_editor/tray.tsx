import { useRef, useState } from 'react';
import type { Lost } from './rescue';
import type { EditorWords } from './words';

type Props = {
  lost: readonly Lost[];
  words: EditorWords;
  putBack(id: string): void;
  letGo(id: string): void;
};

const field = 'textarea:not([readonly]), [contenteditable=true]';

/** Own words that are no longer in the text: nobody's fault, and nothing is lost without being shown here. */
export function Tray({ lost, words, putBack, letGo }: Props) {
  const [copied, setCopied] = useState('');
  const tray = useRef<HTMLElement>(null);
  if (lost.length === 0) return null;
  const copy = ({ id, words: said }: Lost) =>
    navigator.clipboard.writeText(said).then(
      () => setCopied(id),
      () => setCopied(''),
    );
  // The pressed button goes with its words: the focus goes on to the next ones, or into the text.
  const done = (act: (id: string) => void, id: string) => () => {
    const more = lost.some((one) => one.id !== id);
    const next = more ? tray.current?.querySelector('h2') : tray.current?.parentElement?.querySelector(field);
    act(id);
    if (next instanceof HTMLElement) next.focus();
  };
  return (
    <section ref={tray} className="note warn" aria-labelledby="tray" data-tray>
      <div className="stack">
        <h2 id="tray" tabIndex={-1}>
          {words.lost}
        </h2>
        <p role="status">{words.lostLine}</p>
        <ul className="stack">
          {lost.map((one) => (
            <li key={one.id} className="stack">
              <blockquote className="whitespace-pre-wrap">{one.words.trim()}</blockquote>
              <div className="row">
                <button className="btn" type="button" onClick={done(putBack, one.id)}>
                  {words.putBack}
                </button>
                <button className="btn" type="button" onClick={() => copy(one)}>
                  {copied === one.id ? words.copied : words.copy}
                </button>
                <button className="btn" type="button" onClick={done(letGo, one.id)}>
                  {words.letGo}
                </button>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
