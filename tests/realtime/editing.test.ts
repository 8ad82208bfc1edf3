import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bind, type Field } from '~/app/_editor/binding';
import { difference, moved } from '~/app/_editor/difference';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { atEnd, openForum, ourClient, pause, plainClient, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});

/** A text field as a phone has it, with fingers. */
class Paper extends EventTarget {
  value = '';
  selectionStart = 0;
  selectionEnd = 0;
  selectionDirection = 'none' as const;
  scrollTop = 0;
  setSelectionRange(from: number, to: number) {
    this.selectionStart = from;
    this.selectionEnd = to;
  }
  say(name: string, detail: object = {}) {
    const event = Object.assign(new Event(name, { cancelable: true }), detail);
    this.dispatchEvent(event);
    return !event.defaultPrevented;
  }
  /** Types or pastes over what is selected. */
  type(words: string, at = this.selectionStart, to = at) {
    this.setSelectionRange(at, to);
    if (!this.say('beforeinput', { inputType: 'insertText', data: words })) return;
    this.value = this.value.slice(0, at) + words + this.value.slice(to);
    this.setSelectionRange(at + words.length, at + words.length);
    this.say('input');
  }
}

async function desk(text: string, options = { atMost: 1000, tooLong: () => {} }) {
  const forum = await openForum(t.db);
  const draft = await buildDraft(t.db, world.mesaAgua.id, { text });
  const room = `draft:${draft.id}`;
  const nieves = ourClient(forum, room, (await signIn(t.db, world.people.nieves.id)).cookie);
  const rufino = plainClient(forum, room, (await signIn(t.db, world.people.rufino.id)).cookie);
  await Promise.all([
    until('open', () => nieves.state().writer && nieves.state().link === 'open'),
    rufino.synced(),
  ]);
  const paper = new Paper();
  const binding = bind(paper as unknown as Field, nieves, options);
  atEnd(() => binding.release());
  return { nieves, rufino, paper, binding };
}

describe('what one input did', () => {
  it('leads from the old text to the new one, wherever the caret is', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ñ', '😀', '😁'), maxLength: 12 });
    fc.assert(
      fc.property(words, words, fc.nat(14), (before, after, caret) => {
        const { at, remove, insert } = difference(before, after, caret);
        expect(before.slice(0, at) + insert + before.slice(at + remove)).toBe(after);
        // Half a sign cannot be encoded.
        encodeURIComponent(insert + before.slice(at, at + remove));
      }),
      { numRuns: 2000 },
    );
  });

  it('is found by the caret where letters repeat', () => {
    expect(difference('llama', 'lllama', 1)).toEqual({ at: 0, remove: 0, insert: 'l' });
    expect(difference('llama', 'lllama', 3)).toEqual({ at: 2, remove: 0, insert: 'l' });
    expect(difference('aaa', 'aa', 1)).toEqual({ at: 1, remove: 1, insert: '' });
  });

  it('moves a place with what others put in or take away before it', () => {
    expect(moved(5, [{ insert: 'abc' }])).toBe(8);
    expect(moved(5, [{ retain: 5 }, { insert: 'abc' }])).toBe(5);
    expect(moved(5, [{ retain: 2 }, { delete: 10 }])).toBe(2);
    expect(moved(5, [{ retain: 1 }, { delete: 2 }, { retain: 1 }, { insert: 'x' }])).toBe(4);
  });
});

describe('writing in a plain field', () => {
  it('sends what is typed, and keeps the caret at its word while others write', async () => {
    const { rufino, paper } = await desk('Pedimos agua.');
    paper.type(' limpia', 12);
    await rufino.reads('Pedimos agua limpia.');
    rufino.text.insert(0, 'Todas: ');
    await until('shown', () => paper.value === 'Todas: Pedimos agua limpia.');
    expect(paper.value.slice(0, paper.selectionStart)).toBe('Todas: Pedimos agua limpia');
    paper.type(' y segura');
    await rufino.reads('Todas: Pedimos agua limpia y segura.');
  });

  it('changes nothing in the field while a word is being composed, and loses neither', async () => {
    const { rufino, paper } = await desk('Pedimos .');
    paper.say('compositionstart');
    paper.type('ni', 8);
    await rufino.reads('Pedimos ni.');
    rufino.text.insert(0, 'Hoy: ');
    await pause(40);
    expect(paper.value).toBe('Pedimos ni.');
    paper.type('ño', 10);
    paper.say('compositionend');
    await rufino.reads('Hoy: Pedimos niño.');
    await until('shown', () => paper.value === 'Hoy: Pedimos niño.');
    expect(paper.selectionStart).toBe('Hoy: Pedimos niño'.length);
  });

  it('does not wait for ever for a keyboard that forgets to say that the word is done', async () => {
    const { rufino, paper } = await desk('uno');
    paper.say('compositionstart');
    rufino.text.insert(3, ' dos');
    await pause(40);
    expect(paper.value).toBe('uno');
    paper.say('blur');
    expect(paper.value).toBe('uno dos');
  });

  it('takes back one’s own words and nobody else’s', async () => {
    const { rufino, paper, binding } = await desk('');
    paper.type('lo mío', 0);
    await rufino.reads('lo mío');
    rufino.text.insert(6, ' y lo tuyo');
    await until('shown', () => paper.value === 'lo mío y lo tuyo');
    paper.say('keydown', { key: 'z', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false });
    await rufino.reads(' y lo tuyo');
    expect(paper.value).toBe(' y lo tuyo');
    binding.redo();
    await rufino.reads('lo mío y lo tuyo');
    expect(paper.say('beforeinput', { inputType: 'historyUndo' })).toBe(false);
    await rufino.reads(' y lo tuyo');
  });

  it('puts nothing in that would be too long, and says so instead', async () => {
    let told = 0;
    const { rufino, paper } = await desk('corto', { atMost: 10, tooLong: () => told++ });
    paper.type('x'.repeat(6), 5);
    expect([told, paper.value]).toEqual([1, 'corto']);
    paper.type('x'.repeat(10), 0, 5);
    await rufino.reads('x'.repeat(10));
  });

  it('brings a long paste through in pieces', async () => {
    const { nieves, rufino, paper } = await desk('', { atMost: 100_000, tooLong: () => {} });
    const long = 'ñ😀'.repeat(33_000);
    paper.type(long, 0);
    await until('saved', () => nieves.state().saving === 'saved');
    await rufino.reads(long);
  });

  it('clears away what a field cannot show, so that no place is counted wrongly', async () => {
    const { rufino, paper } = await desk('');
    rufino.write('uno\r\ndos\r');
    await until('cleared', () => rufino.text.toString() === 'uno\ndos');
    expect(paper.value).toBe('uno\ndos');
  });
});
