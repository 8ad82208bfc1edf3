import { describe, expect, it } from 'vitest';
import { type Actor, anonymous } from '~/server/actor';
import * as policy from '~/server/drafts/policy';
import { can } from '~/server/rule';

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
