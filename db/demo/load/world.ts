import { createHash, randomUUID } from 'node:crypto';
import type { Tx } from '~/db/client';
import { limaDay } from '~/server/day';
import type { ArticleKey } from '../articles';
import type { ConcernKey } from '../concerns';
import type { DraftKey } from '../drafts';
import type { OfficeKey } from '../offices';
import type { OrganizationKey } from '../organizations';
import { type PersonKey, people } from '../people';
import type { SpaceKey } from '../spaces';

type Keys = {
  person: PersonKey;
  organization: OrganizationKey;
  /** The private space of an organization. */
  home: OrganizationKey;
  space: SpaceKey;
  office: OfficeKey;
  concern: ConcernKey;
  draft: DraftKey;
  article: ArticleKey;
};

const dayMs = 86_400_000;

/** What the steps of the loader share: the transaction, the names of things and the calendar. */
export function newWorld(tx: Tx, now: Date) {
  const ids = new Map<string, string>();
  const midnight = Date.parse(`${limaDay(now)}T00:00:00-05:00`);
  return {
    tx,
    now,
    /** The UUID of a thing, made when it is first asked for. */
    id<Kind extends keyof Keys>(kind: Kind, key: Keys[Kind]): string {
      const name = `${kind} ${key}`;
      const id = ids.get(name) ?? randomUUID();
      ids.set(name, id);
      return id;
    },
    /**
     * A moment of a day counted from today in Lima, negative before.
     * @param what between 7 and 20 o'clock, always the same for the same name; left out: noon.
     */
    at(day: number, what?: string): Date {
      const minutes = what
        ? 7 * 60 + (createHash('sha256').update(what).digest().readUInt16BE(0) % 780)
        : 720;
      return new Date(midnight + day * dayMs + minutes * 60_000);
    },
    /** The day itself, YYYY-MM-DD. */
    day: (day: number): string => limaDay(new Date(midnight + day * dayMs)),
  };
}
export type World = ReturnType<typeof newWorld>;

const holders = (role: 'editor' | 'credentials'): PersonKey[] =>
  people.filter((person) => person.roles.forum?.includes(role)).map(({ key }) => key);
const turns = { editor: holders('editor'), credentials: holders('credentials') };

/** One of a committee, each in turn: always the same for the same thing. */
export const oneOf = (committee: 'editor' | 'credentials', thing: string): PersonKey => {
  const members = turns[committee];
  return members[createHash('sha256').update(thing).digest()[0]! % members.length]!;
};

/** Those who keep the forum's books: the first is there from the first day, and names the second. */
export const [firstSecretary, secondSecretary] = people
  .filter((person) => person.roles.forum?.includes('forumSecretary'))
  .map(({ key }) => key) as [PersonKey, PersonKey];
