import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { watchOver } from '~/app/_editor/rescue';
import { testDatabase } from '~/tests/support/db';
import { type Desk, desk, meet } from '~/tests/support/desks';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, ourClient, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});

const watched = (one: Desk) =>
  Object.assign(one, {
    tray: watchOver(
      one.text,
      (client) => client === one.doc.clientID,
      ({ origin }) => origin === 'net',
    ),
  });
const lost = (one: ReturnType<typeof watched>) => one.tray.list().map(({ words }) => words.trim());
const two = () => {
  const [nieves, rufino] = [watched(desk(1)), watched(desk(2))];
  nieves.type('Pedimos agua limpia. Que nadie lave con agua de la mina.');
  meet(nieves, rufino);
  return { nieves, rufino };
};
const cut = (one: Desk, words: string) => {
  const at = one.words.indexOf(words);
  one.select(at, at + words.length);
  one.type('');
};

describe('words that somebody else took away', () => {
  it('lie in the tray of who wrote them, and of nobody else', () => {
    const { nieves, rufino } = two();
    cut(rufino, 'Que nadie lave con agua de la mina.');
    meet(nieves, rufino);
    expect(lost(nieves)).toEqual(['Que nadie lave con agua de la mina.']);
    expect(lost(rufino)).toEqual([]);
  });

  it('are put back where they stood, and then lie there no more', () => {
    const { nieves, rufino } = two();
    cut(rufino, 'agua limpia. ');
    rufino.select(0);
    rufino.type('Todas: ');
    meet(nieves, rufino);
    const [piece] = nieves.tray.list();
    expect(nieves.tray.take(piece!.id)).toEqual({ at: 'Todas: Pedimos '.length, words: 'agua limpia. ' });
    expect(lost(nieves)).toEqual([]);
  });

  it('are one piece, even when they went letter by letter, and had been written in several goes', () => {
    const nieves = watched(desk(1));
    nieves.type('agua fría');
    nieves.select(5);
    nieves.type('muy ');
    const rufino = desk(2);
    meet(nieves, rufino);
    while (rufino.text.length > 0) {
      rufino.select(rufino.text.length - 1, rufino.text.length);
      rufino.type('');
      meet(nieves, rufino);
    }
    expect(lost(nieves)).toEqual(['agua muy fría']);
  });

  it('are not lost when one took them away oneself, when they were only moved, or when a letter was corrected', () => {
    const { nieves, rufino } = two();
    cut(nieves, 'agua limpia');
    meet(nieves, rufino);
    const sentence = 'Que nadie lave con agua de la mina.';
    cut(rufino, sentence);
    rufino.select(0);
    rufino.type(`${sentence} `);
    meet(nieves, rufino);
    rufino.select(0, 1);
    rufino.type('q');
    meet(nieves, rufino);
    expect(lost(nieves)).toEqual([]);
  });

  it('leave the tray when they come back by another way, and when they are let go of', () => {
    const { nieves, rufino } = two();
    cut(rufino, 'agua limpia');
    meet(nieves, rufino);
    expect(lost(nieves)).toEqual(['agua limpia']);
    rufino.select(0);
    rufino.type('agua limpia: ');
    meet(nieves, rufino);
    expect(lost(nieves)).toEqual([]);
    cut(rufino, 'nadie lave');
    meet(nieves, rufino);
    nieves.tray.letGo(nieves.tray.list()[0]!.id);
    expect(lost(nieves)).toEqual([]);
  });

  it('are never lost silently, whatever three phones take away from each other', () => {
    const step = fc.record({
      who: fc.nat(2),
      does: fc.constantFrom('type', 'type', 'cut', 'sync', 'sync'),
      at: fc.nat(200),
      words: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const desks = [1, 2, 3].map((id) => watched(desk(id)));
        const forum = desk(9);
        const written: { by: number; word: string }[] = [];
        const own = new Set<string>();
        for (const { who, does, at, words } of steps) {
          const one = desks[who]!;
          if (does === 'sync') meet(one, forum);
          else if (does === 'type') {
            // Between two words.
            const place = one.words.indexOf(' ', Math.min(at, one.words.length)) + 1;
            const word = `palabra${written.length}x`;
            written.push({ by: who, word });
            one.select(place);
            one.type(`${word} `);
          } else {
            const found = one.words.match(/\S+ /g) ?? [];
            if (found.length === 0) continue;
            const gone = found.slice(at % found.length, (at % found.length) + words);
            for (const { by, word } of written) if (by === who && gone.includes(`${word} `)) own.add(word);
            cut(one, gone.join(''));
          }
        }
        meet(...desks, forum);
        for (const { by, word } of written) {
          if (own.has(word) || forum.words.includes(word)) continue;
          expect(lost(desks[by]!).join(' ')).toContain(word);
        }
      }),
      { numRuns: 200 },
    );
  });
});

it('on a real text: Nieves sees what Rufino took away, and puts it back for all', async () => {
  const forum = await openForum(t.db);
  const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Pedimos: ' });
  const of = async (name: 'nieves' | 'rufino') =>
    ourClient(forum, `draft:${draft.id}`, (await signIn(t.db, world.people[name].id)).cookie);
  const [nieves, rufino] = [await of('nieves'), await of('rufino')];
  await until('both write', () =>
    [nieves, rufino].every((one) => one.state().writer && one.state().link === 'open'),
  );
  nieves.edit(9, 0, 'agua limpia');
  await until('he reads it', () => rufino.text.toString() === 'Pedimos: agua limpia');
  rufino.edit(9, 11, 'nada');
  await until('it is in her tray', () => nieves.state().lost.length === 1);
  expect(rufino.state().lost).toEqual([]);
  expect(nieves.text.toString()).toBe('Pedimos: nada');
  nieves.putBack(nieves.state().lost[0]!.id);
  await until('he reads it again', () => rufino.text.toString().includes('agua limpia'));
  expect(nieves.state().lost).toEqual([]);
});
