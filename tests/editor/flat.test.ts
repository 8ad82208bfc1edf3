import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { diff, type Step } from '~/app/_editor/rich/diff';
import { indexIn, nodeOf, placeIn, textIn, toDoc } from '~/app/_editor/rich/lines';
import { schema } from '~/app/_editor/rich/schema';
import { blocks, type Line } from '~/server/drafts/rules/lines';
import { deltaOf, desk } from '../support/desks';

const run = fc.record(
  {
    text: fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ñ', '😀'), minLength: 1, maxLength: 6 }),
    bold: fc.constant(true as const),
    italic: fc.constant(true as const),
    link: fc.constantFrom('/biblioteca/ley-27651', '/biblioteca/minamata'),
  },
  { requiredKeys: ['text'] },
);
const line: fc.Arbitrary<Line> = fc.record({
  block: fc.constantFrom(...blocks),
  runs: fc.array(run, { maxLength: 4 }),
});
/** Any document whose last line is a paragraph, as the editor keeps it. */
const document = fc
  .array(line, { maxLength: 6 })
  .chain((lines) => run.map((last) => [...lines, { block: 'paragraph' as const, runs: [last] }]))
  .map((lines) => schema.node('doc', null, lines.map(nodeOf)));

const textOf = (doc: Node) => {
  const made = new Y.Doc();
  made.getText('text').applyDelta(diff(toDoc([]), doc, 0));
  return made.getText('text');
};
const changed = (steps: Step[]) =>
  steps.reduce(
    (sum, step) => sum + ('retain' in step ? 0 : 'insert' in step ? step.insert.length : step.delete),
    0,
  );

describe('a flat text and what the editor shows of it', () => {
  it('say the same after any change of the document', () => {
    fc.assert(
      fc.property(document, document, fc.nat(40), (before, after, caret) => {
        const text = textOf(before);
        expect(toDoc(deltaOf(text)).eq(before)).toBe(true);
        text.applyDelta(diff(before, after, caret));
        expect(toDoc(deltaOf(text)).toString()).toBe(after.toString());
        expect(toDoc(deltaOf(text)).eq(after)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('count the same letters', () => {
    fc.assert(
      fc.property(document, fc.nat(60), (doc, at) => {
        const letters = textIn(doc);
        const index = Math.min(at, letters.length);
        expect(indexIn(doc, placeIn(doc, index))).toBe(index);
        expect(letters).toBe(textOf(doc).toString());
      }),
    );
  });

  it('change nothing where nothing differs, and only what differs where little does', () => {
    const doc = toDoc([{ insert: 'Agua limpia\n' }, { insert: 'Registro propio\nfin' }]);
    expect(diff(doc, doc, 0)).toEqual([]);
    const other = toDoc([{ insert: 'Agua muy limpia\n' }, { insert: 'Registro\nfin' }]);
    expect(diff(doc, other, 0)).toEqual([
      { retain: 5 },
      { insert: 'muy ', attributes: {} },
      { retain: 15 },
      { delete: 7 },
    ]);
  });

  it('make a line a heading without touching a word of it', () => {
    const before = toDoc([{ insert: 'Agua\nRegistro\n' }]);
    const after = toDoc([{ insert: 'Agua\nRegistro' }, { insert: '\n', attributes: { block: 'heading' } }]);
    expect(diff(before, after, 3)).toEqual([{ retain: 13 }, { retain: 1, attributes: { block: 'heading' } }]);
    expect(diff(after, before, 3)).toEqual([{ retain: 13 }, { retain: 1, attributes: { block: null } }]);
  });

  it('leave a heading what it is when a line is put behind it, or taken away again', () => {
    const title = { insert: '\n', attributes: { block: 'heading' } };
    const before = toDoc([{ insert: 'Agua' }, title, { insert: 'uno' }]);
    const after = toDoc([{ insert: 'Agua' }, title, { insert: '\nuno' }]);
    expect(diff(before, after, 5)).toEqual([{ retain: 5 }, { insert: '\n', attributes: {} }]);
    expect(diff(after, before, 4)).toEqual([{ retain: 5 }, { delete: 1 }]);
  });

  it('do not look like what stands beside them', () => {
    const before = toDoc([{ insert: 'agua', attributes: { bold: true } }, { insert: ' clara' }]);
    const after = toDoc([
      { insert: 'agua', attributes: { bold: true } },
      { insert: 'X' },
      { insert: ' clara' },
    ]);
    const text = textOf(before);
    text.applyDelta(diff(before, after, 5));
    expect(deltaOf(text)).toEqual([{ insert: 'agua', attributes: { bold: true } }, { insert: 'X clara' }]);
  });

  it('exchange no more letters than a comparison of the words needs', () => {
    fc.assert(
      fc.property(document, fc.nat(5), line, (before, at, put) => {
        const lines: Node[] = [];
        before.forEach((node) => void lines.push(node));
        lines.splice(at % lines.length, 0, nodeOf(put));
        const after = schema.node('doc', null, lines);
        expect(changed(diff(before, after, 0))).toBe(nodeOf(put).content.size + 1);
      }),
    );
  });
});

describe('what others write', () => {
  const edits = fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('put' as const),
        at: fc.nat(60),
        words: fc.constantFrom('x', 'dos ', '\n', 'a\nb\n'),
      }),
      fc.record({
        kind: fc.constant('take' as const),
        at: fc.nat(60),
        length: fc.integer({ min: 1, max: 12 }),
      }),
      fc.record({
        kind: fc.constant('look' as const),
        at: fc.nat(60),
        length: fc.integer({ min: 1, max: 12 }),
        looks: fc.constantFrom(
          { bold: true },
          { italic: true },
          { bold: null },
          { block: 'heading' },
          { block: 'bullet' },
          { block: null },
          { colour: 'red' },
        ),
      }),
    ),
    { minLength: 1, maxLength: 8 },
  );
  it('is shown as it is, whatever they do in one go', () => {
    fc.assert(
      fc.property(document, edits, fc.nat(60), (begun, all, caret) => {
        const here = desk(1, [Y.encodeStateAsUpdate(textOf(begun).doc!)]);
        here.select(Math.min(caret, here.text.length));
        const there = new Y.Doc();
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here.doc));
        const text = there.getText('text');
        there.transact(() => {
          for (const edit of all) {
            const at = Math.min(edit.at, text.length);
            if (edit.kind === 'put') text.insert(at, edit.words);
            else if (edit.kind === 'take') text.delete(at, Math.min(edit.length, text.length - at));
            else text.format(at, Math.min(edit.length, text.length - at), edit.looks);
          }
        });
        Y.applyUpdate(here.doc, Y.encodeStateAsUpdate(there), 'net');
        here.state.doc.check();
        expect(here.state.doc.toString()).toBe(toDoc(deltaOf(here.text)).toString());
        expect(here.state.doc.eq(toDoc(deltaOf(here.text)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves the caret at its word', () => {
    const here = desk(1);
    here.type('Pedimos agua limpia');
    here.select(12);
    const there = new Y.Doc();
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here.doc));
    const text = there.getText('text');
    const hears = () => Y.applyUpdate(here.doc, Y.encodeStateAsUpdate(there), 'net');
    there.transact(() => {
      text.insert(text.length, '\nfin');
      text.insert(0, 'Título\n');
      text.format(6, 1, { block: 'heading' });
    });
    hears();
    expect(here.words.slice(0, here.caret())).toBe('Título\nPedimos agua');
    text.insert(here.caret(), ' muy');
    hears();
    expect(here.words.slice(0, here.caret())).toBe('Título\nPedimos agua');
    text.delete(0, 7);
    hears();
    expect(here.words.slice(0, here.caret())).toBe('Pedimos agua');
  });
});
