import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { associations } from '~/db/schema/associations';
import { forumRoles, persons, sessions } from '~/db/schema/people';
import { offices } from '~/db/schema/responses';
import { spaces } from '~/db/schema/spaces';
import { query } from '../../act';
import { nothing } from '../../input';
import { anyone, signedIn } from '../../rule';
import { inForce } from '../queries';
import { showNumber } from '../rules';

/** Herself: name, number, language, what she said of herself, and every role in force, with its place. */
export const me = query({
  action: 'people.me',
  rule: signedIn,
  see: anyone,
  input: nothing,
  load: async (db, _input, actor) => {
    if (!actor.personId) return { person: null, forum: [], places: [], rooms: [] };
    const [[person], forum, places, rooms] = await Promise.all([
      db.select().from(persons).where(eq(persons.id, actor.personId)),
      db
        .select({ role: forumRoles.role, office: offices.name })
        .from(forumRoles)
        .leftJoin(offices, eq(offices.id, forumRoles.officeId))
        .where(inForce(eq(forumRoles.personId, actor.personId))),
      db
        .select({ id: associations.id, name: associations.name })
        .from(associations)
        .where(inArray(associations.id, [...actor.associations.keys()]))
        .orderBy(associations.name),
      db
        .select({ id: spaces.id, title: spaces.title })
        .from(spaces)
        .where(inArray(spaces.id, [...actor.spaces.keys()]))
        .orderBy(spaces.title),
    ]);
    return { person: person!, forum, places, rooms };
  },
  present: ({ person, forum, places, rooms }, actor) => {
    const [inBase, inSpace] = [new Map(actor.associations), new Map(actor.spaces)];
    return {
      name: person!.name,
      number: showNumber(person!.number),
      locale: person!.locale,
      sex: person!.sex,
      forum,
      associations: places.map((place) => ({ ...place, roles: [...inBase.get(place.id)!].sort() })),
      spaces: rooms.map((room) => ({ ...room, role: inSpace.get(room.id)! })),
    };
  },
});

/** Her signed-in phones, the last used first: coarse words and days, no address, no hour. */
export const mySessions = query({
  action: 'people.mySessions',
  rule: signedIn,
  see: anyone,
  input: nothing,
  load: (db, _input, actor) =>
    db
      .select({ id: sessions.id, device: sessions.device, seenOn: sessions.seenOn })
      .from(sessions)
      .where(
        and(
          actor.personId ? eq(sessions.personId, actor.personId) : sql`false`,
          isNull(sessions.endedAt),
          gt(sessions.expiresAt, sql`now()`),
        ),
      )
      .orderBy(desc(sessions.seenOn), desc(sessions.createdAt)),
  present: (rows, actor) =>
    rows.map(({ id, device, seenOn }) => {
      const [kind, system, browser] = device.split('/') as [DeviceKind, string, string];
      return { id, kind, system, browser, day: seenOn, here: id === actor.sessionId };
    }),
});
type DeviceKind = 'phone' | 'tablet' | 'computer' | 'unknown';
