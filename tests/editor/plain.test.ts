import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { copyUpdate, editUpdate } from '~/server/drafts/rules';
import { put } from '~/server/drafts/rules/edits';
import { wordsOf } from '~/server/drafts/rules/lines';
import { linesIn } from '~/server/drafts/rules/texts';
import { documentOf, textName } from '~/server/realtime/document';

// A text with looks, written on in the plain field or in a form: who writes without looks spoils nobody's.
const begun = () => {
  const doc = new Y.Doc();
  doc
    .getText(textName)
    .applyDelta([
      { insert: 'Agua limpia' },
      { insert: '\n', attributes: { block: 'heading' } },
      { insert: 'Pedimos ' },
      { insert: 'análisis', attributes: { bold: true } },
      { insert: ' cada año.\nUn reservorio' },
      { insert: '\n', attributes: { block: 'bullet' } },
      { insert: 'Un registro' },
      { insert: '\n', attributes: { block: 'bullet' } },
      { insert: 'fin' },
    ]);
  return doc;
};
const shown = (doc: Y.Doc) => linesIn(doc.getText(textName)).map((line) => `${line.block}: ${wordsOf(line)}`);
const before = shown(begun());
const whole = begun().getText(textName).toString();
const bold = (doc: Y.Doc) =>
  linesIn(doc.getText(textName)).flatMap(({ runs }) => runs.flatMap((run) => (run.bold ? run.text : [])));

function typed(find: string, remove: number, insert: string): string[] {
  const doc = begun();
  const text = doc.getText(textName);
  const whole = text.toString();
  const at = whole.indexOf(find) + (find.endsWith('|') ? 0 : find.length);
  put(text, at, remove, insert);
  expect(text.toString()).toBe(whole.slice(0, at) + insert + whole.slice(at + remove));
  return shown(doc);
}

describe('what is written in a plain field', () => {
  it('leaves a heading a heading when a line is put behind it, before it, or into it', () => {
    expect(typed('Agua limpia', 0, '\n')).toEqual([before[0], 'paragraph: ', ...before.slice(1)]);
    expect(typed('Agua limpia', 0, '\nUno\nDos')).toEqual([
      before[0],
      'paragraph: Uno',
      'paragraph: Dos',
      ...before.slice(1),
    ]);
    expect(typed('', 0, 'Antes\n')).toEqual(['paragraph: Antes', ...before]);
    expect(typed('Agua', 0, '\n')).toEqual(['heading: Agua', 'heading:  limpia', ...before.slice(1)]);
  });

  it('goes on with a list where it is in one', () => {
    expect(typed('Un reservorio', 0, '\nUn pozo')).toEqual([
      ...before.slice(0, 3),
      'bullet: Un pozo',
      ...before.slice(3),
    ]);
    expect(typed('cada año.\n', 0, 'Un pozo\n')).toEqual([
      ...before.slice(0, 2),
      'bullet: Un pozo',
      ...before.slice(2),
    ]);
  });

  it('joins lines into what the first one was', () => {
    expect(typed('Agua limpia', 1, ' ')).toEqual([
      'heading: Agua limpia Pedimos análisis cada año.',
      ...before.slice(2),
    ]);
    // A line taken away as a whole leaves the next one what it was.
    expect(typed('cada año.\n', 'Un reservorio\n'.length, '')).toEqual([
      ...before.slice(0, 2),
      ...before.slice(3),
    ]);
  });

  it('looks like the words before it, and ends with its line', () => {
    const doc = begun();
    const text = doc.getText(textName);
    put(text, text.toString().indexOf('lisis') + 5, 0, ' y control\nNueva línea');
    expect(bold(doc)).toEqual(['análisis y control']);
  });
});

describe('a form', () => {
  const edited = (words: string) => {
    const base = [Y.encodeStateAsUpdate(begun())];
    const update = editUpdate(base, words);
    return documentOf(update ? [...base, update] : base);
  };

  it('keeps blocks and looks through a save', () => {
    const doc = edited(whole.replace('cada año', 'dos veces al año').replace('fin', 'Un pozo\nfin'));
    expect(shown(doc)).toEqual([
      before[0],
      'paragraph: Pedimos análisis dos veces al año.',
      ...before.slice(2, 4),
      'paragraph: Un pozo',
      'paragraph: fin',
    ]);
    expect(bold(doc)).toEqual(['análisis']);
  });

  it('saves any words, and leaves every line that it does not touch what it was', () => {
    const word = fc.constantFrom('agua', 'pozo', '\n', 'fin', 'Un', '\nnueva\n');
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(8), fc.array(word, { maxLength: 5 }), (at, remove, words) => {
        const wanted = whole.slice(0, at) + words.join(' ') + whole.slice(at + remove);
        const doc = edited(wanted);
        expect(doc.getText(textName).toString()).toBe(wanted);
        const now = shown(doc);
        const head = whole.slice(0, at).split('\n').length - 1;
        expect(now.slice(0, head)).toEqual(before.slice(0, head));
        const tail = whole.slice(at + remove).split('\n').length - 1;
        if (tail > 0) expect(now.slice(-tail)).toEqual(before.slice(-tail));
      }),
      { numRuns: 400 },
    );
  });
});

describe('an article taken from a draft', () => {
  const copy = (words: string) => documentOf([copyUpdate([Y.encodeStateAsUpdate(begun())], words)]);

  it('says the same words, and they look the same', () => {
    const all = copy(whole);
    expect(all.getText(textName).toString()).toBe(whole);
    expect(shown(all)).toEqual(before);
    expect(bold(all)).toEqual(['análisis']);
  });

  it('says a passage, and nothing of what was beside it stays behind its words', () => {
    const passage = 'Pedimos análisis cada año.\nUn reservorio\n';
    const part = copy(passage);
    expect(shown(part)).toEqual([before[1], before[2], 'paragraph: ']);
    expect(new TextDecoder().decode(Y.encodeStateAsUpdate(part))).not.toContain('limpia');
  });
});
