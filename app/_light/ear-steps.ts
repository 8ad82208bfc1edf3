// What each of the four keys does and says, without a page or a voice: docs/decisions/110 has it as a table.

export const keys = ['again', 'yes', 'no', 'fourth'] as const;
export type Key = (typeof keys)[number];
/** A screen of the sheet, as it is heard: what is read aloud, and what stood chosen in it. */
export type Heard =
  | { is: 'start' }
  | { is: 'question'; lines: string[]; ask: string; chosen: number | null }
  | { is: 'review'; lines: string[] };
/** `walk`: she goes through her answers once more. */
export type State = { mode: 'start' | 'asked' | 'chosen' | 'review' | 'sure'; choice: number; walk: boolean };
export type Act = 'begin' | 'next' | 'walk' | 'cast' | null;
/** `said`: keys of the page's words, and lines of the text itself as they stand. */
export type Step = { state: State; said: string[]; act: Act };

const said = (state: State, ...lines: string[]): Step => ({ state, said: lines, act: null });
const does = (state: State, act: Act): Step => ({ state, said: [], act });
const choices = ['si', 'no', 'abstencion'];

const ask = (walk: boolean, { lines, ask }: Extract<Heard, { is: 'question' }>): Step =>
  said({ mode: 'asked', choice: -1, walk }, ...lines, ask, '#asked');
const back = (walk: boolean, choice: number, ...before: string[]): Step =>
  said({ mode: 'chosen', choice, walk }, ...before, '#chose', `#${choices[choice]}`, '#chosen');

/** What is said when a screen comes up. */
export function enter(heard: Heard, walk: boolean): Step {
  if (heard.is === 'start') return said({ mode: 'start', choice: -1, walk: false }, '#intro');
  if (heard.is === 'review')
    return said({ mode: 'review', choice: -1, walk: false }, '#review', ...heard.lines, '#send');
  // Her answer of before is said back, with the question it belongs to; the text is one key away.
  if (heard.chosen !== null) return back(walk, heard.chosen, ...heard.lines.slice(0, 3));
  return ask(walk, heard);
}

/** What a pressed key says, and what is to be asked of the forum. */
export function press(state: State, heard: Heard, key: Key): Step {
  const { mode, choice, walk } = state;
  if (heard.is === 'start') return key === 'fourth' ? does(state, 'begin') : enter(heard, false);
  if (heard.is === 'question') {
    if (key === 'again') return ask(walk, heard);
    if (key === 'fourth' && mode === 'chosen') return does(state, 'next');
    return back(walk, keys.indexOf(key) - 1);
  }
  if (mode === 'sure') {
    if (key === 'fourth') return does(state, 'cast');
    return key === 'no' ? said({ ...state, mode: 'review' }, '#send') : said(state, '#sure');
  }
  if (key === 'again') return enter(heard, false);
  if (key === 'yes') return said({ ...state, mode: 'sure', choice }, '#sure');
  return key === 'no' ? does({ ...state, walk: true }, 'walk') : said(state, '#send');
}
