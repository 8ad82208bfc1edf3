import { describe, expect, it } from 'vitest';
import { type Actor, anonymous } from '~/server/actor';
import type { BallotFacts } from '~/server/ballots/policy';
import * as policy from '~/server/booths/policy';
import { can } from '~/server/rule';

const person = (over: Partial<Actor> = {}): Actor => ({ ...anonymous, personId: 'p', ...over });
const gloria = person({ forum: new Set(['forumSecretary']) });
const nieves = person();
const amador = person({ forum: new Set(['admin']) });
const carla = person({ forum: new Set(['liaison']) });
const ballot = (over: Partial<BallotFacts> = {}): BallotFacts => ({
  state: 'open',
  urgent: false,
  urgencyConfirmedBy: null,
  preparedBy: null,
  onRoll: true,
  method: 'secret',
  ...over,
});
const booth = (over: Partial<policy.BoothFacts> = {}): policy.BoothFacts => ({
  closed: false,
  ballot: ballot(),
  standsBy: false,
  ...over,
});

describe('a booth', () => {
  it.each([
    ['Gloria, while it is open', gloria, ballot(), true],
    ['Gloria, before', gloria, ballot({ state: 'prepared' }), false],
    ['Gloria, while it is counted', gloria, ballot({ state: 'closing' }), false],
    ['Gloria, of a show of hands', gloria, ballot({ method: 'hands' }), false],
    ['Nieves', nieves, ballot(), false],
    ['the administrator', amador, ballot(), false],
    ['nobody in particular', anonymous, ballot(), false],
  ])('is opened by secretaries: %s', (_name, actor, facts, may) => {
    expect(can(policy.open, actor, facts)).toBe(may);
  });

  it.each([
    ['a secretary', gloria, booth(), true],
    ['who stands by it', nieves, booth({ standsBy: true }), true],
    ['anybody else', nieves, booth(), false],
    ['the administrator', amador, booth(), false],
    ['nobody, whatever the facts say', anonymous, booth({ standsBy: true }), false],
  ])('is seen and closed by %s: %#', (_name, actor, facts, may) => {
    expect(can(policy.read, actor, facts)).toBe(may);
    expect(can(policy.close, actor, facts)).toBe(may);
    expect(can(policy.close, actor, { ...facts, closed: true })).toBe(false);
  });

  it.each([
    ['who stands by it', nieves, true, true],
    ['a secretary, of another', gloria, false, false],
    ['a secretary who was named herself', gloria, true, true],
    ['anybody else', nieves, false, false],
    ['nobody, whatever the facts say', anonymous, true, false],
  ])('is not stood by, in her own word: %s', (_name, actor, standsBy, may) => {
    expect(can(policy.sayAbsent, actor, { standsBy })).toBe(may);
  });

  it.each([
    ['while it is open', {}, false, true],
    ['when its ballot has ended, between two turns', { ballot: ballot({ state: 'closing' }) }, false, false],
    [
      'when its ballot has ended in the middle of a turn',
      { ballot: ballot({ state: 'closing' }) },
      true,
      true,
    ],
    ['when it is closed', { closed: true }, false, false],
    ['when it is closed in the middle of a turn', { closed: true }, true, false],
  ])('shows itself to its tablet %s: %#', (_name, over, begun, may) => {
    expect(can(policy.look, anonymous, { ...booth(over), begun })).toBe(may);
  });

  it('is nobody: its tablet votes for whoever may vote on her own phone', () => {
    const vote = (voter: Actor, over: Partial<policy.BoothFacts> = {}) =>
      can(policy.vote, anonymous, { ...booth(over), voter });
    expect(vote(nieves)).toBe(true);
    expect(vote(nieves, { closed: true })).toBe(false);
    // When she may is the ballot’s state: what had come in is answered after the close too.
    expect(vote(nieves, { ballot: ballot({ state: 'closing' }) })).toBe(true);
    expect(vote(nieves, { ballot: ballot({ method: 'hands' }) })).toBe(false);
    expect(vote(nieves, { ballot: ballot({ onRoll: false }) })).toBe(false);
    expect([vote(amador), vote(carla), vote(anonymous)]).toEqual([false, false, false]);
  });
});
