import { associations, mandates, memberships } from '~/db/schema/associations';
import { spaces } from '~/db/schema/spaces';
import { accreditedLater } from '../ballots';
import { organizations } from '../organizations';
import { type DemoPerson, people } from '../people';
import { oneOf, type World } from './world';

/** The organizations, each with its private space as it is founded. */
export async function loadAssociations({ tx, id, at }: World): Promise<void> {
  await tx.insert(associations).values(
    organizations.map(({ key, name, kind, country, department, province, women, since }) => ({
      id: id('organization', key),
      name,
      kind: kind === 'base-libre' ? ('base_libre' as const) : kind,
      country,
      department,
      province: province ?? null,
      womens: women,
      createdAt: at(since),
    })),
  );
  await tx.insert(spaces).values(
    organizations.map(({ key, name, since }) => ({
      id: id('home', key),
      kind: 'association' as const,
      title: name,
      associationId: id('organization', key),
      private: true,
      createdAt: at(since),
    })),
  );
}

const titleOf = ({ sex }: DemoPerson) => (sex === 'mujer' ? 'presidenta' : 'presidente');
const secretaryIn = (organization: string | null) =>
  people.find((one) => one.organization === organization && one.roles.association?.includes('secretary'));

/** Who belongs, who holds an office, and whom each base has sent by an acta. */
export async function loadMemberships(world: World): Promise<void> {
  const { tx, id, at, day } = world;
  const rows = [];
  const sent = [];
  for (const person of people) {
    const home = organizations.find(({ key }) => key === person.organization);
    if (!home) continue;
    const common = { associationId: id('organization', home.key), personId: id('person', person.key) };
    const held = person.roles.association ?? [];
    rows.push({ ...common, role: 'member' as const, title: null, since: at(home.since) });
    for (const role of held)
      if (role === 'officer' || role === 'secretary')
        rows.push({
          ...common,
          role,
          title: role === 'officer' ? titleOf(person) : null,
          since: at(home.since),
        });
    if (held.includes('delegate')) {
      const acta = accreditedLater.includes(person.key) ? -64 : home.since + 5;
      sent.push({ ...mandate(world, person, acta), ...common, actaDate: day(acta) });
    }
  }
  await tx.insert(memberships).values(rows);
  await tx.insert(mandates).values(sent);
}

function mandate(
  { id, at }: World,
  person: DemoPerson & { key: (typeof people)[number]['key'] },
  acta: number,
) {
  const folio = people.findIndex(({ key }) => key === person.key) + 11;
  const by = secretaryIn(person.organization);
  return {
    actaReference: `Libro de actas 2, folio ${folio}`,
    actaWords: `La asamblea nombra a ${person.name} para llevar su voz y su voto al foro.`,
    presentedBy: by ? id('person', by.key) : null,
    presentedAt: at(acta + 1),
    state: 'accredited' as const,
    decidedBy: id('person', oneOf('credentials', person.key)),
    decidedAt: at(acta + 4),
  };
}
