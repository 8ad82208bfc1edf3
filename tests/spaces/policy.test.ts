import { describe, expect, it } from 'vitest';
import { type Actor, type AssociationRole, anonymous, type ForumRole, type SpaceRole } from '~/server/actor';
import { can, type Rule } from '~/server/rule';
import * as policy from '~/server/spaces/policy';

const open = { private: false, associationId: null, closed: false };
const plenary: policy.SpaceFacts = { ...open, id: 'plenary', kind: 'plenary' };
const mesa: policy.SpaceFacts = { ...open, id: 'mesa', kind: 'table' };
const review: policy.SpaceFacts = { ...open, id: 'review', kind: 'review' };
const casa: policy.SpaceFacts = {
  id: 'casa',
  kind: 'association',
  private: true,
  associationId: 'flor',
  closed: false,
};

type Held = {
  forum?: ForumRole[];
  bases?: Record<string, AssociationRole[]>;
  spaces?: Record<string, SpaceRole>;
};
const person = (personId: string, { forum = [], bases = {}, spaces = {} }: Held): Actor => ({
  ...anonymous,
  personId,
  forum: new Set(forum),
  associations: new Map(Object.entries(bases).map(([id, roles]) => [id, new Set(roles)])),
  spaces: new Map(Object.entries(spaces)),
});
const people = {
  anonymous,
  mery: person('mery', { spaces: { mesa: 'coordinator' } }),
  rufino: person('rufino', { spaces: { mesa: 'writer' } }),
  hilario: person('hilario', { spaces: { mesa: 'reader', casa: 'reader' } }),
  delia: person('delia', { spaces: { otra: 'coordinator' } }),
  sabina: person('sabina', { bases: { flor: ['member'] } }),
  elvira: person('elvira', { bases: { flor: ['member', 'officer'] } }),
  ysabel: person('ysabel', { bases: { flor: ['member', 'secretary'] } }),
  gloria: person('gloria', { forum: ['forumSecretary'] }),
  emilia: person('emilia', { forum: ['editor'] }),
  carla: person('carla', { forum: ['liaison'], spaces: { mesa: 'writer' } }),
  amador: person('amador', { forum: ['admin'], spaces: { mesa: 'coordinator' } }),
};
type Name = keyof typeof people;
const everybody = Object.keys(people) as Name[];
const allowed = <F>(rule: Rule<F>, facts: F) => everybody.filter((name) => can(rule, people[name], facts));
const row = <F>(what: string, rule: Rule<F>, facts: F, who: Name[]) =>
  [what, () => allowed(rule, facts), who] as const;
const closed = (space: policy.SpaceFacts) => ({ ...space, closed: true });

describe('who may do what in a space', () => {
  it.each([
    row('see the plenary', policy.read, plenary, everybody),
    row('see a table', policy.read, mesa, everybody),
    row('see a closed table', policy.read, closed(mesa), everybody),
    row('see the review desk', policy.read, review, ['gloria', 'emilia', 'carla']),
    row('see the space of Flor de Cuarzo', policy.read, casa, ['hilario', 'sabina', 'elvira', 'ysabel']),
    row('write at the table', policy.write, mesa, ['mery', 'rufino']),
    row('write at a closed table', policy.write, closed(mesa), []),
    row('write in the base’s space', policy.write, casa, ['sabina', 'elvira', 'ysabel']),
    row('coordinate the table', policy.coordinate, mesa, ['mery']),
    row('coordinate a closed table', policy.coordinate, closed(mesa), []),
    row('coordinate the base’s space', policy.coordinate, casa, ['elvira', 'ysabel']),
    row('coordinate the review desk', policy.coordinate, review, []),
    row('open a table', policy.create, null, ['gloria']),
    row('name people at a table', policy.appoint, { space: mesa, coordinators: 1 }, ['mery']),
    row('name the first who coordinates', policy.appoint, { space: mesa, coordinators: 0 }, [
      'mery',
      'gloria',
    ]),
    row('name the first at a closed table', policy.appoint, { space: closed(mesa), coordinators: 0 }, []),
    row('name somebody first in a base’s space', policy.appointFirst, { space: casa, coordinators: 0 }, []),
    row('name somebody at the review desk', policy.appoint, { space: review, coordinators: 0 }, []),
    row('know that people are named', policy.seeAppointing, { space: casa, coordinators: 0 }, [
      'hilario',
      'sabina',
      'elvira',
      'ysabel',
    ]),
    row('read who is at the table', policy.readRoles, mesa, ['mery', 'rufino', 'hilario', 'carla', 'amador']),
    row('know of a role', policy.seeRole, { space: casa, personId: 'hilario' }, [
      'hilario',
      'sabina',
      'elvira',
      'ysabel',
    ]),
    row('end Rufino’s role', policy.endRole, { space: mesa, personId: 'rufino' }, ['mery', 'rufino']),
    row('close the table', policy.close, mesa, ['mery', 'gloria']),
    row('close it again', policy.close, closed(mesa), []),
    row('close the plenary', policy.close, plenary, []),
    row('close a base’s space', policy.close, casa, []),
  ])('%s', (_what, found, who) => {
    expect(found()).toEqual(who);
  });
});
