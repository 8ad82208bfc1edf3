import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { founded, meetingOf, type Plan, signaturesOf, weigh, writeSaid } from '~/app/_room/meeting';
import { newCode, signWith } from '~/app/_room/protocol/keys';
import { newcomer, settings, type Woman, woman } from '~/tests/support/rooms';

const [luna, cerro, quena, sombra] = ['Luna', 'Cerro', 'Quena', 'Sombra'].map(woman) as [
  Woman,
  Woman,
  Woman,
  Woman,
];
const here = (one: Woman, by = one) => ({ by: by.sign, body: writeSaid({ kind: 'here', ...newcomer(one) }) });
const drawn = (by: Woman, founders: Woman[], change: Partial<Plan> = {}) => ({
  by: by.sign,
  body: writeSaid({
    kind: 'plan',
    room: 'b2'.repeat(16),
    title: 'Las de arriba',
    founders: founders.map(newcomer),
    settings,
    boxes: [0, 1, 2].map(() => new Uint8Array(80)),
    ...change,
  }),
});
const signed = (by: Woman, with_: Woman = by) => {
  const signature = signWith(with_.keys, new Uint8Array([1]));
  return { by: by.sign, body: writeSaid({ kind: 'signed', signatures: [signature, signature] }) };
};
const three = [here(luna), here(cerro), here(quena)];
const plan = drawn(luna, [luna, cerro, quena]);
const names = (all: Parameters<typeof weigh>[0]) => weigh(all).here.map(({ name }) => name);

describe('who is at the place where three women meet', () => {
  it.each([
    ['the three, in the order in which they came', three, ['Luna', 'Cerro', 'Quena'], false],
    ['once who says twice that she is there', [here(luna), here(luna)], ['Luna'], false],
    ['not who brings another’s keys', [here(luna), here(quena, sombra)], ['Luna'], false],
    ['not a second of the same name', [here(luna), here({ ...sombra, name: 'Luna' })], ['Luna'], false],
    ['and a fourth is told to all', [...three, here(sombra)], ['Luna', 'Cerro', 'Quena'], true],
  ])('%s', (_, all, who, crowded) => {
    expect([names(all), weigh(all).crowded]).toEqual([who, crowded]);
  });
});

describe('a room is drawn', () => {
  const same = (given: Plan | null) => given?.title ?? null;
  it.each([
    ['by who came first, of the three that are there', [...three, plan], 'Las de arriba'],
    [
      'once: the first stands',
      [...three, plan, drawn(luna, [luna, cerro, quena], { title: 'Otra' })],
      'Las de arriba',
    ],
    ['not before all three are there', [here(luna), here(cerro), plan], null],
    ['not by the second', [...three, drawn(cerro, [luna, cerro, quena])], null],
    ['not by who is not there', [...three, drawn(sombra, [luna, cerro, quena])], null],
    ['not with another in somebody’s place', [...three, drawn(luna, [luna, cerro, sombra])], null],
    [
      'not with another name for the same keys',
      [...three, drawn(luna, [luna, cerro, { ...quena, name: 'Q' }])],
      null,
    ],
    ['not with a key for two only', [...three, drawn(luna, [luna, cerro, quena], { boxes: [] })], null],
  ])('%s', (_, all, title) => {
    expect(same(weigh(all).plan)).toBe(title);
  });
});

describe('it is signed', () => {
  it('by the three, after it was drawn, each for herself', () => {
    const all = [signed(luna), ...three, plan, signed(luna), signed(cerro, sombra), signed(sombra)];
    const meeting = weigh(all);
    expect([...meeting.signed.keys()]).toEqual([luna.sign, cerro.sign]);
    // Sombra's signature under Cerro's name is none.
    expect(signaturesOf(meeting, 0, new Uint8Array([1])).map(({ by }) => by)).toEqual([luna.sign]);
    expect(signaturesOf(meeting, 0, new Uint8Array([2]))).toEqual([]);
  });
  it('and who says that she has the room must be one of them', () => {
    const inside = (one: Woman) => ({ by: one.sign, body: writeSaid({ kind: 'in' }) });
    expect([...weigh([...three, plan, inside(cerro), inside(sombra)]).inside]).toEqual([cerro.sign]);
  });
});

it('no bytes and no order of them make a plan of others than those who are there', () => {
  const some = fc.constantFrom(
    ...three,
    here(sombra),
    plan,
    drawn(sombra, [luna, cerro, sombra]),
    drawn(cerro, [cerro, luna, sombra]),
    signed(luna),
    signed(sombra),
  );
  const garbage = fc.record({
    by: fc.constantFrom(luna.sign, sombra.sign),
    body: fc.uint8Array({ maxLength: 300 }),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: some }, garbage), { maxLength: 14 }), (all) => {
      const meeting = weigh(all);
      expect(meeting.here.length).toBeLessThanOrEqual(3);
      expect(new Set(meeting.here.map(({ name }) => name)).size).toBe(meeting.here.length);
      if (!meeting.plan) return;
      expect(meeting.plan.founders.map(({ sign }) => sign)).toEqual(meeting.here.map(({ sign }) => sign));
      expect(founded(meeting.plan).state.members).toHaveLength(3);
    }),
    { numRuns: 300 },
  );
});

it('the same eight words lead to the same place, and others to another', () => {
  const words = newCode();
  const place = meetingOf(words);
  expect(meetingOf(words)).toEqual(place);
  expect(meetingOf(newCode()).room).not.toBe(place.room);
});
