import { describe, expect, it } from 'vitest';
import { type Actor, anonymous } from '~/server/actor';
import * as policy from '~/server/concerns/policy';
import { can } from '~/server/rule';

const flor = 'flor';
const casaFlor = {
  id: 'casa',
  kind: 'association',
  private: true,
  associationId: flor,
  closed: false,
} as const;
const mesa = { id: 'mesa', kind: 'table', private: false, associationId: null, closed: false } as const;
const review = { id: 'review', kind: 'review', private: false, associationId: null, closed: false } as const;

const person = (personId: string, over: Partial<Actor> = {}): Actor => ({ ...anonymous, personId, ...over });
const sabina = person('sabina', { associations: new Map([[flor, new Set(['member' as const])]]) });
const elvira = person('elvira', {
  associations: new Map([[flor, new Set(['member' as const, 'officer' as const])]]),
});
const rufino = person('rufino', { associations: new Map([['vetas', new Set(['delegate' as const])]]) });
const mery = person('mery', { spaces: new Map([['mesa', 'coordinator' as const]]) });
const emilia = person('emilia', { forum: new Set(['editor' as const]) });
const gloria = person('gloria', { forum: new Set(['forumSecretary' as const]) });
const carla = person('carla', { forum: new Set(['liaison' as const]) });
const amador = person('amador', { forum: new Set(['admin' as const]) });
const people = { anonymous, sabina, elvira, rufino, mery, emilia, gloria, carla, amador };
type Name = keyof typeof people;

const concern = (over: Partial<policy.ConcernFacts>): policy.ConcernFacts => ({
  personId: 'sabina',
  audience: 'public',
  state: 'recibida',
  space: null,
  ...over,
});
const kept = concern({ audience: 'space', space: casaFlor });

/** Who, of all of them, the rule lets. */
const allowed = <F>(rule: (actor: Actor, facts: F) => boolean, facts: F) =>
  (Object.keys(people) as Name[]).filter((name) => can(rule, people[name], facts));

describe('who may read a concern', () => {
  it.each<[string, policy.ConcernFacts, Name[]]>([
    ['a public one: everybody', concern({}), Object.keys(people) as Name[]],
    ['one kept in Flor de Cuarzo: those of the base, and no administrator', kept, ['sabina', 'elvira']],
    ['one kept nowhere in particular: who raised it', concern({ audience: 'space' }), ['sabina']],
  ])('%s', (_what, facts, who) => expect(allowed(policy.read, facts)).toEqual(who));
});

describe('who may raise one', () => {
  it.each<[string, policy.RaiseFacts, Name[]]>([
    [
      'from nowhere: every person with an account, except liaisons and administrators',
      { space: null, associationId: null, audience: 'public' },
      ['sabina', 'elvira', 'rufino', 'mery', 'emilia', 'gloria'],
    ],
    [
      'in the name of Flor de Cuarzo: its people',
      { space: null, associationId: flor, audience: 'public' },
      ['sabina', 'elvira'],
    ],
    [
      'kept in the house of Flor de Cuarzo: its people',
      { space: casaFlor, associationId: flor, audience: 'space' },
      ['sabina', 'elvira'],
    ],
    [
      'kept in an open table: nobody, since that keeps nothing',
      { space: mesa, associationId: null, audience: 'space' },
      [],
    ],
    ['at the review desk: nobody', { space: review, associationId: null, audience: 'public' }, []],
  ])('%s', (_what, facts, who) => expect(allowed(policy.raise, facts)).toEqual(who));
});

describe('who may do what with one', () => {
  it.each<[string, (actor: Actor, facts: policy.ConcernFacts) => boolean, policy.ConcernFacts, Name[]]>([
    ['reword: who raised it', policy.reword, concern({}), ['sabina']],
    ['reword once it is debated: nobody', policy.reword, concern({ state: 'en_debate' }), []],
    ['decide: editors and secretaries', policy.decide, concern({}), ['emilia', 'gloria']],
    ['decide on one kept inside a base: nobody', policy.decide, kept, []],
    ['publish: who raised it and the officers of the base', policy.publish, kept, ['sabina', 'elvira']],
    ['publish what is public: nobody', policy.publish, concern({}), []],
  ])('%s', (_what, rule, facts, who) => expect(allowed(rule, facts)).toEqual(who));
});

describe('who may ask that one be looked at again, and who answers', () => {
  const delegate = person('nieves', { associations: new Map([[flor, new Set(['delegate' as const])]]) });
  const own = { ...concern({ state: 'no_recogida' }), associationId: flor };
  it.each<[string, Actor, policy.AppealableFacts, boolean]>([
    ['Sabina, who raised it', sabina, own, true],
    ['the delegate of its base', delegate, own, true],
    ['an officer of its base', elvira, own, false],
    ['the delegate of another base', rufino, own, false],
    ['the delegate, where it was raised in no base’s name', delegate, { ...own, associationId: null }, false],
    ['nobody signed in', anonymous, own, false],
    ['the committee', emilia, own, false],
  ])('asks: %s', (_who, actor, facts, may) => expect(can(policy.appeal, actor, facts)).toBe(may));

  const between = (over: Partial<policy.AppealFacts> = {}) => ({
    ...{ personId: 'sabina', raisedBy: 'nieves', setAsideBy: 'filomena' },
    ...over,
  });
  it.each<[string, policy.AppealFacts, Name[]]>([
    ['the committee and the secretaries', between(), ['emilia', 'gloria']],
    ['not who set it aside', between({ setAsideBy: 'emilia' }), ['gloria']],
    ['not who raised it', between({ personId: 'gloria' }), ['emilia']],
    ['not who asks', between({ raisedBy: 'emilia' }), ['gloria']],
    ['where nobody is known to have set it aside', between({ setAsideBy: null }), ['emilia', 'gloria']],
  ])('answers: %s', (_what, facts, who) => expect(allowed(policy.decideAppeal, facts)).toEqual(who));

  it('groups: the committee and the secretaries', () =>
    expect(allowed(policy.arrange, null)).toEqual(['emilia', 'gloria']));
});
