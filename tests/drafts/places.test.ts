import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { placesIn } from '~/server/drafts/rules/places';

const act = fc.record({
  at: fc.nat(200),
  remove: fc.nat(4),
  insert: fc.constantFrom('a', 'agua ', '\n', '⛏️', 'bc\nde', ''),
  bold: fc.boolean(),
});

function write(
  text: Y.Text,
  { at, remove, insert, bold }: { at: number; remove: number; insert: string; bold: boolean },
) {
  const from = at % (text.length + 1);
  const gone = Math.min(remove, text.length - from);
  if (gone > 0) text.delete(from, gone);
  if (insert) text.insert(from, insert, bold ? { bold: true } : {});
}

describe('the places of a text', () => {
  it('are where Yjs finds them one by one, whatever was written, taken out and folded since', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), fc.array(act, { maxLength: 30 }), (before, after) => {
        const doc = new Y.Doc();
        const text = doc.getText('text');
        for (const one of before) write(text, one);
        const wanted = Array.from({ length: text.length + 1 }, (_, at) => at).flatMap((at) =>
          [0, -1].map((assoc) => Y.createRelativePositionFromTypeIndex(text, at, assoc)),
        );
        for (const one of after) write(text, one);
        const folded = new Y.Doc();
        Y.applyUpdate(folded, Y.encodeStateAsUpdate(doc));
        for (const here of [doc, folded]) {
          const places = placesIn(here.getText('text'));
          for (const position of wanted)
            expect(places.indexOf(position)).toBe(
              Y.createAbsolutePositionFromRelativePosition(position, here)?.index,
            );
          for (let at = 0; at <= places.words.length; at++)
            expect(places.lineOf(at)).toBe(places.words.slice(0, at).split('\n').length - 1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are unknown where the text never had them', () => {
    const other = new Y.Doc().getText('text');
    other.insert(0, 'de otra mesa');
    const position = Y.createRelativePositionFromTypeIndex(other, 3);
    expect(placesIn(new Y.Doc().getText('text')).indexOf(position)).toBeUndefined();
  });

  it('are found for any number of remarks in one walk through the text', () => {
    const text = new Y.Doc().getText('text');
    for (let i = 0; i < 300; i++) text.insert(0, 'agua\n', { bold: i % 2 === 0 });
    const whole = text.toString.bind(text);
    let read = 0;
    text.toString = () => {
      read++;
      return whole();
    };
    const places = placesIn(text);
    for (let at = 0; at < text.length; at++) {
      const position = Y.createRelativePositionFromTypeIndex(text, at);
      expect(places.lineOf(places.indexOf(position)!)).toBe(Math.floor(at / 5));
    }
    expect(read).toBe(1);
  });
});
