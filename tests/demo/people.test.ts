import { expect, test } from 'vitest';
import { offices } from '~/db/demo/offices';
import { organizations } from '~/db/demo/organizations';
import { type DemoPerson, onePersonForEachRole, people } from '~/db/demo/people';
import { spaces } from '~/db/demo/spaces';

const all: readonly DemoPerson[] = people;
const named = (key: string) => all.find((person) => person.key === key)!;
const forum = (person: DemoPerson) => person.roles.forum ?? [];
const association = (person: DemoPerson) => person.roles.association ?? [];
const inSpaces = (person: DemoPerson) => person.roles.spaces ?? [];
const withForumRole = (role: string) => all.filter((person) => forum(person).some((held) => held === role));
const withAssociationRole = (role: string) =>
  all.filter((person) => association(person).some((held) => held === role));
const organizationOf = (person: DemoPerson) => organizations.find(({ key }) => key === person.organization)!;
const delegates = withAssociationRole('delegate');

/** Every role held, wherever it is held. */
const rolesOf = (person: DemoPerson) => [
  ...forum(person),
  ...association(person),
  ...inSpaces(person).map(({ role }) => role),
];

test('there are at least twelve organizations and sixty people, each key once', () => {
  expect(organizations.length).toBeGreaterThanOrEqual(12);
  expect(all.length).toBeGreaterThanOrEqual(60);
  for (const list of [organizations, all, offices, spaces])
    expect(new Set(list.map(({ key }) => key)).size).toBe(list.length);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test('Sabina’s card reads as she would say it aloud, and nobody else has it', () => {
  expect(named('sabina').card).toBe('SABN-7K2M-41QX');
  for (const { card } of all) expect(card).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  expect(new Set(all.map(({ card }) => card)).size).toBe(all.length);
});

test('the seven personas are there', () => {
  const personas = all.filter(({ persona }) => persona).map(({ key }) => key);
  expect(personas.sort()).toEqual(['carla', 'elvira', 'mery', 'nieves', 'rufino', 'sabina', 'ysabel']);
});

test('one person to meet for each role, who does hold it', () => {
  for (const { role, person } of onePersonForEachRole) {
    if (role) expect(rolesOf(named(person)), person).toContain(role);
    else expect([named(person).organization, rolesOf(named(person))]).toEqual([null, ['reader']]);
  }
  expect(onePersonForEachRole.filter(({ role }) => role)).toHaveLength(12);
});

test('committees are filled: secretaries, credentials, editors, liaisons and one admin', () => {
  expect(withForumRole('admin')).toHaveLength(1);
  expect(withForumRole('forumSecretary').length).toBeGreaterThanOrEqual(2);
  expect(withForumRole('credentials').length).toBeGreaterThanOrEqual(2);
  expect(withForumRole('editor').length).toBeGreaterThanOrEqual(3);
  expect(withForumRole('liaison').length).toBeGreaterThanOrEqual(2);
  expect(withAssociationRole('secretary').length).toBeGreaterThanOrEqual(6);
});

test('nobody holds two roles that do not go together (R-79)', () => {
  for (const person of all) {
    const roles = rolesOf(person);
    if (roles.includes('admin')) expect([person.key, roles]).toEqual([person.key, ['admin']]);
    if (roles.includes('liaison')) {
      expect([person.key, roles]).toEqual([person.key, ['liaison']]);
      expect(person.organization).toBeNull();
    }
    if (roles.includes('credentials')) expect(roles, person.key).not.toContain('officer');
    if (association(person).length) expect(organizationOf(person), person.key).toBeDefined();
  }
});

test('every liaison speaks for an office, and nobody else does', () => {
  for (const person of all)
    expect(Boolean(person.office), person.key).toBe(rolesOf(person).includes('liaison'));
  const spokenFor = all.flatMap(({ office }) => office ?? []);
  expect(new Set(spokenFor)).toEqual(new Set(offices.map(({ key }) => key)));
});

test('delegates come from eight departments and both countries, two in five at least are women', () => {
  expect(delegates.length).toBeGreaterThanOrEqual(36);
  expect(new Set(delegates.map((person) => organizationOf(person).department)).size).toBeGreaterThanOrEqual(
    8,
  );
  expect(new Set(delegates.map((person) => organizationOf(person).country))).toEqual(new Set(['PE', 'BO']));
  const women = delegates.filter(({ sex }) => sex === 'mujer');
  expect(women.length / delegates.length).toBeGreaterThanOrEqual(0.4);
  const inside = delegates.filter((person) => organizationOf(person).insideCooperative);
  expect(inside.length).toBeGreaterThan(0);
  expect(inside.length).toBeLessThan(delegates.length);
});

test('some organizations have no delegate yet, and several people belong to the base libre or to none', () => {
  const sending = new Set<string | null>(delegates.map(({ organization }) => organization));
  expect(organizations.filter(({ key }) => !sending.has(key)).length).toBeGreaterThanOrEqual(3);
  expect(all.filter(({ organization }) => organization === 'sin-organizacion').length).toBeGreaterThanOrEqual(
    4,
  );
  expect(all.filter((person) => !person.organization && !forum(person).length).length).toBeGreaterThanOrEqual(
    2,
  );
});

test('an organization stands in its own country and province', () => {
  for (const { key, department, province, country } of organizations) {
    expect(department.startsWith('BO-'), key).toBe(country === 'BO');
    if (province) expect(province.slice(0, 2), key).toBe(department);
  }
});

test('no organization bears the name of a real one', () => {
  const real =
    /confemin|fencomin|fedecomin|red nacional|mujeres y miner|comibol|sociedad nacional|solidaridad/i;
  for (const { name } of [...organizations, ...offices]) expect(name).not.toMatch(real);
});

test('each of the five tables has one coordinator and writers of at least four departments', () => {
  const tables = spaces.filter(({ kind }) => kind === 'mesa');
  expect(tables).toHaveLength(5);
  for (const { key, coordinator, writers, areas } of tables) {
    expect(areas.length, key).toBeGreaterThan(0);
    const departments = [coordinator, ...writers].map((writer) => organizationOf(named(writer)).department);
    expect(new Set(departments).size, key).toBeGreaterThanOrEqual(4);
    for (const writer of [coordinator, ...writers])
      expect(rolesOf(named(writer)), writer).toContain('delegate');
  }
  const covered = tables.flatMap(({ areas }) => areas);
  expect([covered.length, new Set(covered).size]).toEqual([15, 15]);
});
