import { describe, expect, it } from 'vitest';
import { type Actor, anonymous } from '~/server/actor';
import * as policy from '~/server/amendments/policy';
import * as comments from '~/server/comments/policy';

const nieves: Actor = {
  ...anonymous,
  personId: 'nieves',
  associations: new Map([['flor', new Set(['member', 'delegate'] as const)]]),
};
const sabina: Actor = {
  ...anonymous,
  personId: 'sabina',
  associations: new Map([['flor', new Set(['member'] as const)]]),
};
const mery: Actor = { ...anonymous, personId: 'mery', spaces: new Map([['agua', 'coordinator' as const]]) };
const hilario: Actor = { ...anonymous, personId: 'hilario', spaces: new Map([['agua', 'writer' as const]]) };
const emilia: Actor = { ...anonymous, personId: 'emilia', forum: new Set(['editor'] as const) };
const carla: Actor = { ...anonymous, personId: 'carla', forum: new Set(['liaison'] as const) };
const amador: Actor = { ...anonymous, personId: 'amador', forum: new Set(['admin'] as const) };
const as = (actor: Actor, more: Partial<Actor>): Actor => ({ ...actor, ...more });

const table = { id: 'agua', kind: 'table' as const, private: false, associationId: null, closed: false };
const base = { associationId: 'flor', space: null };
const ofTable = { associationId: null, space: table };

describe('who proposes', () => {
  it.each([
    ['the delegate of the base', nieves, base, true],
    ['a member of it', sabina, base, false],
    ['the delegate for another base', nieves, { ...base, associationId: 'vetas' }, false],
    ['who coordinates the table', mery, ofTable, true],
    ['who writes there', hilario, ofTable, false],
    ['the coordinator of a private table', mery, { ...ofTable, space: { ...table, private: true } }, false],
    ['of a closed one', mery, { ...ofTable, space: { ...table, closed: true } }, false],
    ['of the plenary', mery, { ...ofTable, space: { ...table, kind: 'plenary' as const } }, false],
    ['a delegate who runs the machine', as(nieves, { forum: new Set(['admin'] as const) }), base, false],
    [
      'a delegate who speaks for the State',
      as(nieves, { forum: new Set(['liaison'] as const) }),
      base,
      false,
    ],
    ['the committee', emilia, base, false],
    ['nobody in particular', anonymous, base, false],
  ])('%s', (_who, actor, facts, may) => {
    expect(policy.propose(actor, facts)).toBe(may);
    expect(policy.withdraw(actor, { ...facts, proposedBy: null })).toBe(may);
  });
});

describe('who stands behind it', () => {
  it.each([
    ['the delegate of another base', 'vetas', 'flor', true],
    ['the delegate of the base that proposed', 'flor', 'flor', false],
    ['a delegate in the name of a base that is not hers', 'flor', 'vetas', false],
  ])('%s', (_who, of, by, may) => {
    expect(policy.back(nieves, { associationId: of, space: null, proposedBy: null, by })).toBe(may);
  });
});

describe('who decides', () => {
  const facts = { ...base, proposedBy: 'nieves' };
  it.each([
    ['one of the committee', emilia, facts, true],
    ['who belongs to the base', as(emilia, { associations: sabina.associations }), facts, false],
    ['who proposed it', as(emilia, { personId: 'nieves' }), facts, false],
    ['who leads the table', as(emilia, { spaces: mery.spaces }), { ...ofTable, proposedBy: 'x' }, false],
    [
      'who writes at the table',
      as(emilia, { spaces: hilario.spaces }),
      { ...ofTable, proposedBy: 'x' },
      true,
    ],
    ['the delegate', nieves, facts, false],
    ['a liaison', carla, facts, false],
  ])('%s', (_who, actor, given, may) => {
    expect(policy.decide(actor, given)).toBe(may);
  });
});

describe('who speaks for or against', () => {
  it.each([
    ['whoever has an account', hilario, null, true],
    ['in the name of her base', sabina, 'flor', true],
    ['in the name of another', sabina, 'vetas', false],
    ['a liaison', carla, null, true],
    ['a liaison in the name of a base', as(carla, { associations: sabina.associations }), 'flor', false],
    ['who runs the machine', amador, null, false],
    ['nobody in particular', anonymous, null, false],
  ])('%s', (_who, actor, associationId, may) => {
    expect(comments.comment(actor, { associationId })).toBe(may);
  });
});
