import { areas } from '~/db/reference/areas';
import { spaceRoles, spaces as spaceTable } from '~/db/schema/spaces';
import { organizations } from '../organizations';
import { people } from '../people';
import { spaces } from '../spaces';
import { opening } from './people';
import { firstSecretary, type World } from './world';

const kinds = { plenaria: 'plenary', mesa: 'table', revision: 'review' } as const;
const purposes = {
  plenaria: 'Aquí hablan las delegadas y los delegados de todas las bases.',
  revision: 'Aquí las oficinas del Estado leen el documento y responden.',
};
/** The tables were opened when the first concerns had come. */
const tables = -214;

const titles = (slugs: readonly string[]) =>
  areas.filter(({ slug }) => slugs.includes(slug)).map(({ title }) => title.es);

/** Plenary, tables and review desk, with who works in them; every accredited delegate speaks in the plenary. */
export async function loadSpaces({ tx, id, at }: World): Promise<void> {
  const born = (kind: (typeof spaces)[number]['kind']) => at(kind === 'mesa' ? tables : opening);
  await tx.insert(spaceTable).values(
    spaces.map(({ key, title, kind, areas: own }) => ({
      id: id('space', key),
      kind: kinds[kind],
      title,
      purpose: kind === 'mesa' ? `Trabajamos juntas y juntos: ${titles(own).join(' · ')}.` : purposes[kind],
      areas: [...own],
      createdAt: born(kind),
    })),
  );
  const named = people.flatMap((person) =>
    (person.roles.spaces ?? []).map(({ space, role }) => ({
      spaceId: id('space', space),
      personId: id('person', person.key),
      role,
      appointedBy: id('person', firstSecretary),
      since: born(spaces.find(({ key }) => key === space)!.kind),
    })),
  );
  const speaking = people
    .filter((person) => person.roles.association?.includes('delegate'))
    .map((person) => ({
      spaceId: id('space', 'plenaria'),
      personId: id('person', person.key),
      role: 'writer' as const,
      appointedBy: id('person', firstSecretary),
      since: at(organizations.find(({ key }) => key === person.organization)!.since + 10),
    }));
  await tx.insert(spaceRoles).values([...named, ...speaking]);
}
