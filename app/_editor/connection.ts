import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { put } from '~/server/drafts/rules/edits';
import type { Step } from './rich/diff';

/** Whose words are where: `saved` is said only when the forum has written down every own edit. */
export type Saving = 'saved' | 'saving' | 'waiting' | 'offline';
/** `connecting` until the text has come for the first time; `ended` when there is no coming back. */
export type Link = 'connecting' | 'open' | 'ended';
export type Person = { name: string; color: string; count: number };
export type Live = {
  link: Link;
  saving: Saving;
  writer: boolean;
  people: readonly Person[];
  /** Something of one's own is not written down yet: words, or a deletion. */
  dirty: boolean;
  /** The own words that are not written down yet, in the order in which they were typed. */
  unsaved: string;
};

type Unsaved = { frame: number | null; words: string; joins: boolean };

// The flat text's name, and what the server tells beside y-websocket's protocol (server/realtime/protocol.ts).
const textName = 'text';
const auth = 2;
const [saved, waiting, right] = [16, 17, 18];
// Own inserts of a size that fits a frame.
const pieceAtMost = 30_000;

/** At least one piece, and none that ends between the two halves of one sign. */
function inPieces(words: string): string[] {
  const found: string[] = [];
  let from = 0;
  do {
    let to = Math.min(words.length, from + pieceAtMost);
    if (to < words.length && /[\uD800-\uDBFF]/.test(words[to - 1]!)) to--;
    found.push(words.slice(from, to));
    from = to;
  } while (from < words.length);
  return found;
}
const pieces = (step: Step): Step[] =>
  'insert' in step ? inPieces(step.insert).map((insert) => ({ ...step, insert })) : [step];

/**
 * One co-written text on this device: the unmodified y-websocket provider, and beside it the count of what the
 * forum has made durable. `text` stands still while `hold` is on, so that nothing moves under somebody's fingers;
 * what others write waits beside it, and what one writes oneself goes out all the same.
 * @param url such as wss://host/yjs; @param room such as draft:ID; @param socket for where there is no WebSocket.
 */
export function connect({ url, room, socket }: { url: string; room: string; socket?: typeof WebSocket }) {
  const net = new Y.Doc();
  const doc = new Y.Doc();
  const text = doc.getText(textName);
  const undo = new Y.UndoManager(text, { trackedOrigins: new Set(['own']) });
  const listeners = new Set<() => void>();
  let unsaved: Unsaved[] = [];
  let sent = 0;
  let answered = false;
  let held: Uint8Array[] | null = null;
  let live: Live = {
    link: 'connecting',
    saving: 'saved',
    writer: false,
    people: [],
    dirty: false,
    unsaved: '',
  };
  let stuck = false;

  const Base = socket ?? WebSocket;
  class Counting extends Base {
    constructor(...given: ConstructorParameters<typeof WebSocket>) {
      super(...given);
      // What the last connection did not confirm goes out again with the answer to the server's first step. What is
      // written before that answer may stand on words that the forum does not have: it is safe with the answer only.
      sent = 0;
      answered = false;
      for (const one of unsaved) one.frame = null;
    }
    override send(data: Uint8Array<ArrayBuffer>) {
      // Who may only read has nothing to say; Yjs tidies up all the same.
      if (data[0] === 0 && data[1] === 2 && !live.writer) return;
      super.send(data);
      if (data[0] !== 0 || (data[1] !== 1 && data[1] !== 2)) return;
      sent++;
      if (data[1] !== 1) return;
      answered = true;
      for (const one of unsaved) one.frame ??= sent;
    }
  }
  const provider = new WebsocketProvider(url, room, net, {
    disableBc: true,
    WebSocketPolyfill: Counting as typeof WebSocket,
  });

  function tell(): void {
    const connected = provider.wsconnected && live.link !== 'ended';
    const saving = !connected ? 'offline' : unsaved.length === 0 ? 'saved' : stuck ? 'waiting' : 'saving';
    const words = unsaved.reduce(
      (all, { words, joins }) => (joins || !all ? all + words : `${all}\n${words}`),
      '',
    );
    live = { ...live, saving, dirty: unsaved.length > 0, unsaved: words };
    for (const listener of listeners) listener();
  }

  const plain = provider.messageHandlers[auth]!;
  provider.messageHandlers[auth] = (encoder, decoder, from, synced, type) => {
    const start = decoder.pos;
    const kind = decoding.readVarUint(decoder);
    if (kind === saved) {
      const count = decoding.readVarUint(decoder);
      unsaved = unsaved.filter(({ frame }) => frame === null || frame > count);
      stuck = false;
    } else if (kind === waiting) stuck = true;
    else if (kind === right) {
      const writer = decoding.readVarUint(decoder) === 1;
      live = { ...live, writer };
      if (!writer) provider.awareness.setLocalState(null);
      else if (!provider.awareness.getLocalState()) provider.awareness.setLocalState({});
    } else {
      decoder.pos = start;
      plain(encoder, decoder, from, synced, type);
    }
    tell();
  };

  net.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'view') return;
    if (held) held.push(update);
    else Y.applyUpdate(doc, update, 'net');
  });

  let typed = { words: '', joins: false };
  let end = -1;
  text.observe(({ delta, transaction }) => {
    if (transaction.origin === 'net') return;
    let at = 0;
    let words = '';
    const from = delta[0]?.retain ?? 0;
    for (const { retain, insert } of delta) {
      if (typeof insert === 'string') words += insert;
      at += retain ?? (typeof insert === 'string' ? insert.length : 0);
    }
    typed = { words, joins: from === end };
    end = at;
  });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'net') return;
    const before = sent;
    Y.applyUpdate(net, update, 'view');
    // What Yjs itself tidies up (looks said twice) is told, and is nobody's.
    if (origin === null) return;
    unsaved.push({ frame: answered && sent > before ? sent : null, ...typed });
    tell();
  });

  provider.on('sync', (synced: boolean) => {
    if (synced && live.link === 'connecting') live = { ...live, link: 'open' };
    tell();
  });
  provider.on('status', tell);
  provider.on('closed', () => {
    live = { ...live, link: 'ended', writer: false };
    tell();
  });
  provider.awareness.on('change', () => {
    const people = new Map<string, Person>();
    for (const [client, { user }] of provider.awareness.getStates()) {
      if (client === net.clientID || !user) continue;
      const same = people.get(user.name);
      if (same) same.count++;
      else people.set(user.name, { name: user.name, color: user.color, count: 1 });
    }
    live = { ...live, people: [...people.values()] };
    tell();
  });

  return {
    text,
    undo,
    provider,
    state: () => live,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** One's own edit; a large one in pieces, since a frame has its limit. */
    edit(at: number, remove: number, insert: string): void {
      let from = at;
      for (const piece of inPieces(insert)) {
        doc.transact(() => put(text, from, from === at ? remove : 0, piece), 'own');
        from += piece.length;
      }
    },
    /** One's own edit with its looks; a large one in pieces as well. */
    change(steps: readonly Step[]): void {
      if (!steps.some((step) => 'insert' in step && step.insert.length > pieceAtMost)) {
        doc.transact(() => text.applyDelta(steps as Step[]), 'own');
        return;
      }
      let at = 0;
      for (const step of steps.flatMap(pieces)) {
        doc.transact(() => text.applyDelta([{ retain: at }, step]), 'own');
        if (!('delete' in step)) at += 'retain' in step ? step.retain : step.insert.length;
      }
    },
    hold(on: boolean): void {
      if (on) held ??= [];
      else if (held) {
        const waited = held;
        held = null;
        for (const update of waited) Y.applyUpdate(doc, update, 'net');
      }
    },
    /** The phone knows before the socket does whether there is a network. */
    network(there: boolean): void {
      if (live.link === 'ended') return;
      if (there) provider.connect();
      else provider.disconnect();
      tell();
    },
    destroy(): void {
      provider.destroy();
      undo.destroy();
      net.destroy();
      doc.destroy();
    },
  };
}
export type Connection = ReturnType<typeof connect>;
