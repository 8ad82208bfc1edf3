import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enter, type Heard, keys, press, type State } from '~/app/_light/ear-steps';

const start: Heard = { is: 'start' };
const question = (chosen: number | null = null): Heard => ({
  is: 'question',
  lines: ['Pregunta 2 de 3', 'Artículo 4', 'Agua segura', 'Reservorio y análisis de agua.'],
  ask: '¿Qué votas?',
  chosen,
});
const review: Heard = { is: 'review', lines: ['Artículo 4: Sí.', 'Artículo 5: No.'] };
const at = (mode: State['mode'], choice = -1, walk = false): State => ({ mode, choice, walk });

describe('what is said when a screen comes up', () => {
  it('before the first question, where the keys lie', () => {
    expect(enter(start, false)).toEqual({ state: at('start'), said: ['#intro'], act: null });
  });
  it('of a question the text, what is asked, and the keys', () => {
    const { said, state } = enter(question(), false);
    expect(said).toEqual([
      'Pregunta 2 de 3',
      'Artículo 4',
      'Agua segura',
      'Reservorio y análisis de agua.',
      '¿Qué votas?',
      '#asked',
    ]);
    expect(state).toEqual(at('asked'));
  });
  it('of one that was answered before, its name and the answer', () => {
    const { said, state } = enter(question(1), true);
    expect(said).toEqual(['Pregunta 2 de 3', 'Artículo 4', 'Agua segura', '#chose', '#no', '#chosen']);
    expect(state).toEqual(at('chosen', 1, true));
  });
  it('of the answers all of them, and the question whether to send', () => {
    expect(enter(review, true).said).toEqual(['#review', 'Artículo 4: Sí.', 'Artículo 5: No.', '#send']);
  });
});

describe('what a key does', () => {
  const chose = (choice: number, walk = false) => at('chosen', choice, walk);
  it.each([
    ['start', at('start'), start, 'again', at('start'), null],
    ['start', at('start'), start, 'yes', at('start'), null],
    ['start', at('start'), start, 'fourth', at('start'), 'begin'],
    ['a question', at('asked'), question(), 'again', at('asked'), null],
    ['a question', at('asked'), question(), 'yes', chose(0), null],
    ['a question', at('asked'), question(), 'no', chose(1), null],
    ['a question', at('asked'), question(), 'fourth', chose(2), null],
    ['a choice said back', chose(0), question(), 'again', at('asked'), null],
    ['a choice said back', chose(0), question(), 'yes', chose(0), null],
    ['a choice said back', chose(0), question(), 'no', chose(1), null],
    ['a choice said back', chose(2), question(), 'fourth', chose(2), 'next'],
    ['her answer of before', chose(0, true), question(0), 'again', at('asked', -1, true), null],
    ['her answer of before', chose(0, true), question(0), 'fourth', chose(0, true), 'next'],
    ['the answers', at('review'), review, 'again', at('review'), null],
    ['the answers', at('review'), review, 'yes', at('sure'), null],
    ['the answers', at('review'), review, 'no', at('review', -1, true), 'walk'],
    ['the answers', at('review'), review, 'fourth', at('review'), null],
    ['the last word', at('sure'), review, 'again', at('sure'), null],
    ['the last word', at('sure'), review, 'yes', at('sure'), null],
    ['the last word', at('sure'), review, 'no', at('review'), null],
    ['the last word', at('sure'), review, 'fourth', at('sure'), 'cast'],
  ] as const)('at %s: %#', (_where, state, heard, key, after, act) => {
    const step = press(state, heard, key);
    expect([step.state, step.act]).toEqual([after, act]);
    // Whoever cannot see is never left in silence: something is said, or another screen comes.
    expect(step.said.length > 0 || step.act !== null).toBe(true);
  });

  it('an answer goes on only after it was said back, and that is the last one pressed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 30 }), (pressed) => {
        let state = enter(question(), false).state;
        let back: string | null = null;
        for (const key of pressed) {
          const step = press(state, question(), key);
          if (step.act) {
            expect(step.act).toBe('next');
            expect(['#si', '#no', '#abstencion'][state.choice]).toBe(back);
            return;
          }
          state = step.state;
          const at = step.said.indexOf('#chose');
          back = at < 0 ? null : step.said[at + 1]!;
        }
      }),
    );
  });

  it('nothing is cast but by yes and then the fourth, with nothing between but hearing it again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 30 }), (pressed) => {
        let state = enter(review, false).state;
        for (const [i, key] of pressed.entries()) {
          const step = press(state, review, key);
          if (step.act === 'cast') {
            const before = pressed.slice(0, i).filter((one) => one !== 'again');
            expect([key, before.at(-1)]).toEqual(['fourth', 'yes']);
            return;
          }
          if (step.act) return;
          state = step.state;
        }
      }),
    );
  });
});
