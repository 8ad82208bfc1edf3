import type { OutgoingHttpHeaders } from 'node:http';

/** An answer as it would be sent, before it is tagged and compressed; `encoded` is filled as phones ask for it. */
export type Answer = {
  headers: OutgoingHttpHeaders;
  body: Buffer;
  encoded: Map<string, Buffer | Promise<Buffer>>;
};
type Entry = { answer: Answer; until: number };

/**
 * Public pages for a moment: whoever is not signed in gets the same bytes, and making them is what a page costs.
 * What is written through this process is seen at once, since `forget` is called after every post; what a job or
 * another process writes, after `ms` at most. Bounded by `bytesAtMost`; what was made first goes first.
 */
export function startKept({ ms = 3000, bytesAtMost = 8 * 1024 * 1024 } = {}) {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  let times = 0;

  function drop(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    bytes -= entry.answer.body.length;
  }

  return {
    get(key: string): Answer | null {
      const entry = entries.get(key);
      if (entry && entry.until > Date.now()) return entry.answer;
      drop(key);
      return null;
    },
    /** @param begun what `moment()` said before the answer was made: one begun before a `forget` is not kept. */
    put(key: string, answer: Answer, begun: number): void {
      if (begun !== times || answer.body.length * 4 > bytesAtMost) return;
      drop(key);
      entries.set(key, { answer, until: Date.now() + ms });
      bytes += answer.body.length;
      for (const oldest of entries.keys()) {
        if (bytes <= bytesAtMost) break;
        drop(oldest);
      }
    },
    moment: () => times,
    forget(): void {
      times++;
      entries.clear();
      bytes = 0;
    },
  };
}
export type Kept = ReturnType<typeof startKept>;
