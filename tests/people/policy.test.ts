import { describe, expect, it } from 'vitest';
import { type Actor, type AssociationRole, anonymous, type ForumRole, type SpaceRole } from '~/server/actor';
import * as policy from '~/server/people/policy';
import { can } from '~/server/rule';

type Held = { forum?: ForumRole[]; base?: AssociationRole[]; space?: SpaceRole };
const flor = 'flor-de-cuarzo';
const person = (personId: string, { forum = [], base, space }: Held = {}): Actor => ({
  ...anonymous,
  personId,
  forum: new Set(forum),
  associations: new Map(base ? [[flor, new Set(base)]] : []),
  spaces: new Map(space ? [['mesa-del-agua', space]] : []),
});
const gloria = person('gloria', { forum: ['forumSecretary'] });
const jacinta = person('jacinta', { forum: ['forumSecretary'] });
const benita = person('benita', { forum: ['credentials'] });
const amador = person('amador', { forum: ['admin'] });
const emilia = person('emilia', { forum: ['editor'] });
const carla = person('carla', { forum: ['liaison'] });
const elvira = person('elvira', { base: ['member', 'officer'] });
const ysabel = person('ysabel', { base: ['member', 'secretary'] });
const sabina = person('sabina', { base: ['member'] });
const mery = person('mery', { space: 'coordinator' });
const everyone = { anonymous, gloria, benita, amador, emilia, carla, elvira, ysabel, sabina, mery };
type Name = keyof typeof everyone;
const allowed = <F>(rule: (actor: Actor, facts: F) => boolean, facts: F) =>
  (Object.keys(everyone) as Name[]).filter((name) => can(rule, everyone[name], facts));

describe('who may', () => {
  it.each<[string, Name[], Name[]]>([
    ['name somebody to a role of the forum', allowed(policy.appoint, null), ['gloria']],
    ['enroll who has no base', allowed(policy.enroll, null), ['gloria']],
    ['read who holds what', allowed(policy.readRoles, null), ['gloria', 'benita']],
    [
      'ask whose number it is',
      allowed(policy.lookUp, null),
      ['gloria', 'benita', 'elvira', 'ysabel', 'mery'],
    ],
    ['end Sabina’s session', allowed(policy.own, { personId: 'sabina' }), ['sabina']],
    ['set up a forum that is empty', allowed(policy.setUp, { open: true }), Object.keys(everyone) as Name[]],
    ['set up a forum again', allowed(policy.setUp, { open: false }), []],
  ])('%s', (_act, who, expected) => {
    expect(who).toEqual(expected);
  });
});

describe('an appointment', () => {
  const waiting = { personId: 'ciro', role: 'credentials' as const, appointedBy: 'gloria', waiting: true };
  it.each<[string, Actor, Partial<typeof waiting>, boolean]>([
    ['by another secretary', jacinta, {}, true],
    ['by a credentials person', benita, {}, true],
    ['by who named her', gloria, {}, false],
    ['by herself', person('ciro', { forum: ['credentials'] }), {}, false],
    ['by an editor', emilia, {}, false],
    ['by the administrator', amador, {}, false],
    ['by nobody', anonymous, {}, false],
    ['twice', jacinta, { waiting: false }, false],
  ])('is confirmed %s: %#', (_how, actor, over, verdict) => {
    expect(can(policy.confirm, actor, { ...waiting, ...over })).toBe(verdict);
  });

  it.each<[string, Actor, boolean]>([
    ['by the forum’s secretary', gloria, true],
    ['by herself', person('ciro'), true],
    ['by another of the committee', benita, false],
    ['by a stranger', sabina, false],
    ['by nobody', anonymous, false],
  ])('is ended %s', (_how, actor, verdict) => {
    expect(can(policy.endRole, actor, { ...waiting, waiting: false })).toBe(verdict);
  });
});

describe('a lost card', () => {
  const owner = { personId: 'nieves', associationIds: [flor], secretary: false, beyond: false };
  const elsewhere = person('tomasa', { base: ['secretary'] });
  const tomasa = { ...elsewhere, associations: new Map([['tres-vetas', new Set(['secretary'] as const)]]) };
  it.each<[string, Actor, Partial<policy.CardOwner>, boolean]>([
    ['of a member, by her secretary', ysabel, {}, true],
    ['of a member, by an officer of hers', elvira, {}, true],
    ['of a member, by a member', sabina, {}, false],
    ['of a member, by the secretary of another base', tomasa, {}, false],
    ['of a member, by the forum’s secretary', gloria, {}, false],
    ['of a member, by the administrator', amador, {}, false],
    ['of a member, by nobody', anonymous, {}, false],
    ['of a secretary, by the forum’s secretary', gloria, { secretary: true }, true],
    ['of a secretary, by an officer beside her', elvira, { secretary: true }, true],
    ['of who has no base, by the forum’s secretary', gloria, { associationIds: [] }, true],
    ['of who has no base, by a secretary', ysabel, { associationIds: [] }, false],
    ['of a delegate, by her secretary', ysabel, { beyond: true }, false],
    ['of a delegate, by an officer of hers', elvira, { beyond: true }, false],
    ['of a delegate, by the forum’s secretary', gloria, { beyond: true }, true],
    ['of an editor, by her base', ysabel, { beyond: true }, false],
    ['of an editor, by the forum’s secretary', gloria, { beyond: true }, true],
    ['of the forum’s secretary, by herself', gloria, { personId: 'gloria', beyond: true }, false],
    ['of the forum’s secretary, by another', jacinta, { personId: 'gloria', beyond: true }, true],
    ['of a secretary, by herself', ysabel, { personId: 'ysabel', secretary: true }, false],
  ])('%s', (_what, actor, over, verdict) => {
    expect(can(policy.reissueCard, actor, { ...owner, ...over })).toBe(verdict);
  });
});
