import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { editUpdate, firstUpdate, plainText } from '~/server/drafts/rules';

// Three phones and a form, with a forum between them that keeps a log: what the sync server and editByForm do,
// without the sockets. A phone may be off for any while. Every word is written once in the world.
const start = 'Pedimos agua limpia en las lavadas.\nPedimos registro propio.\n';

function world() {
  const log: Uint8Array[] = [firstUpdate(start)];
  const deleted = new Set<string>();
  const written: string[] = [];
  const newWord = () => {
    written.push(`<palabra${written.length}>`);
    return written.at(-1)!;
  };
  const gone = (before: string, after: string) => {
    for (const word of written) if (before.includes(word) && !after.includes(word)) deleted.add(word);
  };
  const phones = [0, 1, 2].map((i) => {
    const doc = new Y.Doc();
    doc.clientID = 100 + i;
    let seen = 0;
    let outbox: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'forum') outbox.push(update);
    });
    return {
      text: doc.getText('text'),
      sync() {
        log.push(...outbox);
        outbox = [];
        for (; seen < log.length; seen++) Y.applyUpdate(doc, log[seen]!, 'forum');
      },
    };
  });
  return { log, deleted, written, newWord, gone, phones };
}

/** A place between two words. */
const gap = (text: string, share: number) => {
  const at = text.indexOf(' ', Math.floor(share * text.length));
  return at < 0 ? text.length : at;
};

const share = fc.double({ min: 0, max: 1, noNaN: true });
const step = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), phone: fc.nat(2), at: share }),
  fc.record({ kind: fc.constant('delete' as const), phone: fc.nat(2), at: share, length: fc.nat(25) }),
  fc.record({ kind: fc.constant('sync' as const), phone: fc.nat(2) }),
  fc.record({ kind: fc.constant('form' as const), base: share, at: share, drop: fc.boolean() }),
);

describe('any number of edits by three phones and a form', () => {
  it('end in one text for all, with every word that nobody took away', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { log, deleted, written, newWord, gone, phones } = world();
        for (const phone of phones) phone.sync();
        for (const one of steps) {
          if (one.kind === 'sync') phones[one.phone]!.sync();
          else if (one.kind === 'form') {
            const base = log.slice(0, 1 + Math.floor(one.base * (log.length - 1)));
            const before = plainText(base);
            const at = gap(before, one.at);
            const rest = one.drop ? before.slice(at).replace(/^\s*\S+/, '') : before.slice(at);
            const after = `${before.slice(0, at)} ${newWord()}${rest}`;
            gone(before, after);
            const update = editUpdate(base, after);
            if (update) log.push(update);
          } else {
            const { text } = phones[one.phone]!;
            const before = text.toString();
            if (one.kind === 'type') text.insert(gap(before, one.at), ` ${newWord()}`);
            else {
              const at = Math.floor(one.at * before.length);
              text.delete(at, Math.min(one.length, before.length - at));
              gone(before, text.toString());
            }
          }
        }
        for (const phone of [...phones, ...phones]) phone.sync();
        const there = plainText(log);
        for (const phone of phones) expect(phone.text.toString()).toBe(there);
        for (const word of written) if (!deleted.has(word)) expect(there).toContain(word);
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});
