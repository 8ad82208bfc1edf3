import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Draft } from '~/app/_room/drafts';
import type { Session } from '~/app/_room/session';
import { changeBetween, moved, Writing } from '~/app/_room/writing';

/** Texts with few letters, so that they are often alike, and with signs of two parts. */
const text = fc
  .array(fc.constantFrom('a', 'b', ' ', '\n', 'ñ', '🌱', '🌾'), { maxLength: 12 })
  .map((all) => all.join(''));

describe('what a field holds becomes a change of the text', () => {
  it('whatever was there and wherever the cursor stands, and no sign is cut in two', () => {
    fc.assert(
      fc.property(text, text, fc.nat(30), (before, after, cursor) => {
        const change = changeBetween(before, after, cursor);
        if (!change) {
          expect(before).toBe(after);
          return;
        }
        const { at, gone, put } = change;
        expect(before.slice(0, at) + put + before.slice(at + gone)).toBe(after);
        for (const part of [before.slice(0, at), before.slice(at, at + gone), put, before.slice(at + gone)])
          expect(/\p{Cs}/u.test(part)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
  it('a letter among its like is put where the cursor is, not somewhere among them', () => {
    expect(changeBetween('aaa', 'aaaa', 2)).toEqual({ at: 1, gone: 0, put: 'a' });
    expect(changeBetween('aaa', 'aa', 1)).toEqual({ at: 1, gone: 1, put: '' });
  });
});

it('the cursor stays before the letter it stood before, whatever others write', () => {
  fc.assert(
    fc.property(text, text, fc.nat(12), (before, after, at) => {
      const doc = new Y.Doc();
      const ytext = doc.getText('t');
      ytext.insert(0, before);
      const place = Math.min(at, before.length);
      const change = changeBetween(before, after, after.length);
      if (!change) return;
      let delta: Y.YTextEvent['delta'] = [];
      ytext.observe((event) => {
        delta = event.delta;
      });
      doc.transact(() => {
        if (change.gone) ytext.delete(change.at, change.gone);
        if (change.put) ytext.insert(change.at, change.put);
      });
      const now = moved(place, delta);
      expect(now).toBeGreaterThanOrEqual(0);
      expect(now).toBeLessThanOrEqual(after.length);
      // What was before a change and behind it is still on its side.
      if (place <= change.at) expect(now).toBe(place);
      // At the very end of what was replaced, either side is right.
      else if (place > change.at + change.gone) expect(after.length - now).toBe(before.length - place);
    }),
    { numRuns: 1000 },
  );
});

describe('a woman at a text', () => {
  /** A sitting that keeps what is said, or has no network, or writes nothing now. */
  function sitting() {
    const said: Uint8Array[] = [];
    const line: { now: 'open' | 'away' | 'not_now' } = { now: 'open' };
    const say = async (_kind: string, body: Uint8Array) => {
      if (line.now === 'away') throw new Error('no network');
      if (line.now === 'not_now') return null;
      said.push(body.slice(24));
      return new Uint8Array(32);
    };
    const draft = new Draft('d1'.repeat(16), { say, me: 'aa', epoch: 1 } as unknown as Session);
    const deltas: unknown[] = [];
    const writing = new Writing(draft, (delta) => deltas.push(delta));
    return { said, line, draft, writing, deltas };
  }
  const write = (writing: Writing, all: string) => writing.edit(all, all.length);

  it('sends what she wrote in one batch, and it is kept when it has come back', async () => {
    const { writing, said, deltas } = sitting();
    write(writing, 'P');
    write(writing, 'Pedimos');
    write(writing, 'Pedimos agua');
    expect([writing.kept, said.length, deltas.length]).toEqual(['saving', 0, 0]);
    await writing.flush();
    expect(said).toHaveLength(1);
    writing.heardMine(said[0]!);
    expect([writing.kept, writing.isPending]).toEqual(['saved', false]);
    const other = new Y.Doc();
    Y.applyUpdate(other, said[0]!);
    expect(other.getText('t').toString()).toBe('Pedimos agua');
  });

  it('without a network, and while the key is changed, it waits and goes later; twice is once', async () => {
    const { writing, said, line } = sitting();
    write(writing, 'Agua');
    line.now = 'away';
    await writing.flush();
    expect(writing.kept).toBe('away');
    write(writing, 'Agua limpia');
    line.now = 'not_now';
    await writing.flush();
    expect(writing.kept).toBe('not_now');
    line.now = 'open';
    await writing.flush();
    await writing.flush();
    const other = new Y.Doc();
    for (const one of said) Y.applyUpdate(other, one);
    expect(other.getText('t').toString()).toBe('Agua limpia');
    for (const one of said) writing.heardMine(one);
    expect(writing.kept).toBe('saved');
  });

  it('where the text was put in order in between, her words that had not come are given back to her, and go behind it', async () => {
    const { writing, draft, line, deltas } = sitting();
    line.now = 'away';
    write(writing, 'Lo mío no llegó.');
    await writing.flush();
    const fresh = new Y.Doc();
    fresh.getText('t').insert(0, 'El texto en orden.');
    const old = draft.doc;
    draft.doc = fresh;
    draft.renewed!(old);
    expect([writing.text, writing.lost]).toEqual(['El texto en orden.', 'Lo mío no llegó.']);
    expect(deltas).toEqual([null]);
    line.now = 'open';
    writing.takeAlong();
    await writing.flush();
    expect([writing.text, writing.lost]).toEqual(['El texto en orden.\nLo mío no llegó.', '']);
  });

  it('hears what others write with where it was', () => {
    const { writing, draft, deltas } = sitting();
    write(writing, 'Agua');
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(draft.doc));
    other.getText('t').insert(4, ' limpia');
    Y.applyUpdate(draft.doc, Y.encodeStateAsUpdate(other));
    expect(deltas).toEqual([[{ retain: 4 }, { insert: ' limpia' }]]);
    expect(writing.text).toBe('Agua limpia');
  });
});
