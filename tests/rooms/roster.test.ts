import { describe, expect, it } from 'vitest';
import type { Act } from '~/app/_room/protocol/events';
import { readEvent, writeEvent } from '~/app/_room/protocol/events';
import { isMember, isSteward, ledBy } from '~/app/_room/protocol/roster';
import { readState, type State, writeState } from '~/app/_room/protocol/state';
import {
  follow,
  foundedBy,
  id,
  judged,
  knockOf,
  newcomer,
  rotated,
  settings,
  signedBy,
  type Woman,
  woman,
} from '~/tests/support/rooms';

const [ana, berta, celia, dora, elsa] = ['Luna', 'Cerro', 'Quena', 'Río', 'Tuna'].map(woman) as [
  Woman,
  Woman,
  Woman,
  Woman,
  Woman,
];
const founded = foundedBy([ana, berta, celia]);
const meant = (one: Woman, by: Woman, kind: 'vouched' | 'confirmed'): Act => ({
  kind,
  by: by.sign,
  id: id(1),
  sign: one.sign,
  seal: one.seal,
});
const invited = follow(founded, { kind: 'invited', by: ana.sign, id: id(1), key: id(9) }, [ana]);
const knocked = follow(invited, knockOf(dora, ana, id(1)), [ana]);
const vouchedOnce = follow(knocked, meant(dora, ana, 'vouched'), [ana]);
const vouched = follow(vouchedOnce, meant(dora, berta, 'vouched'), [berta]);
const confirmed = follow(vouched, meant(dora, celia, 'confirmed'), [celia]);
const joined = follow(confirmed, rotated(confirmed), [ana, celia]);
const removed = follow(joined, { kind: 'removed', target: dora.sign, lapses: [ana.sign] }, [berta, celia]);
const frozen = follow(joined, { kind: 'frozen', by: ana.sign, turn: 2 }, [ana]);

describe('a room is founded', () => {
  it('by three women, who are its members and its stewards', () => {
    expect(founded.members).toHaveLength(3);
    expect(founded.stewards).toEqual([ana.sign, berta.sign, celia.sign].sort());
  });
  const act = (...women: Woman[]): Act => ({ kind: 'founded', founders: women.map(newcomer), settings });
  it.each([
    ['two women', act(ana, berta), [ana, berta], 'not_allowed'],
    ['one woman three times', act(ana, ana, ana), [ana], 'not_allowed'],
    ['three, of whom one has not signed', act(ana, berta, celia), [ana, berta], 'not_signed'],
  ] as const)('not by %s', (_, given, signers, verdict) => {
    expect(judged(null, signedBy(null, given, [...signers]))).toBe(verdict);
  });
});

describe('an invite is taken back', () => {
  const by = (one: Woman): Act => ({ kind: 'withdrawn', by: one.sign, id: id(1) });
  it.each([
    ['by who gave it', invited, ana],
    ['with the knock at it, by a steward', knocked, celia],
    ['after two have vouched', vouched, berta],
  ] as const)('%s', (_, state, who) => {
    expect(follow(state, by(who), [who]).invites).toEqual([]);
  });
  const joinedAndInvited = follow(joined, { kind: 'invited', by: ana.sign, id: id(1), key: id(9) }, [ana]);
  it.each([
    ['one that is none', founded, ana, [ana], 'unknown_invite'],
    ['another’s, by who is no steward', joinedAndInvited, dora, [dora], 'not_steward'],
    ['of who was confirmed', confirmed, ana, [ana], 'already'],
    ['in another’s name', invited, ana, [berta], 'not_signed'],
  ] as const)('not %s', (_, state, who, signers, verdict) => {
    expect(judged(state, signedBy(state, by(who), [...signers]))).toBe(verdict);
  });
});

describe('a woman comes in', () => {
  it('when two vouched, one not the inviter, a third confirmed and the key was changed', () => {
    expect([vouched, confirmed].map((state) => isMember(state, dora.sign))).toEqual([false, false]);
    expect(isMember(joined, dora.sign)).toBe(true);
    expect([joined.epoch, joined.invites]).toEqual([2, []]);
  });

  const cases: [string, State, Act, Woman[], string][] = [
    [
      'no invite by a stranger',
      founded,
      { kind: 'invited', by: dora.sign, id: id(2), key: id(9) },
      [dora],
      'not_member',
    ],
    [
      'no invite in the name of another',
      founded,
      { kind: 'invited', by: ana.sign, id: id(2), key: id(9) },
      [berta],
      'not_signed',
    ],
    ['no knock without an invite', founded, knockOf(dora, ana, id(7)), [ana], 'unknown_invite'],
    ['no second knock at one invite', knocked, knockOf(elsa, ana, id(1)), [ana], 'already'],
    [
      'no knock that she has not signed herself',
      invited,
      { ...knockOf(dora, ana, id(1)), sign: elsa.sign } as Act,
      [ana, elsa],
      'not_signed',
    ],
    [
      'no knock with a member’s name',
      invited,
      knockOf({ ...dora, name: ana.name }, ana, id(1)),
      [ana],
      'not_allowed',
    ],
    ['no vouching by herself', knocked, meant(dora, dora, 'vouched'), [dora], 'not_member'],
    ['no vouching twice by one', vouchedOnce, meant(dora, ana, 'vouched'), [ana], 'already'],
    ['no vouching in the name of another', vouchedOnce, meant(dora, berta, 'vouched'), [ana], 'not_signed'],
    [
      'no vouching for other keys than hers',
      knocked,
      { kind: 'vouched', by: ana.sign, id: id(1), sign: dora.sign, seal: elsa.seal },
      [ana],
      'other_keys',
    ],
    ['no confirming after one voucher', vouchedOnce, meant(dora, celia, 'confirmed'), [celia], 'not_vouched'],
    ['no confirming by a voucher', vouched, meant(dora, berta, 'confirmed'), [berta], 'own_voucher'],
    ['no confirming twice', confirmed, meant(dora, celia, 'confirmed'), [celia], 'already'],
    ['no rotation by one steward', confirmed, rotated(confirmed), [celia], 'two_stewards'],
    ['no rotation signed twice by one', confirmed, rotated(confirmed), [celia, celia], 'two_stewards'],
    [
      'no rotation that skips an epoch',
      confirmed,
      { ...rotated(confirmed), epoch: 3 } as Act,
      [ana, celia],
      'wrong_turn',
    ],
    [
      'no rotation with other stewards',
      confirmed,
      { ...rotated(confirmed), stewards: [ana.sign, dora.sign].sort() } as Act,
      [ana, celia],
      'not_this_roster',
    ],
    [
      'no second founding',
      founded,
      { kind: 'founded', founders: [dora, elsa, ana].map(newcomer), settings },
      [dora, elsa, ana],
      'not_allowed',
    ],
  ];
  it.each(cases)('%s', (name, state, act, women, verdict) => {
    const expected = name === 'no second founding' ? 'already_founded' : verdict;
    expect(judged(state, signedBy(state, act, women))).toBe(expected);
  });

  it('no confirming by a member who is no steward', () => {
    const once = follow(joined, { kind: 'invited', by: ana.sign, id: id(1), key: id(9) }, [ana]);
    const knock = follow(once, knockOf(elsa, ana, id(1)), [ana]);
    const two = follow(follow(knock, meant(elsa, ana, 'vouched'), [ana]), meant(elsa, berta, 'vouched'), [
      berta,
    ]);
    expect(judged(two, signedBy(two, meant(elsa, dora, 'confirmed'), [dora]))).toBe('not_steward');
  });
  it('a sixth vouching in one term counts no more', () => {
    const tired = { ...knocked, members: knocked.members.map((one) => ({ ...one, vouches: 0 })) };
    expect(judged(tired, signedBy(tired, meant(dora, ana, 'vouched'), [ana]))).toBe('limit');
  });
});

describe('a woman goes out', () => {
  it('removed by two stewards: at once no member, and nothing is written until the key is changed', () => {
    expect(isMember(removed, dora.sign)).toBe(false);
    expect(removed.dirty).toBe(true);
    expect(removed.members.find(({ sign }) => sign === ana.sign)!.vouches).toBe(0);
    expect(follow(removed, rotated(removed), [berta, celia]).dirty).toBe(false);
  });
  it('and what she had confirmed falls with those who vouched', () => {
    const gone = follow(confirmed, { kind: 'removed', target: ana.sign, lapses: [] }, [berta, celia]);
    expect(gone.invites).toEqual([]);
    const rotation = follow(gone, rotated(gone), [berta, celia]);
    expect(isMember(rotation, dora.sign)).toBe(false);
  });
  it('so too where a voucher who did not invite her goes; her word is heard no more', () => {
    const gone = follow(confirmed, { kind: 'removed', target: berta.sign, lapses: [] }, [ana, celia]);
    expect(gone.invites[0]).toMatchObject({ confirmed: false, vouchers: [ana.sign] });
    const rotation = follow(gone, rotated(gone), [ana, celia]);
    expect(isMember(rotation, dora.sign)).toBe(false);
  });
  it.each([
    ['by one steward', { kind: 'removed', target: dora.sign, lapses: [] }, [ana], 'two_stewards'],
    [
      'by a steward and a member',
      { kind: 'removed', target: ana.sign, lapses: [] },
      [berta, dora],
      'two_stewards',
    ],
    [
      'by a steward and whom it is about',
      { kind: 'removed', target: ana.sign, lapses: [] },
      [berta, ana],
      'two_stewards',
    ],
    ['by nobody else in her name', { kind: 'left', by: dora.sign }, [ana], 'not_signed'],
  ] as [string, Act, Woman[], string][])('not %s', (_, act, women, verdict) => {
    expect(judged(joined, signedBy(joined, act, women))).toBe(verdict);
  });
  it('by herself, without a word', () => {
    const left = follow(joined, { kind: 'left', by: dora.sign }, [dora]);
    expect([isMember(left, dora.sign), left.dirty]).toEqual([false, true]);
  });
});

describe('stewards', () => {
  const four = follow(joined, { kind: 'chosen', target: dora.sign }, [ana, berta]);
  it('are chosen and released by two', () => {
    expect(isSteward(four, dora.sign)).toBe(true);
    expect(follow(four, { kind: 'released', target: ana.sign }, [berta, celia]).stewards).toHaveLength(3);
  });
  it.each([
    ['nobody is chosen by one', joined, { kind: 'chosen', target: dora.sign }, [ana], 'two_stewards'],
    ['no stranger is chosen', joined, { kind: 'chosen', target: elsa.sign }, [ana, berta], 'not_member'],
    [
      'there are never fewer than three',
      joined,
      { kind: 'released', target: ana.sign },
      [ana, berta],
      'too_few_stewards',
    ],
    ['one alone does not unfreeze', frozen, { kind: 'unfrozen', turn: 3 }, [ana], 'two_stewards'],
    ['a member does not freeze', joined, { kind: 'frozen', by: dora.sign, turn: 2 }, [dora], 'not_steward'],
    ['an order is not given twice', joined, { kind: 'frozen', by: ana.sign, turn: 1 }, [ana], 'wrong_turn'],
    [
      'nobody is invited while frozen',
      frozen,
      { kind: 'invited', by: ana.sign, id: id(2), key: id(9) },
      [ana],
      'frozen',
    ],
    [
      'one alone settles nothing',
      joined,
      { kind: 'settled', settings: { ...settings, retentionDays: 1 } },
      [ana],
      'two_stewards',
    ],
    [
      'a term does not come back',
      { ...joined, settings: { ...settings, term: 2 } },
      { kind: 'settled', settings },
      [ana, berta],
      'not_allowed',
    ],
    [
      'two of four are no two thirds',
      joined,
      { kind: 'succeeded', turn: 2, stewards: [ana.sign, dora.sign].sort() },
      [ana, dora],
      'not_signed',
    ],
    [
      'strangers are no members',
      joined,
      { kind: 'succeeded', turn: 2, stewards: [ana.sign, dora.sign].sort() },
      [dora, elsa, ana],
      'not_signed',
    ],
  ] as [string, State, Act, Woman[], string][])('%s', (_, state, act, women, verdict) => {
    expect(judged(state, signedBy(state, act, women))).toBe(verdict);
  });
  it('frozen, a room still removes and changes its key; two open it again', () => {
    const out = follow(frozen, { kind: 'removed', target: dora.sign, lapses: [] }, [berta, celia]);
    const next = follow(out, rotated(out), [berta, celia]);
    expect(follow(next, { kind: 'unfrozen', turn: 4 }, [ana, berta]).frozen).toBe(false);
  });
  it('that are lost or bought are replaced by two thirds of the members, when those who follow change the key', () => {
    const heirs = [celia.sign, dora.sign].sort();
    const asked = follow(joined, { kind: 'succeeded', turn: 2, stewards: heirs }, [dora, celia, berta]);
    expect([asked.stewards, asked.successors, asked.dirty]).toEqual([joined.stewards, heirs, false]);
    const theirs = rotated(ledBy(asked, heirs));
    expect(judged(asked, signedBy(asked, theirs, [dora, ana]))).toBe('two_stewards');
    expect(follow(asked, theirs, [dora, celia])).toMatchObject({ stewards: heirs, successors: [], epoch: 3 });
    // Nobody takes them over whom nobody has asked for.
    expect(judged(joined, signedBy(joined, rotated({ ...joined, stewards: heirs }), [dora, celia]))).toBe(
      'two_stewards',
    );
  });
  it('that are there all the same answer by changing the key: then they stay', () => {
    const heirs = [celia.sign, dora.sign].sort();
    const asked = follow(joined, { kind: 'succeeded', turn: 2, stewards: heirs }, [dora, celia, berta]);
    expect(follow(asked, rotated(asked), [ana, berta])).toMatchObject({
      stewards: joined.stewards,
      successors: [],
    });
    // Who goes out follows nobody, and one alone is nobody’s successor.
    const gone = follow(asked, { kind: 'removed', target: dora.sign, lapses: [] }, [ana, berta]);
    expect(gone.successors).toEqual([]);
  });
});

describe('the log', () => {
  it('refuses what was said at another place: replayed, late, or on another branch', () => {
    const late = signedBy(founded, { kind: 'invited', by: berta.sign, id: id(2), key: id(9) }, [berta]);
    expect(judged(founded, late)).toBeTypeOf('object');
    expect(judged(invited, late)).toBe('not_next');
  });
  it('is read back as it was written, and the state with it', () => {
    const event = signedBy(invited, knockOf(dora, ana, id(1)), [ana]);
    expect(readEvent(writeEvent(event))).toEqual(event);
    for (const state of [founded, knocked, vouched, joined, removed])
      expect(readState(writeState(state))).toEqual(state);
  });
});
