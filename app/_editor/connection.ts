import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { put } from '~/server/drafts/rules/edits';
import type { Change } from '../_light/changes';
import { inFrames } from './answers';
import { auth, right, saved, unpacked, upTo, upToFrame, waiting, whole, wholeFrame } from './frames';
import { type Shelf, startKeeping } from './keeping';
import { type Person, peopleOf } from './people';
import { inPieces, isLarge, stepsInPieces } from './pieces';
import { type Lost, watchOver } from './rescue';
import type { Step } from './rich/diff';

/** Whose words are where: `saved` is said only when the forum has written down every own edit. */
export type Saving = 'saved' | 'saving' | 'waiting' | 'offline';
/** `connecting` until the text has come for the first time; `ended` when there is no coming back. */
export type Link = 'connecting' | 'open' | 'ended';
export type Live = {
  link: Link;
  saving: Saving;
  writer: boolean;
  people: readonly Person[];
  /** Something of one's own is not written down yet: words, or a deletion. */
  dirty: boolean;
  /** In how many changes it lies on this phone; 0 unless all of it does. */
  kept: number;
  /** Own words that somebody else’s edit took away, until they are put back or let go of. */
  lost: readonly Lost[];
  /** The own words that are not written down yet, in the order in which they were typed. */
  unsaved: string;
};

type Unsaved = { frame: number | null; words: string; joins: boolean; change: string | null };

// The flat text's name.
const textName = 'text';

type Where = { url: string; room: string; socket?: typeof WebSocket; owner?: string; shelf?: Shelf };

/**
 * One co-written text on this device: the unmodified y-websocket provider, and beside it the count of what the
 * forum has made durable. `text` stands still while `hold` is on, so that nothing moves under somebody's fingers;
 * what others write waits beside it, and what one writes oneself goes out all the same.
 * @param url such as wss://host/yjs; @param room such as draft:ID; @param socket for where there is no WebSocket.
 * @param owner the tag of whose page this is: when the forum takes the socket for somebody else's, nothing is sent.
 * @param shelf where on the phone lies what the forum does not have yet; nothing is kept without it.
 */
export function connect({ url, room, socket, owner, shelf }: Where) {
  const net = new Y.Doc();
  const doc = new Y.Doc();
  const text = doc.getText(textName);
  const undo = new Y.UndoManager(text, { trackedOrigins: new Set(['own']) });
  const own = new Set([doc.clientID]);
  const tray = watchOver(
    text,
    (client) => own.has(client),
    ({ origin }) => origin === 'net',
  );
  const listeners = new Set<() => void>();
  let unsaved: Unsaved[] = [];
  let sent = 0;
  let answered = false;
  let held: Uint8Array[] | null = null;
  // What is kept and yet cannot be an edit here.
  const waitingHere = new Set<string>();
  let live: Live = {
    link: 'connecting',
    saving: 'saved',
    writer: false,
    people: [],
    lost: [],
    dirty: false,
    kept: 0,
    unsaved: '',
  };
  let stuck = false;
  let admitted = false;
  // How far the forum has told this document, to come back by; and that it is being come back by.
  let place: number | null = null;
  let resuming: Uint8Array<ArrayBuffer> | null = null;
  let canUnpack = typeof DecompressionStream === 'function';
  let restoring: Change | null = null;
  const keeping = shelf && startKeeping(room, shelf, () => tell());

  const Base = socket ?? WebSocket;
  class Counting extends Base {
    constructor(...given: ConstructorParameters<typeof WebSocket>) {
      super(...given);
      // What the last connection did not confirm goes out again with the answer to the server's first step. What is
      // written before that answer may stand on words that the forum does not have: it is safe with the answer only.
      sent = 0;
      answered = false;
      admitted = false;
      resuming = null;
      for (const one of unsaved) one.frame = null;
    }
    override send(data: Uint8Array<ArrayBuffer>) {
      // Before the forum has said who is there, and to who may only read, there is nothing to say (Yjs tidies up all
      // the same); it goes with the answer to the server's first step.
      if (data[0] === 0 && data[1] !== 0 && !(admitted && live.writer)) return;
      if (data[0] === 0 && data[1] === 0 && unsaved.length === 0 && !resuming) {
        // With nothing of one's own to bring, a number is enough in place of all that was ever deleted; and with
        // nothing at all, the whole comes packed where this browser can undo that.
        const first = place !== null ? upToFrame(place) : isNew() && wholeFrame;
        if (first) {
          resuming = data;
          super.send(first);
          return;
        }
      }
      const brings = data[0] === 0 && (data[1] === 1 || data[1] === 2);
      const frames = brings ? inFrames(data) : [data];
      for (const frame of frames) super.send(frame);
      if (!brings) return;
      sent += frames.length;
      if (data[1] !== 1) return;
      answered = true;
      resuming = null;
      for (const one of unsaved) one.frame ??= sent;
    }
  }
  const provider = new WebsocketProvider(url, room, net, {
    disableBc: true,
    WebSocketPolyfill: Counting as typeof WebSocket,
  });

  const openChanges = () => new Set([...unsaved.map(({ change }) => change), ...waitingHere]);

  function tell(): void {
    const connected = provider.wsconnected && live.link !== 'ended';
    const saving = !connected ? 'offline' : unsaved.length === 0 ? 'saved' : stuck ? 'waiting' : 'saving';
    const words = unsaved.reduce(
      (all, { words, joins }) => (joins || !all ? all + words : `${all}\n${words}`),
      '',
    );
    const dirty = unsaved.length > 0;
    const kept = dirty ? (keeping?.kept(new Set(unsaved.map(({ change }) => change))) ?? 0) : 0;
    live = { ...live, saving, dirty, kept, unsaved: words, lost: tray.list() };
    for (const listener of listeners) listener();
  }

  const isNew = () => canUnpack && net.store.clients.size === 0;

  /** What one's own step 1 would have brought has come; else it is sent now. */
  function resumed(): void {
    const step1 = resuming;
    resuming = null;
    // Nobody asks for what was written since: when there is something, it is asked for as ever.
    if (step1 && unsaved.length > 0) (provider.ws as Counting | null)?.send(step1);
    else if (step1) answered = true;
  }

  async function takeWhole(at: number, packed: Uint8Array<ArrayBuffer>): Promise<void> {
    const { ws } = provider;
    try {
      Y.applyUpdateV2(net, await unpacked(packed), provider);
    } catch {
      // Then as everybody is told it: the next connection finds that this one cannot.
      canUnpack = false;
      if (provider.ws === ws) ws?.close();
      return;
    }
    if (provider.ws !== ws) return;
    place = at;
    resumed();
    provider.synced = true;
    tell();
  }

  const plain = provider.messageHandlers[auth]!;
  provider.messageHandlers[auth] = (encoder, decoder, from, synced, type) => {
    const start = decoder.pos;
    const kind = decoding.readVarUint(decoder);
    if (kind === saved) {
      const count = decoding.readVarUint(decoder);
      unsaved = unsaved.filter(({ frame }) => frame === null || frame > count);
      keeping?.settle(openChanges());
      stuck = false;
    } else if (kind === waiting) stuck = true;
    else if (kind === upTo) {
      // What stands behind the whole text is told only when that has come.
      const told = decoding.readVarUint(decoder);
      if (place !== null || !resuming) {
        place = told;
        resumed();
      }
    } else if (kind === whole) {
      const at = decoding.readVarUint(decoder);
      void takeWhole(at, decoding.readVarUint8Array(decoder).slice() as Uint8Array<ArrayBuffer>);
    } else if (kind === right) {
      const writer = decoding.readVarUint(decoder) === 1;
      admitted = owner === undefined || decoding.readVarString(decoder) === owner;
      if (!admitted) return finish();
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
    else hear([update]);
  });
  function hear(updates: readonly Uint8Array[]): void {
    for (const update of updates) Y.applyUpdate(doc, update, 'net');
    if (live.lost.length > 0 || tray.list().length > 0) tell();
  }

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
    const frame = answered && sent > before ? sent : null;
    if (restoring) unsaved.push({ frame, words: restoring.words, joins: false, change: restoring.id });
    else {
      const change = keeping?.add(update, typed.words, typed.joins) ?? null;
      unsaved.push({ frame, ...typed, change });
    }
    tell();
  });

  provider.on('sync', (synced: boolean) => {
    const first = synced && live.link === 'connecting';
    if (first) live = { ...live, link: 'open' };
    tell();
    if (first) void restore();
  });
  provider.on('status', tell);
  function finish(): void {
    live = { ...live, link: 'ended', writer: false };
    provider.disconnect();
    tell();
    void restore();
  }
  provider.on('closed', finish);

  let restored = false;
  /** What an earlier page has left on this phone: an edit like any other, or words to be copied where that is over. */
  async function restore(): Promise<void> {
    if (!keeping || restored) return;
    restored = true;
    const adrift = () => (doc.store.pendingStructs?.update.length ?? 0) + (doc.store.pendingDs?.length ?? 0);
    for (const change of await keeping.left()) {
      const before = adrift();
      if (live.writer) {
        restoring = change;
        try {
          for (const { id } of Y.decodeUpdate(change.update).structs) own.add(id.client);
          Y.applyUpdate(doc, change.update, 'kept');
        } catch {
          // Spoiled on the phone: nothing can be done with it, and it keeps back nothing else.
        }
        restoring = null;
      } else unsaved.push({ frame: null, words: change.words, joins: false, change: change.id });
      // What stands on words that are nowhere yet stays on the phone, also where only a part of it does.
      if (adrift() > before) waitingHere.add(change.id);
    }
    keeping.settle(openChanges());
    tell();
  }
  provider.awareness.on('change', () => {
    live = { ...live, people: peopleOf(provider.awareness.getStates(), net.clientID) };
    tell();
  });

  /** One's own edit; a large one in pieces, since a frame has its limit. */
  function edit(at: number, remove: number, insert: string): void {
    let from = at;
    for (const piece of inPieces(insert)) {
      doc.transact(() => put(text, from, from === at ? remove : 0, piece), 'own');
      from += piece.length;
    }
  }

  return {
    text,
    undo,
    provider,
    edit,
    state: () => live,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** One's own edit with its looks; a large one in pieces as well. */
    change(steps: readonly Step[]): void {
      if (!isLarge(steps)) {
        doc.transact(() => text.applyDelta(steps as Step[]), 'own');
        return;
      }
      let at = 0;
      for (const step of stepsInPieces(steps)) {
        doc.transact(() => text.applyDelta([{ retain: at }, step]), 'own');
        if (!('delete' in step)) at += 'retain' in step ? step.retain : step.insert.length;
      }
    },
    hold(on: boolean): void {
      if (on) held ??= [];
      else if (held) {
        const waited = held;
        held = null;
        hear(waited);
      }
    },
    /** Own words that were taken away stand again where they stood. */
    putBack(id: string): void {
      const piece = tray.take(id);
      if (piece) edit(piece.at, 0, piece.words);
      tell();
    },
    letGo(id: string): void {
      tray.letGo(id);
      tell();
    },
    /** The phone knows before the socket does whether there is a network. */
    network(there: boolean): void {
      if (live.link === 'ended') return;
      if (there) provider.connect();
      else provider.disconnect();
      tell();
    },
    /** The page may go at any moment. */
    flush: () => keeping?.flush(),
    destroy(): void {
      keeping?.flush();
      provider.destroy();
      undo.destroy();
      net.destroy();
      doc.destroy();
    },
  };
}
export type Connection = ReturnType<typeof connect>;
