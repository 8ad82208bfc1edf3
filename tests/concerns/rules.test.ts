import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterwards, answerWithin, appealWithin, standingOf } from '~/server/concerns/rules/appeals';
import { boardOf } from '~/server/concerns/rules/board';
import {
  alikeFrom,
  almostFrom,
  closeness,
  paired,
  sharedWords,
  staying,
} from '~/server/concerns/rules/likeness';
import { dayAfter, daysBetween } from '~/server/day';

describe('how long one may ask, and how long the committee has', () => {
  type Asked = Parameters<typeof standingOf>[1];
  const asked = (day: string, state: NonNullable<Asked>['state'] = 'waiting'): Asked => ({ day, state });
  it.each<[string, string, Asked, string, ReturnType<typeof standingOf>]>([
    ['on the day itself', '2026-11-01', null, '2026-11-01', { state: 'open', by: '2026-12-01' }],
    ['on the last day, whole', '2026-11-01', null, '2026-12-01', { state: 'open', by: '2026-12-01' }],
    ['the day behind it', '2026-11-01', null, '2026-12-02', { state: 'late', by: '2026-12-01' }],
    ['over the turn of a year', '2026-12-20', null, '2027-01-19', { state: 'open', by: '2027-01-19' }],
    ['over the 29th of February', '2028-02-10', null, '2028-03-11', { state: 'open', by: '2028-03-11' }],
    ['asked today', '2026-11-01', asked('2026-11-10'), '2026-11-10', { state: 'waiting', by: '2026-11-25' }],
    [
      'on its last day',
      '2026-11-01',
      asked('2026-11-10'),
      '2026-11-25',
      { state: 'waiting', by: '2026-11-25' },
    ],
    [
      'nobody answered',
      '2026-11-01',
      asked('2026-11-10'),
      '2026-11-26',
      { state: 'overdue', by: '2026-11-25' },
    ],
    [
      'asked in time, and the time to ask is over since',
      '2026-11-01',
      asked('2026-12-01'),
      '2026-12-10',
      { state: 'waiting', by: '2026-12-16' },
    ],
    [
      'answered yes',
      '2026-11-01',
      asked('2026-11-10', 'upheld'),
      '2027-05-01',
      { state: 'upheld', by: '2026-11-25' },
    ],
    [
      'answered no',
      '2026-11-01',
      asked('2026-11-10', 'refused'),
      '2027-05-01',
      { state: 'refused', by: '2026-11-25' },
    ],
    [
      'come about',
      '2026-11-01',
      asked('2026-11-10', 'met'),
      '2026-11-12',
      { state: 'met', by: '2026-11-25' },
    ],
  ])('%s', (_what, setAside, appeal, today, standing) => {
    expect(standingOf(setAside, appeal, today)).toEqual(standing);
  });

  it('counts whole days, whatever the month', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), (date, n) => {
        const from = date.toJSON().slice(0, 10);
        expect(daysBetween(from, dayAfter(from, n))).toBe(n);
        const expected = n <= appealWithin ? 'open' : 'late';
        expect(standingOf(from, null, dayAfter(from, n)).state).toBe(expected);
        const due = n <= answerWithin ? 'waiting' : 'overdue';
        expect(standingOf(from, asked(from), dayAfter(from, n)).state).toBe(due);
      }),
    );
  });

  it('brings what is looked at again back to the debate that holds it, else among those received', () => {
    expect([afterwards(true), afterwards(false)]).toEqual(['en_debate', 'recibida']);
  });
});

describe('what two have in common', () => {
  it.each<[string, string, string[]]>([
    ['Lavamos con agua de la mina.', 'El agua de la MINA está sucia.', ['agua', 'mina']],
    [
      'La pallaquera no figura en el padrón.',
      'A las pallaqueras nos falta padrón.',
      ['pallaquera', 'padrón'],
    ],
    ['Falta el TRÁMITE.', 'Los trámites son caros.', ['trámite']],
    ['Para todas, como siempre, pero sin nada.', 'Como todas, siempre para nada.', []],
    ['Oro, oro y más oro.', 'Plata.', []],
    ['', 'agua', []],
  ])('«%s» and «%s»', (one, other, words) => expect(sharedWords(one, other)).toEqual(words));

  it('names at most as many words as are asked for, each once', () => {
    const words = 'minas vetas bocas aguas piedras plantas caminos minas vetas';
    expect(sharedWords(words, words, 3)).toEqual(['minas', 'vetas', 'bocas']);
  });

  it('says «almost the same» only where it nearly is', () => {
    expect([alikeFrom, almostFrom - 0.01, almostFrom, 1].map(closeness)).toEqual([
      'alike',
      'alike',
      'almost',
      'almost',
    ]);
  });

  it('is one pair from either side', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (a, b) => {
        expect(paired(a, b)).toEqual(paired(b, a));
      }),
    );
  });
});

describe('who walks on in a group', () => {
  it.each<[string, string[], string[], string[]]>([
    ['one of three goes', ['a', 'b', 'c'], ['b'], ['a', 'c']],
    ['one of two goes: nobody walks alone in a group', ['a', 'b'], ['a'], []],
    ['all go', ['a', 'b', 'c'], ['a', 'b', 'c'], []],
    ['somebody goes who was not in it', ['a', 'b'], ['x'], ['a', 'b']],
  ])('%s', (_what, members, leaving, left) => expect(staying(members, leaving)).toEqual(left));
});

describe('the board', () => {
  it('is the whole, and a row for each key, the fullest first', () => {
    const board = boardOf([
      { key: null, state: 'recibida', n: 2 },
      { key: null, state: 'recogida', n: 1 },
      { key: 'salud', state: 'recibida', n: 1 },
      { key: 'agua', state: 'recibida', n: 2 },
      { key: 'agua', state: 'recogida', n: 1 },
    ]);
    expect(board).toMatchObject({ total: 3, recibida: 2, recogida: 1, en_debate: 0, no_recogida: 0 });
    expect(board.rows.map(({ key, total }) => [key, total])).toEqual([
      ['agua', 3],
      ['salud', 1],
    ]);
  });
  it('of nothing is nothing', () => expect(boardOf([])).toMatchObject({ total: 0, rows: [] }));
});
