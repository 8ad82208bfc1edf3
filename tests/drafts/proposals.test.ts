import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { effectUpon } from '~/server/drafts/queries/suggestions';
import { firstUpdate, plainText } from '~/server/drafts/rules';
import { compared, inShort, pieces, rowsOf } from '~/server/drafts/rules/comparison';
import { edit, rewording, wholeWords } from '~/server/drafts/rules/proposals';
import { linesIn, passageAt, textOf } from '~/server/drafts/rules/texts';

/** What somebody proposes for a line of this text. */
function proposal(updates: Uint8Array[], at: number, words: string): Uint8Array | null {
  const text = textOf(updates);
  return edit(text, rewording(passageAt(text.toString(), at)!, words));
}
/** The text after this proposal has been put into it, as accepting does. */
function accept(updates: Uint8Array[], proposed: Uint8Array): Uint8Array[] {
  const { changes } = effectUpon(Y.mergeUpdates(updates), proposed);
  const bytes = edit(textOf(updates), changes);
  return bytes ? [...updates, bytes] : updates;
}
const written = (said: ReturnType<typeof pieces>) =>
  said
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'out' ? `[-${text}-]` : `{+${text}+}`))
    .join('');

describe('a line exchanged for other words', () => {
  it('keeps the blanks at its ends, and however many there are within it the forum does not stand still', () => {
    const words = (line: string) => {
      const [one] = rewording({ from: 5, words: line }, 'Y luz.');
      return [one!.at, one!.insert];
    };
    expect(words('  Agua. ')).toEqual([7, 'Y luz.']);
    expect(words(`Pedimos${' '.repeat(90_000)}agua.`)).toEqual([5, 'Y luz.']);
  });
});

describe('a suggestion put into the text', () => {
  const base = [firstUpdate('Pedimos agua limpia.\nPedimos registro.\n')];

  it('changes the words that its author changed, and keeps what others wrote since', () => {
    const nieves = proposal(base, 0, 'Pedimos agua limpia y segura.')!;
    const since = [...base, proposal(base, 1, 'Pedimos registro propio.')!];
    expect(plainText(accept(since, nieves))).toBe(
      'Pedimos agua limpia y segura.\nPedimos registro propio.\n',
    );
  });

  it('is shown as what goes and what comes, in the line where it stands now', () => {
    const nieves = proposal(base, 0, 'Exigimos agua limpia.')!;
    const { before, changes } = effectUpon(Y.mergeUpdates(base), nieves);
    expect(written(pieces(before, changes))).toBe(
      '[-Pedimos-]{+Exigimos+} agua limpia.\nPedimos registro.\n',
    );
    expect(inShort(before, changes)).toEqual({ removed: 'Pedimos', inserted: 'Exigimos' });
  });

  it('does nothing any more where somebody else has done the same', () => {
    const less = proposal(base, 1, '')!;
    const since = accept(base, proposal(base, 1, '')!);
    expect(plainText(since)).toBe('Pedimos agua limpia.\n\n');
    expect(effectUpon(Y.mergeUpdates(since), less).changes).toEqual([]);
  });

  it('does not stick to the words of another suggestion for the same ones', () => {
    const [one, two] = [
      proposal(base, 0, 'Pedimos agua segura.')!,
      proposal(base, 0, 'Pedimos agua potable.')!,
    ];
    const both = plainText(accept(accept(base, one), two)).split('\n')[0];
    expect(['Pedimos agua segura. potable.', 'Pedimos agua potable. segura.']).toContain(both);
  });

  it('takes a word whole that somebody has lengthened meanwhile, and says so by what it shows', () => {
    const nieves = proposal(base, 0, 'Pedimos agua potable.')!;
    const text = textOf(base);
    const longer = edit(text, [{ at: 12, remove: 0, insert: '' }]);
    expect(longer).toBeNull();
    // Rufino types inside the word, letter by letter, as the live editor does.
    const doc = text.doc!;
    const typed: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => typed.push(update));
    text.insert('Pedimos agua limpi'.length, 'ísim');
    const { before, changes } = effectUpon(Y.mergeUpdates([...base, ...typed]), nieves);
    expect(written(pieces(before, changes)).split('\n')[0]).toBe('Pedimos agua [-limpiísima-]{+potable+}.');
  });

  it('makes two points of a point, and of a heading a heading and a paragraph', () => {
    const doc = new Y.Doc();
    const text = doc.getText('text');
    text.applyDelta([
      { insert: 'Agua' },
      { insert: '\n', attributes: { block: 'heading' } },
      { insert: 'Poza limpia' },
      { insert: '\n', attributes: { block: 'bullet' } },
    ]);
    const dressed = [Y.encodeStateAsUpdate(doc)];
    const shape = (updates: Uint8Array[]) =>
      linesIn(textOf(updates)).map(({ block, runs }) => `${block}: ${runs.map((run) => run.text).join('')}`);
    expect(shape(accept(dressed, proposal(dressed, 1, 'Poza limpia\nPoza segura')!))).toEqual([
      'heading: Agua',
      'bullet: Poza limpia',
      'bullet: Poza segura',
      'paragraph: ',
    ]);
    expect(shape(accept(dressed, proposal(dressed, 0, 'Agua\nEs de todas.')!))).toEqual([
      'heading: Agua',
      'paragraph: Es de todas.',
      'bullet: Poza limpia',
      'paragraph: ',
    ]);
  });

  it('keeps the look of the words it stands for', () => {
    const doc = new Y.Doc();
    doc
      .getText('text')
      .applyDelta([
        { insert: 'Pedimos ' },
        { insert: 'agua limpia', attributes: { bold: true } },
        { insert: ' hoy.' },
      ]);
    const dressed = [Y.encodeStateAsUpdate(doc)];
    const done = textOf(accept(dressed, proposal(dressed, 0, 'Pedimos agua segura hoy mismo.')!));
    expect(done.toDelta()).toEqual([
      { insert: 'Pedimos ' },
      { insert: 'agua segura', attributes: { bold: true } },
      { insert: ' hoy mismo.' },
    ]);
  });
});

// A few short words, so that suggestions meet at the same ones.
const word = fc.constantFrom('agua', 'mina', 'oro', 'luz', 'sí.');
const sentence = fc.array(word, { minLength: 1, maxLength: 7 }).map((all) => all.join(' '));
const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

describe('suggestions by several people for one line', () => {
  it('never tear a word, whatever they say and in whatever order they are accepted', () => {
    fc.assert(
      fc.property(sentence, fc.array(sentence, { minLength: 1, maxLength: 4 }), (first, proposed) => {
        const base = [firstUpdate(first)];
        const made = proposed.map((words) => proposal(base, 0, words)).filter((one) => one !== null);
        for (const order of [made, made.toReversed()]) {
          const text = plainText(order.reduce(accept, base));
          const known = new Set(['agua', 'mina', 'oro', 'luz', 'sí.']);
          expect(wordsOf(text).filter((one) => !known.has(one))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never tear a word that somebody types in meanwhile', () => {
    const typing = fc.array(fc.tuple(fc.nat(40), fc.constantFrom('x', 'y ', ' z', 'w')), { maxLength: 4 });
    fc.assert(
      fc.property(sentence, sentence, typing, (first, proposed, typed) => {
        const base = [firstUpdate(first)];
        const made = proposal(base, 0, proposed);
        if (!made) return;
        const doc = textOf(base).doc!;
        const text = doc.getText('text');
        for (const [at, letters] of typed) text.insert(Math.min(at, text.length), letters);
        const now = text.toString();
        const done = plainText(accept([Y.encodeStateAsUpdate(doc)], made));
        const known = new Set([...wordsOf(now), ...wordsOf(proposed)]);
        expect(wordsOf(done).filter((one) => !known.has(one))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('does exactly what it showed', () => {
    fc.assert(
      fc.property(sentence, sentence, sentence, (first, a, b) => {
        const base = [firstUpdate(first)];
        const [one, two] = [proposal(base, 0, a), proposal(base, 0, b)];
        if (!one || !two) return;
        const now = accept(base, one);
        const { before, changes } = effectUpon(Y.mergeUpdates(now), two);
        const shown = pieces(before, changes)
          .filter(({ kind }) => kind !== 'out')
          .map(({ text }) => text)
          .join('');
        expect(plainText(accept(now, two))).toBe(shown);
      }),
    );
  });
});

describe('changes as changes of whole words', () => {
  it('join where they come to touch, and vanish where nothing is left of them', () => {
    expect(
      wholeWords('agua limpia', [
        { at: 6, remove: 1, insert: '' },
        { at: 9, remove: 1, insert: 'z' },
      ]),
    ).toEqual([{ at: 5, remove: 6, insert: 'z' }]);
    expect(wholeWords('agua', [{ at: 0, remove: 4, insert: 'agua' }])).toEqual([]);
  });
});

describe('two texts compared', () => {
  it('shows the lines that differ, word by word, with their neighbours, and folds the rest', () => {
    const from = 'uno\ndos\ntres\ncuatro\ncinco\nseis\n';
    const rows = compared(from, from.replace('cuatro', 'cuatro y medio'));
    expect(rows.map((row) => (row.kind === 'fold' ? row.lines : written(row.pieces)))).toEqual([
      2,
      'tres\n',
      'cuatro{+ y medio+}\n',
      'cinco\n',
      1,
    ]);
  });

  it('is one fold where nothing differs, and nothing where there are no words', () => {
    expect(rowsOf('uno\n\ndos', [])).toEqual([{ kind: 'fold', lines: 2 }]);
    expect(compared('', '')).toEqual([]);
  });

  it('holds every word of both', () => {
    const text = fc.array(sentence, { maxLength: 8 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (from, to) => {
        const rows = compared(from, to, 99).flatMap((row) => (row.kind === 'line' ? row.pieces : []));
        const side = (kind: string) =>
          rows.filter((one) => one.kind === 'same' || one.kind === kind).map(({ text: said }) => said);
        if (from === to) return;
        expect(wordsOf(side('out').join(''))).toEqual(wordsOf(from));
        expect(wordsOf(side('in').join(''))).toEqual(wordsOf(to));
      }),
    );
  });
});
