import * as Y from 'yjs';
import type { Draft } from './drafts';

/** What one keystroke, or one paste, has done to a text. */
export type Change = { at: number; gone: number; put: string };

const isLow = (code: number) => code >= 0xdc00 && code < 0xe000;

/** The least change between two texts, around where the cursor stands now; it cuts through no sign of two parts. */
export function changeBetween(before: string, after: string, cursor: number): Change | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let at = 0;
  const stop = Math.min(most, Math.max(0, cursor - Math.max(0, after.length - before.length)));
  while (at < stop && before[at] === after[at]) at++;
  let end = 0;
  while (end < most - at && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  if (at > 0 && (isLow(before.charCodeAt(at)) || isLow(after.charCodeAt(at)))) at--;
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) end--;
  return { at, gone: before.length - end - at, put: after.slice(at, after.length - end) };
}

/** Where a place is after others have written. */
export function moved(
  place: number,
  delta: { retain?: number; insert?: unknown; delete?: number }[],
): number {
  let at = 0;
  let now = place;
  for (const part of delta) {
    if (part.retain) at += part.retain;
    else if (typeof part.insert === 'string') {
      if (at < now) now += part.insert.length;
      at += part.insert.length;
    } else if (part.delete) now = at < now ? Math.max(at, now - part.delete) : now;
  }
  return now;
}

export type Kept = 'saved' | 'saving' | 'away' | 'not_now' | 'full';
type Batch = { update: Uint8Array; put: string };

/**
 * One woman at one text: what she writes is in her own copy at once, goes to the others in batches, and is hers until it
 * has come back. Where the text was put in order in between, what had not come is given back to her.
 */
export class Writing {
  kept: Kept = 'saved';
  /** Her words that did not come into the text any more. */
  lost = '';
  private readonly unsent: Uint8Array[] = [];
  private put = '';
  private readonly waiting: Batch[] = [];
  private readonly origin = {};
  private sending: Promise<void> | null = null;

  /** @param changed by others, with what it did to the text; null where it is another document */
  constructor(
    readonly draft: Draft,
    private readonly changed: (delta: Y.YTextEvent['delta'] | null) => void,
  ) {
    this.watch();
    draft.renewed = () => this.renew();
  }

  private get ytext(): Y.Text {
    return this.draft.doc.getText('t');
  }
  get text(): string {
    return this.ytext.toString();
  }

  private watch(): void {
    this.draft.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this.origin) this.unsent.push(update);
    });
    this.ytext.observe((event, { origin }) => {
      if (origin !== this.origin) this.changed(event.delta);
    });
  }

  private renew(): void {
    const mine = [...this.waiting.map(({ put }) => put), this.put].filter((one) => one.trim() !== '');
    if (mine.length > 0) this.lost = [this.lost, ...mine].filter(Boolean).join('\n');
    this.waiting.length = 0;
    this.unsent.length = 0;
    this.put = '';
    this.watch();
    this.changed(null);
  }

  /** What she has written, as her field holds it now. */
  edit(after: string, cursor: number): void {
    const change = changeBetween(this.text, after, cursor);
    if (!change) return;
    this.draft.doc.transact(() => {
      if (change.gone) this.ytext.delete(change.at, change.gone);
      if (change.put) this.ytext.insert(change.at, change.put);
    }, this.origin);
    this.put += change.put;
    this.kept = 'saving';
  }
  /** Her words that had not come, once more: behind everything. */
  takeAlong(): void {
    const words = this.lost;
    this.lost = '';
    const { text } = this;
    const between = text === '' || text.endsWith('\n') ? '' : '\n';
    this.edit(text + between + words, text.length + between.length + words.length);
  }

  get isPending(): boolean {
    return this.unsent.length > 0 || this.waiting.length > 0;
  }

  /** One of her own frames has come back, in the order of the server: it is in the text for all. */
  heardMine(update: Uint8Array): void {
    const at = this.waiting.findIndex((one) => one.update.join() === update.join());
    if (at >= 0) this.waiting.splice(at, 1);
    if (!this.isPending && this.kept === 'saving') this.kept = 'saved';
  }

  /** Sends what there is. What did not get there is sent again the next time: twice is once. */
  async flush(): Promise<void> {
    if (this.sending) return this.sending;
    this.sending = this.sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }
  private async sendAll(): Promise<void> {
    if (this.unsent.length > 0) {
      const update = Y.mergeUpdates(this.unsent.splice(0));
      this.waiting.push({ update, put: this.put });
      this.put = '';
    }
    for (const batch of [...this.waiting]) {
      try {
        if (!(await this.draft.send(batch.update))) {
          this.kept = 'not_now';
          return;
        }
      } catch (error) {
        this.kept = error instanceof Error && error.message === 'malformed' ? 'full' : 'away';
        return;
      }
    }
    this.kept = this.isPending ? 'saving' : 'saved';
  }

  stop(): void {
    this.draft.renewed = null;
  }
}
