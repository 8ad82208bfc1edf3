import { entryKinds } from '~/app/_room/entry';
import { ask as askRooms } from '~/app/_room/frame/net';
import { withoutLaid } from '~/app/_room/release/laid';
import { Purse } from '~/app/_room/release/tokens';
import {
  derive,
  drawWords,
  type Entry,
  type Keys,
  markOf,
  openKeyring,
  random,
  sealKeyring,
  wipe,
} from '../lock';
import { button, h, type Made, show as put } from './dom';
import { eraser } from './erasing';
import { erasingLine } from './erasing-line';
import { handOut, hasLeft, inTurn, newHanding } from './handing';
import { chooses, whenHidden } from './hidden';
import { myRooms, type Way } from './home';
import type { Host, Rooms } from './host';
import { ask, connect, hear, language, Refused, say, toBytes, toText } from './line';
import { confirmWords, pickWords } from './pick';
import { drawing, drawingOf, wordCard } from './picture';
import { purseOf, refill, withPurse } from './purse';
import { listenButton, quiet } from './voice';

const idleMs = 120_000;
const hears = () => ({
  hear: say('hear'),
  stop: say('hear.stop'),
  press: (text: string) => say('hear.press', text),
});
/** A screen of the frame's own, with the phone's voice; her six words are never read aloud. */
function show(title: string, ...children: Made[]): void {
  quiet();
  put(title, listenButton(hears()), ...children);
}

type State = { made: boolean; mayMake: boolean; salt: string };
// What is open, in this frame's memory and nowhere else. `turn` tells a slow answer that the frame was locked since.
let open: { keys: Keys; sealed: Uint8Array; entries: Entry[] } | null = null;
let turn = 0;

const note = (text: string, tone = 'bad') => h('p', { class: `note ${tone}`, role: 'alert' }, text);
const failed = (error: unknown) => note(error instanceof Refused ? error.message : say('failed'));

/** The keys of some words, with how far it is: a phone takes a second or two. */
async function keysOf(words: readonly number[], salt: Uint8Array): Promise<Keys> {
  const bar = h('progress', { max: 1, value: 0 });
  show(say('working'), bar);
  return derive(words, salt, (share) => {
    bar.value = share;
  });
}

const forgetting = new Set<() => void>();

/** Forgets everything, the screen first, and asks for the words again. */
function lock(why: string | null = null): void {
  turn++;
  for (const forget of forgetting) forget();
  forgetting.clear();
  if (open) wipe(open.keys.auth, open.keys.wrap, ...open.entries.map(({ bytes }) => bytes));
  open = null;
  purse = new Purse();
  erased.forget();
  handing = newHanding();
  show(say('title'));
  void start(why ? note(say(why), 'info') : null);
}

let writing: Promise<unknown> = Promise.resolve();
/** Writes what `change` makes of the entries; another phone's write in between is taken along. */
function keep(change: (entries: readonly Entry[]) => Entry[]): Promise<void> {
  const write = writing.then(() => writeAnew(change));
  writing = write.catch(() => {});
  return write;
}
async function writeAnew(change: (entries: readonly Entry[]) => Entry[]): Promise<void> {
  const mine = open;
  if (!mine) throw new Refused(say('closed'));
  const auth = toText(mine.keys.auth);
  for (let tries = 0; ; tries++) {
    const entries = withoutLaid(withPurse(change(mine.entries), purse), handing.gone);
    let sealed: Uint8Array;
    try {
      sealed = sealKeyring(mine.keys.wrap, entries);
    } catch {
      throw new Refused(say('full'));
    }
    const done = () => Object.assign(mine, { sealed, entries });
    try {
      await ask('writeKeyring', { auth, was: toText(markOf(mine.sealed)), keyring: toText(sealed) });
      return void done();
    } catch (error) {
      // Another phone was quicker, or only the answer was lost: what stands there tells which.
      const { keyring } = await ask<{ keyring: string }>('openKeyring', { auth });
      if (keyring === toText(sealed)) return void done();
      const there = toBytes(keyring);
      const found =
        open === mine && tries < 3 && keyring !== toText(mine.sealed) && openKeyring(mine.keys.wrap, there);
      if (!found) throw error;
      Object.assign(mine, { sealed: there, entries: found });
    }
  }
}

let purse = new Purse();
let handing = newHanding();
/** What goes on by itself in a sitting (handing.ts). */
function fill(): void {
  purse = purseOf(host);
  const [mine, its] = [purse, handing];
  its.sent = () => {
    changing.hidden = true;
  };
  mine.filling = inTurn(its, () => its === handing, {
    handOut: () => handOut(host.entries(), mine, its),
    refill: () => refill(host, mine, () => its.entered),
    erase: () => erasing.goOn(),
    tidy: () => keep((entries) => [...entries]),
  });
}
const host: Host = {
  entries: () => open?.entries ?? [],
  keep,
  show: put,
  home: (message = null) => (open ? opened(message) : lock()),
  onLock: (forget) => void forgetting.add(forget),
  purse: () => purse,
  drawing,
  hear,
  erase: () => erasing.goOn(),
  choosing: chooses,
  drawingOf,
};
const erased = erasingLine();
// While a room is being founded nothing is written by itself: it would stand beside the token that pays for it.
const founds = () => handing.entered && host.entries().some(({ kind }) => kind === entryKinds.founding);
const erasing = eraser(host, askRooms, erased.told, founds);
// The rooms' script, by language: loaded when a room is opened, and kept by no browser (docs/decisions/113).
const paths = { ...document.currentScript?.dataset };
let rooms: Promise<Rooms> | null = null;
async function enter(way: Way, insists = false): Promise<void> {
  const mine = turn;
  handing.entered = true;
  show(say('working'));
  await handing.answered;
  if (mine !== turn) return;
  if (hasLeft(handing) && !insists) return notNow(way);
  rooms ??= import(new URL(paths[language()]!, location.href).href).then(
    ({ begin }: { begin: (host: Host) => Rooms }) => begin(host),
  );
  try {
    const script = await rooms;
    if (mine === turn && open) way(script);
  } catch {
    rooms = null;
    if (mine === turn) opened(note(say('no_network')));
  }
}

/** A text has just left from here: a room beside it would tell whoever watches the line which one it came from. */
function notNow(way: Way): void {
  show(
    say('laid.enter'),
    h('p', { class: 'lead' }, say('laid.enter.lead')),
    button('pri', say('lock'), () => lock()),
    button('qui', say('laid.enter.go'), () => enter(way, true)),
  );
}

async function start(message: HTMLElement | null = null): Promise<void> {
  const mine = ++turn;
  try {
    const state = await ask<State>('keyring');
    if (mine !== turn) return;
    if (!state.made) offerWords('make', message);
    else closed(state, message);
  } catch (error) {
    show(
      say('title'),
      failed(error),
      button('pri', say('again'), () => start()),
    );
  }
}

function closed(state: State, message: HTMLElement | null): void {
  const pick = pickWords(async (words) => {
    const mine = turn;
    try {
      const keys = await keysOf(words, toBytes(state.salt));
      const { keyring } = await ask<{ keyring: string }>('openKeyring', { auth: toText(keys.auth) });
      if (mine !== turn) return wipe(keys.auth, keys.wrap);
      const sealed = toBytes(keyring);
      const entries = openKeyring(keys.wrap, sealed);
      if (!entries) throw new Error('a keyring that its own words do not open');
      open = { keys, sealed, entries };
      opened();
      fill();
    } catch (error) {
      if (mine === turn) closed(state, failed(error));
    }
  });
  const anew = state.mayMake
    ? button('dan', say('anew'), () => offerWords('make', note(say('anew.lost'), 'warn')))
    : null;
  show(say('closed'), message, pick, anew);
}

// New words write her row: not in a sitting in which a text went.
let changing = h('button', {});
function opened(message: HTMLElement | null = null): void {
  changing = button('sec', say('change'), () => offerWords('change'));
  changing.hidden = hasLeft(handing);
  show(
    say('open'),
    message,
    erased.line(),
    handing.line,
    myRooms(open!.entries, enter),
    h('p', { class: 'hint' }, say('locks')),
    button('pri', say('lock'), () => lock()),
    changing,
  );
}

/** New words: shown once, touched again in their order, and only then made. */
function offerWords(why: 'make' | 'change', message: HTMLElement | null = null): void {
  const words = drawWords();
  const list = h('ol', { class: 'words' }, ...words.map((number, i) => wordCard(number, undefined, i + 1)));
  const go = button('pri', say('have'), () =>
    show(
      say('confirm'),
      confirmWords(words, drawWords(), () => (why === 'make' ? make(words) : change(words))),
      button('qui', say('look_again'), shown),
    ),
  );
  const shown = () => show(say('yours'), h('p', { class: 'lead' }, say('yours.lead')), list, go);
  const leave = why === 'change' ? button('qui', say('leave_it'), () => opened()) : null;
  show(
    say(why),
    message,
    h('p', { class: 'lead' }, say(`${why}.lead`)),
    button('pri', say('show'), shown),
    leave,
  );
}

async function make(words: readonly number[]): Promise<void> {
  const mine = turn;
  const salt = random(16);
  try {
    const keys = await keysOf(words, salt);
    const sealed = sealKeyring(keys.wrap, []);
    await ask('makeKeyring', { salt: toText(salt), auth: toText(keys.auth), keyring: toText(sealed) });
    if (mine !== turn) return wipe(keys.auth, keys.wrap);
    open = { keys, sealed, entries: [] };
    opened(note(say('made'), 'ok'));
    fill();
  } catch (error) {
    if (mine === turn)
      show(
        say('title'),
        failed(error),
        button('pri', say('again'), () => start()),
      );
  }
}

async function change(words: readonly number[]): Promise<void> {
  if (!open) return lock();
  const mine = turn;
  const salt = random(16);
  try {
    const keys = await keysOf(words, salt);
    // After whatever is being written: what it wrote is taken along.
    await handing.answered;
    if (mine === turn && hasLeft(handing)) throw new Refused(say('laid.change'));
    const changed = writing.then(() => (mine === turn ? changeAnew(keys, salt) : undefined));
    writing = changed.catch(() => {});
    await changed;
    if (mine === turn) opened(note(say('changed'), 'ok'));
    else wipe(keys.auth, keys.wrap);
  } catch (error) {
    if (mine === turn && open) opened(failed(error));
  }
}
async function changeAnew(keys: Keys, salt: Uint8Array): Promise<void> {
  const before = open;
  if (!before) return;
  const { keys: old, sealed: was, entries } = before;
  const sealed = sealKeyring(keys.wrap, entries);
  await ask('changeKeyring', {
    old: toText(old.auth),
    was: toText(markOf(was)),
    salt: toText(salt),
    auth: toText(keys.auth),
    keyring: toText(sealed),
  });
  if (open !== before) return;
  wipe(old.auth, old.wrap);
  open = { keys, sealed, entries };
}

let timer = 0;
const rest = () => {
  clearTimeout(timer);
  timer = window.setTimeout(() => lock('idle'), idleMs);
};
for (const kind of ['pointerdown', 'keydown', 'input']) addEventListener(kind, rest, { passive: true });
// Also words that were being shown: whoever takes the phone up again finds the beginning.
whenHidden(() => lock());
addEventListener('pagehide', () => lock());
connect(() => {
  rest();
  void start();
});
