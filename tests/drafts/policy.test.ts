import { describe, expect, it } from 'vitest';
import { type Actor, anonymous } from '~/server/actor';
import * as policy from '~/server/drafts/policy';
import { can } from '~/server/rule';
import type { Attribution } from '~/server/spaces/policy';

const mesa = { id: 'mesa', kind: 'table', private: false, associationId: null, closed: false } as const;
const closedMesa = { ...mesa, closed: true };
const casa = {
  id: 'casa',
  kind: 'association',
  private: true,
  associationId: 'flor',
  closed: false,
} as const;
const review = { id: 'review', kind: 'review', private: false, associationId: null, closed: false } as const;

const person = (personId: string, over: Partial<Actor> = {}): Actor => ({ ...anonymous, personId, ...over });
const inMesa = (role: 'coordinator' | 'writer' | 'reader') => new Map([['mesa', role] as const]);
const people = {
  anonymous,
  mery: person('mery', { spaces: inMesa('coordinator') }),
  nieves: person('nieves', { spaces: inMesa('writer') }),
  hilario: person('hilario', { spaces: inMesa('reader') }),
  sabina: person('sabina', { associations: new Map([['flor', new Set(['member' as const])]]) }),
  elvira: person('elvira', {
    associations: new Map([['flor', new Set(['member' as const, 'officer' as const])]]),
  }),
  rufino: person('rufino', { associations: new Map([['vetas', new Set(['delegate' as const])]]) }),
  emilia: person('emilia', { forum: new Set(['editor' as const]) }),
  gloria: person('gloria', { forum: new Set(['forumSecretary' as const]) }),
  carla: person('carla', { forum: new Set(['liaison' as const]) }),
  amador: person('amador', { forum: new Set(['admin' as const]) }),
  // Roles that should not meet in one person do not add up to a right either.
  carlaInMesa: person('carla', { forum: new Set(['liaison' as const]), spaces: inMesa('coordinator') }),
  amadorInMesa: person('amador', { forum: new Set(['admin' as const]), spaces: inMesa('writer') }),
};
type Name = keyof typeof people;
const allowed = <F>(rule: (actor: Actor, facts: F) => boolean, facts: F) =>
  (Object.keys(people) as Name[]).filter((name) => can(rule, people[name], facts));

const members: Name[] = ['mery', 'nieves', 'hilario', 'sabina', 'elvira', 'rufino', 'emilia', 'gloria'];
const open = { space: mesa, state: 'open' } as const;
const closed = { space: mesa, state: 'closed' } as const;

describe('who may read a draft', () => {
  it.each<[string, policy.DraftFacts, Name[]]>([
    ['of an open table: every signed-in member, no liaison, not who runs the machine', open, members],
    ['that is closed: the same', closed, members],
    ['of a table that is closed: the same', { ...open, space: closedMesa }, members],
    ['of Flor de Cuarzo: those of the base', { ...open, space: casa }, ['sabina', 'elvira']],
  ])('%s', (_what, facts, who) => expect(allowed(policy.read, facts)).toEqual(who));

  it('is also who finds the list of drafts', () => {
    expect(allowed(policy.list, null)).toEqual(members);
  });
});

describe('who may write in a draft, name it, link its concerns', () => {
  it.each<[string, policy.DraftFacts, Name[]]>([
    ['of an open table: its coordinator and writers', open, ['mery', 'nieves']],
    ['that is closed: nobody', closed, []],
    ['of a table that is closed: nobody', { ...open, space: closedMesa }, []],
    ['of Flor de Cuarzo: its people', { ...open, space: casa }, ['sabina', 'elvira']],
  ])('%s', (_what, facts, who) => expect(allowed(policy.edit, facts)).toEqual(who));
});

describe('who may begin a draft', () => {
  it.each<[string, policy.HomeFacts, Name[]]>([
    ['at an open table', { space: mesa }, ['mery', 'nieves']],
    ['at a closed table', { space: closedMesa }, []],
    ['in Flor de Cuarzo', { space: casa }, ['sabina', 'elvira']],
    ['at the review desk', { space: review }, []],
  ])('%s', (_what, facts, who) => expect(allowed(policy.create, facts)).toEqual(who));
});

describe('who may close a draft and open it again', () => {
  it.each<[string, policy.DraftFacts, Name[]]>([
    ['at a table: its coordinator', open, ['mery']],
    ['that is closed: the same', closed, ['mery']],
    ['at a closed table: nobody', { ...closed, space: closedMesa }, []],
    ['in Flor de Cuarzo: its officers', { ...open, space: casa }, ['elvira']],
  ])('%s', (_what, facts, who) => expect(allowed(policy.close, facts)).toEqual(who));
});

describe('who may suggest a change in a draft, or say something about its words', () => {
  it.each<[string, policy.DraftFacts, Name[]]>([
    ['of an open table: whoever reads it', open, members],
    ['that is closed: nobody', closed, []],
    ['of a table that is closed: nobody', { ...open, space: closedMesa }, []],
    ['of Flor de Cuarzo: those of the base', { ...open, space: casa }, ['sabina', 'elvira']],
  ])('%s', (_what, facts, who) => expect(allowed(policy.suggest, facts)).toEqual(who));
});

describe('what somebody has put beside a draft', () => {
  const hilarios = { ...open, author: 'hilario' };
  it.each<[string, policy.OwnFacts, Name[]]>([
    ['is taken back by who put it there', hilarios, ['hilario']],
    ['also when the draft is closed by then', { ...hilarios, state: 'closed' }, ['hilario']],
    ['but not by who may no longer read it', { ...hilarios, space: casa }, []],
    ['and by nobody where it is nobody’s', { ...open, author: null }, []],
    ['nor by a liaison, whatever she once put there', { ...open, author: 'carla' }, []],
  ])('%s', (_what, facts, who) => expect(allowed(policy.withdraw, facts)).toEqual(who));

  it.each<[string, policy.OwnFacts, Name[]]>([
    ['is settled by who writes there, and by who said it', hilarios, ['mery', 'nieves', 'hilario']],
    ['by nobody where the draft is closed', { ...hilarios, state: 'closed' }, []],
    ['by those who write where it is nobody’s', { ...open, author: null }, ['mery', 'nieves']],
  ])('%s', (_what, facts, who) => expect(allowed(policy.resolve, facts)).toEqual(who));
});

describe('who may delete a draft for good', () => {
  it.each<[string, policy.DraftFacts, Name[]]>([
    ['at a table: its coordinator, no liaison and not who runs the machine', open, ['mery']],
    ['that is closed: the same', closed, ['mery']],
    ['at a closed table: nobody', { ...open, space: closedMesa }, []],
    ['in Flor de Cuarzo: its officers', { ...open, space: casa }, ['elvira']],
  ])('%s', (_what, facts, who) => expect(allowed(policy.erase, facts)).toEqual(who));
});

describe('how people are told who wrote what', () => {
  const told = (who: Name, attribution: Attribution, space: typeof mesa | typeof casa = mesa, free = false) =>
    policy.attributionFor(people[who], { ...open, space, attribution, free });
  it('is by person to those inside alone, and never more than the space says', () => {
    expect([told('nieves', 'person'), told('hilario', 'person')]).toEqual(['person', 'person']);
    expect([told('rufino', 'person'), told('gloria', 'person')]).toEqual(['base', 'base']);
    expect([told('nieves', 'base'), told('rufino', 'base')]).toEqual(['base', 'base']);
    expect([told('nieves', 'off'), told('rufino', 'off')]).toEqual(['off', 'off']);
    expect(told('sabina', 'person', casa)).toBe('person');
    // In a free base people do not know each other.
    expect(told('sabina', 'person', casa, true)).toBe('base');
  });
});
