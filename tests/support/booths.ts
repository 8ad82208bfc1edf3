import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db, DbOrTx } from '~/db/client';
import { booths } from '~/db/schema/booths';
import { persons } from '~/db/schema/people';
import { codeHash, newToken, tokenHash } from '~/server/booths/commands/pass';
import { newCode } from '~/server/people/commands';
import { callAs } from './call';
import { numberOf } from './urns';

/** A booth as a secretary opens it. @returns its id and the code for its tablet. */
export async function openedBooth(
  db: Db,
  ballotId: string,
  by: string,
  [first, second]: readonly [string, string],
) {
  const secretary = await callAs(db, by);
  return secretary.booths.open({
    id: ballotId,
    first: await numberOf(db, first),
    second: await numberOf(db, second),
  });
}

let street = 0;
/** A tablet that typed a booth's code: a stranger at an address of its own, with what it was given. */
export async function tabletOf(db: Db, code: string) {
  const tablet = (await callAs(db, null, `203.0.113.${++street}`)).booths;
  const { token } = await tablet.enter({ code });
  return { token, tablet };
}

/** A booth without the ways that lead to it: of three people, with `me` among those who stand by, or not. */
export async function putBooth(
  db: DbOrTx,
  ballotId: string,
  { me, standsBy, entered }: { me: string | null; standsBy: boolean; entered: boolean },
) {
  const others = (await db.select({ id: persons.id }).from(persons).limit(4)).flatMap(({ id }) =>
    id === me ? [] : [id],
  );
  const [code, token] = [newCode(), newToken()];
  const [row] = await db
    .insert(booths)
    .values({
      id: randomUUID(),
      ballotId,
      firstId: (standsBy ? me : null) ?? others[2]!,
      secondId: others[0]!,
      openedBy: others[1]!,
      codeHash: codeHash(code),
    })
    .returning();
  if (entered)
    await db
      .update(booths)
      .set({ codeHash: null, tokenHash: tokenHash(token) })
      .where(eq(booths.id, row!.id));
  return { id: row!.id, code, token };
}
