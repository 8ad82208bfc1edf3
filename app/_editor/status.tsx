import { useEffect, useRef, useState } from 'react';
import type { Live } from './connection';
import type { EditorWords } from './words';

const slowAfterMs = 8000;
// Long enough that typing is not talked over: only what lasts is said.
const saidAfterMs = 1500;

function offline({ dirty, kept }: Live, words: EditorWords): string {
  if (!dirty) return words.offline;
  if (kept === 0) return words.offlineDirty;
  return kept === 1 ? words.offlineKeptOne : words.offlineKept.replace('{n}', String(kept));
}

/** In words how it stands, honestly: «Guardado» only when the forum has written down every own edit. */
function sentence(state: Live, words: EditorWords, slow: boolean): string {
  if (state.link === 'ended') return words.ended;
  if (state.link === 'connecting') return words.opening;
  if (state.saving === 'offline') return offline(state, words);
  if (!state.writer) return state.dirty ? words.ended : words.readOnly;
  const { kept } = state;
  if (state.saving === 'waiting') return kept ? words.waitingKept : words.waiting;
  if (state.saving === 'saving') return !slow ? words.saving : kept ? words.slowKept : words.slow;
  return words.saved;
}

function others({ people, link, saving }: Live, words: EditorWords): string {
  if (link !== 'open' || saving === 'offline') return '';
  if (people.length === 0) return words.alone;
  const names = people.map(({ name, count }) =>
    count > 1 ? words.more.replace('{people}', name).replace('{n}', String(count)) : name,
  );
  return words.here.replace('{people}', names.join(', '));
}

/** The line above the text: what is saved, and who else writes. Read aloud only when it lasts and is new. */
export function Status({ state, words, tooLong }: { state: Live; words: EditorWords; tooLong: boolean }) {
  const [slow, setSlow] = useState(false);
  const [said, setSaid] = useState('');
  const saving = state.saving === 'saving';
  useEffect(() => {
    if (!saving) return setSlow(false);
    const late = setTimeout(() => setSlow(true), slowAfterMs);
    return () => clearTimeout(late);
  }, [saving]);

  const line = tooLong ? words.tooLong : sentence(state, words, slow);
  const first = useRef(line);
  useEffect(() => {
    const late = setTimeout(() => line !== first.current && setSaid(line), saidAfterMs);
    return () => clearTimeout(late);
  }, [line]);

  const bad = tooLong || line === words.ended;
  const warn = line === words.offlineDirty || line === words.slow || line === words.waiting;
  return (
    <div className={bad ? 'note bad' : warn ? 'note warn' : 'note'} data-saving={state.saving}>
      <div>
        <b>{line}</b>
        <p>{line === words.ended ? state.dirty && words.endedLine : others(state, words)}</p>
        <p className="vh" role="status">
          {said}
        </p>
      </div>
    </div>
  );
}
