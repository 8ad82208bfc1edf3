import { useState } from 'react';
import type { EditorWords } from './words';

export type Mode = 'plain' | 'rich';
const place = 'escritura';

function chosen(): Mode {
  try {
    return localStorage.getItem(place) === 'rich' ? 'rich' : 'plain';
  } catch {
    return 'plain';
  }
}

/** How this phone writes; remembered, and says nothing of who writes. */
export function useMode(offered: boolean): [Mode, (mode: Mode) => void] {
  const [mode, setMode] = useState<Mode>(() => (offered ? chosen() : 'plain'));
  return [
    mode,
    (next) => {
      setMode(next);
      try {
        localStorage.setItem(place, next);
      } catch {
        // Then it is asked for again the next time.
      }
    },
  ];
}

/** Two ways to write, as equals. */
export function ModeChoice({
  mode,
  words,
  choose,
}: {
  mode: Mode;
  words: EditorWords;
  choose(mode: Mode): void;
}) {
  const ways: [Mode, string][] = [
    ['plain', words.modePlain],
    ['rich', words.modeRich],
  ];
  return (
    <fieldset className="fld">
      <legend className="lab">{words.mode}</legend>
      <div className="row">
        {ways.map(([way, word]) => (
          <label key={way} className="tool">
            <input type="radio" name="mode" checked={mode === way} onChange={() => choose(way)} /> {word}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
