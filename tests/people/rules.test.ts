import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cardProblem,
  codeAlphabet,
  conflict,
  deviceOf,
  forEver,
  isTrivial,
  type Role,
  readCode,
  readNumber,
  showCode,
  showNumber,
  withCheckDigit,
} from '~/server/people/rules';

const numbers = fc.integer({ min: 1_000_000, max: 9_999_999 }).map((n) => withCheckDigit(String(n)));

describe('the credential number', () => {
  it('is read as it is shown, with or without the hyphen', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        expect(readNumber(showNumber(number))).toBe(number);
        expect(readNumber(` ${number.slice(0, 2)} ${number.slice(2)} `)).toBe(number);
      }),
    );
  });

  it('notices any one wrong digit', () => {
    fc.assert(
      fc.property(numbers, fc.nat(7), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const wrong = (Number(number[at]) + by) % 10;
        expect(readNumber(number.slice(0, at) + wrong + number.slice(at + 1))).toBeNull();
      }),
    );
  });

  it('notices two neighbours changed over', () => {
    fc.assert(
      fc.property(numbers, fc.nat(6), (number, at) => {
        fc.pre(number[at] !== number[at + 1]);
        const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
        expect(readNumber(swapped)).toBeNull();
      }),
    );
  });

  it.each(['', '1234', 'abcd-efgh', '00000000', '123456789', '١٢٣٤٥٦٧٨'])('is not %j', (typed) => {
    expect(readNumber(typed)).toBeNull();
  });
});

describe('a card code', () => {
  const codes = fc
    .array(fc.constantFrom(...codeAlphabet), { minLength: 12, maxLength: 12 })
    .map((letters) => letters.join(''));

  it('is read as it is printed, in small letters, with blanks, with O for 0 and I or L for 1', () => {
    fc.assert(
      fc.property(codes, fc.constantFrom('I', 'l', 'i', 'L'), (code, one) => {
        expect(readCode(showCode(code))).toBe(code);
        expect(readCode(` ${showCode(code).toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
        expect(readCode(code.replaceAll('0', 'o').replaceAll('1', one))).toBe(code);
      }),
    );
  });

  it.each(['', 'ABCD', 'ABCD-EFGH-JKMU', 'ABCD-EFGH-JKMNP', '<script>abc', '🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂'])(
    'is not %j',
    (typed) => {
      expect(readCode(typed)).toBeNull();
    },
  );
});

describe('what a card opens', () => {
  const now = new Date('2026-11-23T15:00:00Z');
  const later = new Date('2026-12-20T00:00:00Z');
  const before = new Date('2026-11-20T00:00:00Z');
  const card = (over: object) => ({ expiresAt: later, usedAt: null, revokedAt: null, ...over });
  it.each([
    ['a new one', card({}), false, null],
    ['none', null, false, 'people.card_unknown'],
    ['a used one', card({ usedAt: before }), false, 'people.card_used'],
    ['a replaced one', card({ revokedAt: before }), false, 'people.card_revoked'],
    ['an old one', card({ expiresAt: before }), false, 'people.card_expired'],
    ['one in its last moment', card({ expiresAt: now }), false, 'people.card_expired'],
    ['a fixed one in the demo', card({ expiresAt: forEver }), true, null],
    ['a fixed one in the demo, again', card({ expiresAt: forEver, usedAt: before }), true, null],
    ['a fixed one elsewhere', card({ expiresAt: forEver }), false, 'people.card_expired'],
    ['an ordinary used one in the demo', card({ usedAt: before }), true, 'people.card_used'],
    ['an ordinary old one in the demo', card({ expiresAt: before }), true, 'people.card_expired'],
  ])('%s', (_name, given, demo, problem) => {
    expect(cardProblem(given, demo, now)).toBe(problem);
  });
});

describe('a passphrase', () => {
  const sabina = { number: '12345672', name: 'Sabina Quispe' };
  it.each([
    '12345678',
    '987654321',
    'aaaaaaaaaa',
    'abababab',
    'qwertyui',
    '1234-5672',
    '12345672!',
    'Sabina Quispe',
    'quispe sabina',
    'SABINA2026',
    'contraseña',
    'password1',
    'frente unido',
  ])('is too easy: %s', (words) => {
    expect(isTrivial(words, sabina)).toBe(true);
  });
  it.each([
    'oro agua mujer',
    'el quimbalete de mi abuela',
    'pallaqueo1',
    'Sabina va a la cancha',
    'ñandú ñandú rojo',
    '🌾⛏️🌄🐑💧🔥🎶🌙',
    '!@#$%&*()',
    'k7-Tz.9q',
  ])('is hers to choose: %s', (words) => {
    expect(isTrivial(words, sabina)).toBe(false);
  });
});

describe('roles that may not meet in one person (R-79)', () => {
  const table: [string, Role[], Role, string | null][] = [
    ['nothing yet', [], 'admin', null],
    ['a member', ['member'], 'admin', null],
    ['a writer', ['member', 'writer'], 'editor', null],
    ['a delegate', ['member', 'delegate'], 'forumSecretary', null],
    ['an officer', ['member', 'officer'], 'editor', null],
    ['an officer', ['member', 'officer'], 'forumSecretary', null],
    ['the secretary', ['secretary'], 'officer', null],
    ['an editor', ['editor'], 'credentials', null],
    ['a credentials person', ['credentials'], 'member', null],
    ['a credentials person', ['credentials'], 'delegate', null],
    ['an admin', ['admin'], 'member', null],
    ['an officer', ['officer'], 'admin', 'people.conflict_admin'],
    ['a secretary', ['secretary'], 'admin', 'people.conflict_admin'],
    ['an editor', ['editor'], 'admin', 'people.conflict_admin'],
    ['the forum secretary', ['forumSecretary'], 'admin', 'people.conflict_admin'],
    ['an admin', ['admin'], 'credentials', 'people.conflict_admin'],
    ['an admin', ['admin'], 'officer', 'people.conflict_admin'],
    ['an admin', ['admin'], 'secretary', 'people.conflict_admin'],
    ['an officer', ['officer'], 'credentials', 'people.conflict_credentials'],
    ['a secretary', ['secretary'], 'credentials', 'people.conflict_credentials'],
    ['a credentials person', ['credentials'], 'officer', 'people.conflict_credentials'],
    ['a credentials person', ['credentials'], 'secretary', 'people.conflict_credentials'],
    ['a member', ['member'], 'liaison', 'people.conflict_liaison'],
    ['a reader', ['reader'], 'liaison', 'people.conflict_liaison'],
    ['an editor', ['editor'], 'liaison', 'people.conflict_liaison'],
    ['an admin', ['admin'], 'liaison', 'people.conflict_liaison'],
    ['a liaison', ['liaison'], 'member', 'people.conflict_liaison'],
    ['a liaison', ['liaison'], 'delegate', 'people.conflict_liaison'],
    ['a liaison', ['liaison'], 'coordinator', 'people.conflict_liaison'],
    ['a liaison', ['liaison'], 'credentials', 'people.conflict_liaison'],
  ];
  it.each(table)('%s %j as %s', (_who, held, wanted, verdict) => {
    expect(conflict(new Set(held), wanted)).toBe(verdict);
  });

  it('is the same in whichever order the roles are given', () => {
    const all: Role[] = [
      'admin',
      'forumSecretary',
      'credentials',
      'editor',
      'liaison',
      'member',
      'officer',
      'secretary',
      'delegate',
      'coordinator',
      'writer',
      'reader',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom(...all), (one, other) => {
        expect(conflict(new Set([one]), other)).toBe(conflict(new Set([other]), one));
      }),
    );
  });
});

describe('a device in coarse words', () => {
  it.each([
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/127.0.0.0 Mobile Safari/537.36',
      'phone/Android/Chrome',
    ],
    [
      'Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 Chrome/127.0.0.0 Safari/537.36',
      'tablet/Android/Chrome',
    ],
    [
      'Mozilla/5.0 (Linux; Android 12) SamsungBrowser/22.0 Chrome/111.0 Mobile Safari/537.36',
      'phone/Android/Samsung',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1',
      'phone/iPhone/Safari',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0',
      'computer/Windows/Edge',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'computer/Linux/Firefox'],
    ['curl/8.4', 'unknown//'],
    ['', 'unknown//'],
  ])('%s', (agent, device) => {
    expect(deviceOf(agent)).toBe(device);
  });
});
