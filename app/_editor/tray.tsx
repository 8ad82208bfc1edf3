import { useState } from 'react';
import type { Lost } from './rescue';
import type { EditorWords } from './words';

type Props = {
  lost: readonly Lost[];
  words: EditorWords;
  putBack(id: string): void;
  letGo(id: string): void;
};

/** Own words that are no longer in the text: nobody's fault, and nothing is lost without being shown here. */
export function Tray({ lost, words, putBack, letGo }: Props) {
  const [copied, setCopied] = useState('');
  if (lost.length === 0) return null;
  const copy = ({ id, words: said }: Lost) =>
    navigator.clipboard.writeText(said).then(
      () => setCopied(id),
      () => setCopied(''),
    );
  return (
    <section className="note warn" aria-labelledby="tray" data-tray>
      <div className="stack">
        <h2 id="tray">{words.lost}</h2>
        <p role="status">{words.lostLine}</p>
        <ul className="stack">
          {lost.map((one) => (
            <li key={one.id} className="stack">
              <blockquote className="whitespace-pre-wrap">{one.words.trim()}</blockquote>
              <div className="row">
                <button className="btn" type="button" onClick={() => putBack(one.id)}>
                  {words.putBack}
                </button>
                <button className="btn" type="button" onClick={() => copy(one)}>
                  {copied === one.id ? words.copied : words.copy}
                </button>
                <button className="btn" type="button" onClick={() => letGo(one.id)}>
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
