import { inArray } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { texts as textRows } from '~/db/schema/drafts';
import type { ForumEvent } from '../events';
import { logError } from '../log';
import { joinOthers, type Meeting, type Message } from './others';
import type { Peers } from './peers';

type Ground = {
  meeting: Meeting | null;
  checkMs: number;
  db: Db;
  /** The texts that somebody has open in this process. */
  texts: ReadonlyMap<string, Peers>;
  act: (event: ForumEvent) => void;
  /** Decides about every socket again. */
  askAgain: () => void;
};

const alone = {
  tell: (_: Message) => {},
  pass: (_: ForumEvent) => {},
  here: () => null,
  close: async () => {},
};

/**
 * What makes one forum of several processes: durable updates, who is where, and whose right has ended are told
 * through Redis, and what did not come that way is found in the log. Without a meeting place nothing of it happens.
 */
export function standTogether({ meeting, checkMs, db, texts, act, askAgain }: Ground) {
  if (!meeting) return alone;
  const others = joinOthers(meeting, { hear, back }, checkMs);
  let before = new Map<string, number>();

  function tellPresent(textId: string, peers: Peers): void {
    const present = peers.presence.here();
    if (present.length > 0) others.tell({ kind: 'presence', textId, present });
  }

  function hear(from: string, message: Message): void {
    if (message.kind === 'event') act(message.event);
    const peers = 'textId' in message ? texts.get(message.textId) : undefined;
    if (!peers) return;
    if (message.kind === 'written') peers.hear(message.from, message.updates);
    else if (message.kind === 'appended') peers.catchUp();
    else if (message.kind === 'presence') peers.presence.hear(from, message.present);
    else if (message.kind === 'who') tellPresent(message.textId, peers);
  }

  /** After a silence: whatever was written, whoever came, whatever was taken away. */
  function back(): void {
    for (const [textId, peers] of texts) {
      peers.catchUp();
      others.tell({ kind: 'who', textId });
      tellPresent(textId, peers);
    }
    askAgain();
  }

  /** Looks for what the others wrote in the log itself: while they are heard, only for what is late. */
  async function check(): Promise<void> {
    const open = [...texts].filter(([, peers]) => peers.reached() !== null).map(([textId]) => textId);
    const there = new Map<string, number>();
    if (open.length > 0) {
      const found = db.select({ textId: textRows.id, seq: textRows.lastSeq }).from(textRows);
      for (const { textId, seq } of await found.where(inArray(textRows.id, open))) there.set(textId, seq);
    }
    for (const [textId, seq] of others.here() ? before : there) {
      const peers = texts.get(textId);
      if (peers && (peers.reached() ?? seq) < seq) peers.catchUp();
    }
    before = there;
  }

  const rounds = setInterval(() => {
    others.beat();
    for (const peers of texts.values()) peers.presence.sweep();
    check().catch((error) => logError('logs looked through', error));
    if (!others.here()) askAgain();
  }, checkMs);

  return {
    tell: others.tell,
    /** Tells the other processes what concerns them of what has happened in this one. */
    pass(event: ForumEvent): void {
      if (event.type === 'text.appended') others.tell({ kind: 'appended', textId: event.textId });
      else if (event.type.startsWith('access.')) others.tell({ kind: 'event', event });
    },
    /** Whether the others are heard; null where there are none to hear. */
    here: (): boolean | null => others.here(),
    async close(): Promise<void> {
      clearInterval(rounds);
      await others.close();
    },
  };
}
