import { createHash } from 'node:crypto';
import { showNumber, withCheckDigit } from '~/server/people/rules';
import { type DemoPerson, onePersonForEachRole, type PersonKey, people } from './people';

/** The credential number of a demo person, eight digits: always the same, so that it can be printed. */
export const numberOf = (key: string): string =>
  withCheckDigit(
    String(1_000_000 + (createHash('sha256').update(`number ${key}`).digest().readUInt32BE(0) % 9_000_000)),
  );

/** What stands on a person's card: name, number as people read it, code. */
export const cardOf = (key: PersonKey) => {
  const { name, card } = people.find((person) => person.key === key) as DemoPerson;
  return { name, number: showNumber(numberOf(key)), code: card };
};

/** The cards to meet the forum with, one for each role: those that the README lists. */
export const cards = onePersonForEachRole.map(({ role, person }) => ({ role, ...cardOf(person) }));
