import { sql } from 'drizzle-orm';
import { derive, sealKeyring } from '~/app/_keyring/lock';
import { pictureWords } from '~/db/reference/words';
import { forum } from '~/db/schema/kernel';
import { cards, forumRoles, keyrings, persons } from '~/db/schema/people';
import { offices as officeTable } from '~/db/schema/responses';
import { setCard } from '~/server/people/commands';
import { madeKeyring } from '~/server/people/commands/keyring';
import { twoPeople } from '~/server/people/rules';
import { numberOf } from '../cards';
import { offices } from '../offices';
import { organizations } from '../organizations';
import { type DemoPerson, type PersonKey, people } from '../people';
import { firstSecretary, secondSecretary, type World } from './world';

/** The first day of the demo forum. */
export const opening = -330;
const freePeople = -250;

const since = ({ organization, roles }: DemoPerson): number =>
  organizations.find(({ key }) => key === organization)?.since ?? (roles.forum ? opening : freePeople);

/** The forum itself, said to be a demo, and the fictional offices of the State. */
export async function loadForum({ tx, id, at }: World): Promise<void> {
  await tx.insert(forum).values({ name: 'Frente Unido', demo: true, createdAt: at(opening) });
  await tx
    .insert(officeTable)
    .values(
      offices.map(({ key, ...office }) => ({ id: id('office', key), ...office, createdAt: at(opening) })),
    );
}

/** Everybody, with a fixed number and a fixed card; the committees and liaisons as the secretaries named them. */
export async function loadPeople({ tx, id, at }: World): Promise<void> {
  const secretaryOf = (person: DemoPerson): PersonKey =>
    people.find(
      ({ organization, roles }) =>
        organization !== null &&
        organization === person.organization &&
        roles.association?.includes('secretary'),
    )?.key ?? firstSecretary;
  await tx.insert(persons).values(
    people.map((person) => ({
      id: id('person', person.key),
      number: numberOf(person.key),
      name: person.name,
      sex: person.sex === 'prefiere-no-decir' ? ('prefiere_no_decir' as const) : person.sex,
      enrolledBy: person.key === firstSecretary ? null : id('person', secretaryOf(person)),
      createdAt: at(since(person)),
    })),
  );
  await loadKeyrings(
    tx,
    people.map(({ key }) => id('person', key)),
  );
  for (const person of people)
    await setCard(tx, id('person', person.key), person.card, id('person', firstSecretary));
  await tx.update(cards).set({
    issuedAt: sql`(select created_at from ${persons} where ${persons.id} = ${cards.personId})`,
  });
  await tx.insert(forumRoles).values(
    people.flatMap((person) =>
      (person.roles.forum ?? []).map((role) => {
        const founders = person.key === firstSecretary || person.key === secondSecretary;
        return {
          personId: id('person', person.key),
          role,
          officeId: person.office ? id('office', person.office) : null,
          appointedBy: person.key === firstSecretary ? null : id('person', firstSecretary),
          appointedAt: at(Math.max(since(person), opening)),
          // Of the secretaries the first was there alone, and nobody could confirm the second.
          confirmedBy: twoPeople.includes(role) && !founders ? id('person', secondSecretary) : null,
          confirmedAt: at(Math.max(since(person), opening)),
        };
      }),
    ),
  );
}

/** The same words for everybody in the demo, printed in the README, so that whoever tries it can open what is private. */
export const demoWords = ['llama', 'papa', 'cerro', 'luna', 'zapato', 'tambor'] as const;

async function loadKeyrings(tx: World['tx'], personIds: readonly string[]): Promise<void> {
  const salt = Buffer.from('sal de la demo 1');
  const keys = await derive(
    demoWords.map((word) => pictureWords.indexOf(word)),
    salt,
  );
  await tx
    .insert(keyrings)
    .values(personIds.map((id) => madeKeyring(id, salt, keys.auth, sealKeyring(keys.wrap, []))));
}
