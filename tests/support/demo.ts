import { onePersonForEachRole, people } from '~/db/demo/people';

/** A person of the demo forum, with her card. */
export const demoPerson = (key: string) => {
  const found = people.find((person) => person.key === key);
  if (!found) throw new Error(`nobody in the demo is called ${key}`);
  return found;
};

/** The card of the demo's person for a role, as the README lists them. */
export function cardFor(role: string): string {
  const row = onePersonForEachRole.find((one) => one.role === role);
  if (!row) throw new Error(`the demo has no ${role}`);
  return demoPerson(row.person).card;
}
