import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { updateInPieces } from '~/app/_editor/answers';

const made = (pieces: readonly Uint8Array[]) => {
  const doc = new Y.Doc();
  for (const piece of pieces) Y.applyUpdate(doc, piece);
  return doc;
};

describe('an answer that is too large for one frame', () => {
  it('comes to the same in pieces, each of which fits, whatever was written, deleted and known before', () => {
    const edit = fc.record({
      who: fc.nat(1),
      at: fc.nat(),
      remove: fc.nat(70_000),
      insert: fc.constantFrom(
        '',
        'agua',
        '🦙'.repeat(40_001),
        `ñ${'🦙'.repeat(70_000)}`,
        'Ϡ€'.repeat(50_000),
      ),
      bold: fc.boolean(),
      tell: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), fc.nat(12), (edits, knows) => {
        const docs = [new Y.Doc(), new Y.Doc()];
        let vector: Uint8Array | undefined;
        let known: Uint8Array = new Uint8Array([0, 0]);
        edits.forEach(({ who, at, remove, insert, bold, tell }, i) => {
          const text = docs[who]!.getText('text');
          // Not between the two halves of one sign: neither do we.
          let from = text.length === 0 ? 0 : at % text.length;
          if (/[\uDC00-\uDFFF]/.test(text.toString()[from] ?? '')) from--;
          docs[who]!.transact(() => {
            text.insert(from, insert, bold ? { bold: true } : {});
            const to = Math.min(remove, text.length - from - insert.length) & ~1;
            if (to > 0) text.delete(from + insert.length, to);
          });
          if (tell) Y.applyUpdate(docs[1 - who]!, Y.encodeStateAsUpdate(docs[who]!));
          if (i === knows) {
            vector = Y.encodeStateVector(docs[0]!);
            known = Y.encodeStateAsUpdate(docs[0]!);
          }
        });
        const answer = Y.encodeStateAsUpdate(docs[0]!, vector);
        const pieces = updateInPieces(answer);
        for (const piece of pieces.slice(0, -1)) expect(piece.length).toBeLessThan(250_000);
        expect(pieces.at(-1)!.length).toBeLessThan(250_000);
        const whole = made([known, answer]);
        // Whatever their order, and twice.
        for (const order of [pieces, [...pieces].reverse(), [...pieces, ...pieces]]) {
          const doc = made([known, ...order]);
          expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(whole))).toBe(true);
          expect(doc.getText('text').toDelta()).toEqual(docs[0]!.getText('text').toDelta());
          expect(doc.store.pendingStructs).toBe(null);
        }
      }),
      { numRuns: 60 },
    );
  });
});
