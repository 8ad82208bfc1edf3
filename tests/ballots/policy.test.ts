import { describe, expect, it } from 'vitest';
import type { Actor, ForumRole } from '~/server/actor';
import { anonymous } from '~/server/actor';
import * as policy from '~/server/ballots/policy';
import { can } from '~/server/rule';

const actor = (personId: string, ...forum: ForumRole[]): Actor => ({
  ...anonymous,
  personId,
  forum: new Set(forum),
});
const gloria = actor('gloria', 'forumSecretary');
const jacinta = actor('jacinta', 'forumSecretary');
const rufino = actor('rufino');
const amador = actor('amador', 'admin');
const carla = actor('carla', 'liaison');
const emilia = actor('emilia', 'editor');
const benita = actor('benita', 'credentials');

const ballot = (over: Partial<policy.BallotFacts> = {}): policy.BallotFacts => ({
  state: 'open',
  urgent: false,
  urgencyConfirmedBy: null,
  preparedBy: 'gloria',
  onRoll: false,
  method: 'secret',
  ...over,
});

describe('casting', () => {
  it.each([
    ['a delegate on the roll', rufino, true, true],
    ['a delegate who is not on it', rufino, false, false],
    ['an editor on the roll', emilia, true, true],
    ['the secretary without a mandate', gloria, false, false],
    ['an administrator, even on the roll', amador, true, false],
    ['a liaison, even on the roll', carla, true, false],
    ['nobody in particular', anonymous, true, false],
  ])('%s', (_who, who, onRoll, allowed) => {
    expect(can(policy.cast, who, ballot({ onRoll }))).toBe(allowed);
  });
});

describe('running a ballot', () => {
  const everybody = { gloria, jacinta, rufino, amador, carla, emilia, benita, anonymous };
  const those = (rule: Parameters<typeof can<policy.BallotFacts>>[0], facts: policy.BallotFacts) =>
    Object.entries(everybody)
      .filter(([, who]) => can(rule, who, facts))
      .map(([name]) => name);

  it('belongs to the secretaries of the forum', () => {
    const prepared = ballot({ state: 'prepared' });
    expect(those(policy.prepare, prepared)).toEqual(['gloria', 'jacinta']);
    expect(those(policy.open, prepared)).toEqual(['gloria', 'jacinta']);
    expect(those(policy.drop, prepared)).toEqual(['gloria', 'jacinta']);
    expect(those(policy.close, ballot())).toEqual(['gloria', 'jacinta']);
  });

  it.each([
    ['open', false, true],
    ['closing', false, true],
    ['closed', false, false],
    ['prepared', true, false],
  ] as const)('%s: to be opened or dropped %s, to be closed %s', (state, opens, closes) => {
    expect(can(policy.open, gloria, ballot({ state }))).toBe(opens);
    expect(can(policy.drop, gloria, ballot({ state }))).toBe(opens);
    expect(can(policy.close, gloria, ballot({ state }))).toBe(closes);
  });

  it('takes two people to make it urgent', () => {
    const urgent = ballot({ state: 'prepared', urgent: true });
    expect(those(policy.confirmUrgency, urgent)).toEqual(['jacinta']);
    expect(those(policy.confirmUrgency, ballot({ state: 'prepared' }))).toEqual([]);
    expect(those(policy.confirmUrgency, { ...urgent, urgencyConfirmedBy: 'jacinta' })).toEqual([]);
    expect(those(policy.confirmUrgency, { ...urgent, state: 'open' })).toEqual([]);
  });
});

describe('reading', () => {
  it.each(['prepared', 'open', 'closing', 'closed'] as const)(
    'what is voted, while %s, is public',
    (state) => {
      expect(can(policy.read, anonymous, ballot({ state }))).toBe(true);
    },
  );
  it.each([
    ['prepared', false],
    ['open', false],
    ['closing', false],
    ['closed', true],
  ] as const)('the result while %s, by anybody at all: %s', (state, allowed) => {
    for (const who of [anonymous, gloria, amador, rufino])
      expect(can(policy.readResult, who, ballot({ state, onRoll: true }))).toBe(allowed);
  });
  it('the names on the roll only after the close, and only for those on it', () => {
    expect(can(policy.readRoll, rufino, ballot({ state: 'closed', onRoll: true }))).toBe(true);
    expect(can(policy.readRoll, rufino, ballot({ state: 'closing', onRoll: true }))).toBe(false);
    expect(can(policy.readRoll, amador, ballot({ state: 'closed' }))).toBe(false);
    expect(can(policy.readRoll, anonymous, ballot({ state: 'closed' }))).toBe(false);
  });
});

describe('the table of a ballot', () => {
  const at = (state: policy.BallotFacts['state'], teller: boolean): policy.TableFacts => ({
    ...ballot({ state }),
    teller,
  });
  const states = ['prepared', 'open', 'closing', 'closed'] as const;
  const when = (rule: typeof policy.countUrn, who: Actor, teller: boolean) =>
    states.filter((state) => can(rule, who, at(state, teller)));

  it.each([
    [
      'a secretary names it, while urns wait too',
      policy.nameTeller,
      gloria,
      false,
      ['prepared', 'open', 'closing'],
    ],
    ['a teller names nobody', policy.nameTeller, rufino, true, []],
    ['a teller gives papers out while it is open', policy.handPaper, rufino, true, ['open']],
    ['a secretary who does not sit there gives none', policy.handPaper, gloria, false, []],
    ['a teller counts after the close', policy.countUrn, rufino, true, ['closing']],
    ['a secretary who does not sit there counts nothing', policy.countUrn, gloria, false, []],
    ['a secretary sets an urn aside', policy.setUrnAside, gloria, false, ['closing']],
    ['not one who counts at it', policy.setUrnAside, gloria, true, []],
    ['a teller sets none aside', policy.setUrnAside, rufino, true, []],
    ['the table reads its page', policy.readTable, rufino, true, [...states]],
    ['so does a secretary', policy.readTable, gloria, false, [...states]],
    ['nobody else does', policy.readTable, benita, false, []],
  ] as const)('%s', (_what, rule, who, teller, expected) => {
    expect(when(rule, who, teller)).toEqual(expected);
  });
});
