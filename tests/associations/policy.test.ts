import { describe, expect, it } from 'vitest';
import { type Actor, type AssociationRole, anonymous, type ForumRole } from '~/server/actor';
import * as policy from '~/server/associations/policy';
import { can, type Rule } from '~/server/rule';

const flor: policy.AssociationFacts = { id: 'flor', kind: 'asociacion', dissolved: false, secretaries: 1 };
const libre: policy.AssociationFacts = { ...flor, id: 'libre', kind: 'base_libre', secretaries: 1 };
const gone: policy.AssociationFacts = { ...flor, dissolved: true };

const person = (
  personId: string,
  bases: Record<string, AssociationRole[]> = {},
  forum: ForumRole[] = [],
): Actor => ({
  ...anonymous,
  personId,
  forum: new Set(forum),
  associations: new Map(Object.entries(bases).map(([id, roles]) => [id, new Set(roles)])),
});
const people = {
  anonymous,
  sabina: person('sabina', { flor: ['member'], libre: ['member'] }),
  elvira: person('elvira', { flor: ['member', 'officer'] }),
  ysabel: person('ysabel', { flor: ['member', 'secretary'] }),
  nieves: person('nieves', { flor: ['member', 'delegate'] }),
  tomasa: person('tomasa', { vetas: ['member', 'secretary'] }),
  libertad: person('libertad', { libre: ['member', 'secretary'] }),
  gloria: person('gloria', {}, ['forumSecretary']),
  benita: person('benita', {}, ['credentials']),
  cirila: person('cirila', { flor: ['member'] }, ['credentials']),
  emilia: person('emilia', {}, ['editor']),
  carla: person('carla', {}, ['liaison']),
  amador: person('amador', {}, ['admin']),
};
type Name = keyof typeof people;
const everybody = Object.keys(people) as Name[];
const allowed = <F>(rule: Rule<F>, facts: F) => everybody.filter((name) => can(rule, people[name], facts));

const sabinas: policy.MembershipFacts = { association: flor, personId: 'sabina', role: 'member' };
const elviras: policy.MembershipFacts = { association: flor, personId: 'elvira', role: 'officer' };
const nieves: policy.MandateFacts = { association: flor, personId: 'nieves' };
const row = <F>(what: string, rule: Rule<F>, facts: F, who: Name[]) =>
  [what, () => allowed(rule, facts), who] as const;

describe('who may do what in a base', () => {
  it.each([
    row('see its public face', policy.read, flor, everybody),
    row('see that a dissolved one was there', policy.read, gone, ['gloria', 'benita', 'cirila']),
    row('found one', policy.found, null, ['gloria']),
    row('dissolve it', policy.dissolve, flor, ['gloria']),
    row('dissolve it twice', policy.dissolve, gone, []),
    row('keep its padrón', policy.keepPadron, flor, ['ysabel']),
    row('keep the padrón of a free base', policy.keepPadron, libre, [
      'libertad',
      'gloria',
      'benita',
      'cirila',
    ]),
    row('keep the padrón of a dissolved one', policy.keepPadron, gone, []),
    row('name its officers', policy.appoint, flor, ['ysabel']),
    row('name the officers of a free base', policy.appoint, libre, ['libertad']),
    row('name the first secretary of a free base', policy.appoint, { ...libre, secretaries: 0 }, [
      'libertad',
      'gloria',
    ]),
    row('see who belongs', policy.readMembership, sabinas, [
      'sabina',
      'elvira',
      'ysabel',
      'nieves',
      'cirila',
    ]),
    row('see who leads', policy.readMembership, elviras, ['sabina', 'elvira', 'ysabel', 'nieves', 'cirila']),
    row('see who belongs to a free base', policy.readMembership, { ...sabinas, association: libre }, [
      'sabina',
      'libertad',
      'gloria',
      'benita',
      'cirila',
    ]),
    row(
      'see another member of a free base',
      policy.readMembership,
      { ...sabinas, personId: 'rosa', association: libre },
      ['libertad', 'gloria', 'benita', 'cirila'],
    ),
    row('see who leads a free base', policy.readMembership, { ...elviras, association: libre }, [
      'sabina',
      'libertad',
      'gloria',
      'benita',
      'cirila',
    ]),
    row('read the list of a base', policy.readPadron, flor, [
      'sabina',
      'elvira',
      'ysabel',
      'nieves',
      'cirila',
    ]),
    row('end Elvira’s office', policy.endRole, elviras, ['elvira', 'ysabel']),
    row('take Sabina out', policy.leave, sabinas, ['sabina', 'ysabel']),
    row('present a delegate', policy.present, flor, ['elvira', 'ysabel']),
    row('read Nieves’s mandate', policy.readMandate, nieves, [
      'sabina',
      'elvira',
      'ysabel',
      'nieves',
      'gloria',
      'benita',
      'cirila',
    ]),
    row('withdraw Nieves’s mandate', policy.withdraw, nieves, ['elvira', 'ysabel', 'nieves']),
    row('accredit her', policy.decideMandate, nieves, ['benita']),
    row('accredit for a dissolved base', policy.decideMandate, { ...nieves, association: gone }, []),
    row('open the desk of credentials', policy.credentialsDesk, null, ['gloria', 'benita', 'cirila']),
    row(
      'give Sabina a card',
      policy.giveCards,
      { association: flor, owners: [{ personId: 'sabina', beyond: false }] },
      ['ysabel'],
    ),
    row(
      'give a card to who holds something beyond the base',
      policy.giveCards,
      { association: flor, owners: [{ personId: 'cirila', beyond: true }] },
      [],
    ),
    row(
      'give herself a card',
      policy.giveCards,
      { association: flor, owners: [{ personId: 'ysabel', beyond: false }] },
      [],
    ),
    row('know that it gives cards', policy.seeCards, { association: flor, owners: [] }, everybody),
    row('see an uploaded padrón', policy.keepImport, { association: flor, uploadedBy: 'ysabel' }, ['ysabel']),
  ])('%s', (_what, found, who) => {
    expect(found()).toEqual(who);
  });

  it('the administrator of the machine and the State have no part in it', () => {
    const rules = [policy.keepPadron, policy.appoint, policy.readPadron, policy.present, policy.dissolve];
    for (const rule of rules)
      for (const base of [flor, libre])
        expect(allowed(rule, base).filter((name) => name === 'amador' || name === 'carla')).toEqual([]);
  });
});
