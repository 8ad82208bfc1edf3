import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { editOf, readEdits } from '~/bench/realtime/edits';

// The bench's clients have no Yjs: what they write and read by hand must be what Yjs writes and reads.

const heardOf = (update: Uint8Array) => {
  const heard: string[] = [];
  readEdits(update, (writer, clock) => heard.push(`${writer}.${clock}`));
  return heard.sort();
};

describe('the edits of the bench', () => {
  it('are the bytes that Yjs makes when somebody types', () => {
    const doc = new Y.Doc();
    doc.clientID = 2 ** 31 + 5;
    const made: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => made.push(update));
    const text = doc.getText('text');
    for (const letters of ['a', 'b', 'cde', 'f']) text.insert(text.length, letters);
    expect(made).toEqual([editOf(5, 0, 'a'), editOf(5, 1, 'b'), editOf(5, 2, 'cde'), editOf(5, 5, 'f')]);
  });

  it('are read again, each letter once, whatever a server has merged', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }), fc.nat(20), (writers, cut) => {
        const clocks = new Map<number, number>();
        const updates = writers.map((writer) => {
          const clock = clocks.get(writer) ?? 0;
          clocks.set(writer, clock + 1);
          return { name: `${writer}.${clock}`, bytes: editOf(writer, clock) };
        });
        const parts = [updates.slice(0, cut), updates.slice(cut)].filter((part) => part.length > 0);
        for (const part of parts) {
          const merged = Y.mergeUpdates(part.map(({ bytes }) => bytes));
          expect(heardOf(merged)).toEqual(part.map(({ name }) => name).sort());
        }
      }),
    );
  });

  it('are read letter by letter where several came in one', () => {
    expect(heardOf(editOf(3, 4, 'abc'))).toEqual(['3.4', '3.5', '3.6']);
  });

  it('are never taken for something else', () => {
    const doc = new Y.Doc();
    doc.getText('text').insertEmbed(0, { foto: true });
    expect(() => heardOf(Y.encodeStateAsUpdate(doc))).toThrow('letters only');
  });
});
