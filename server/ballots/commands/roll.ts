import { and, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { forumRoles } from '~/db/schema/people';
import { actorOfPerson } from '../../actor';
import { accreditedDelegates } from '../../associations/queries';
import { can } from '../../rule';
import * as policy from '../policy';

export type Voter = { personId: string; associationId: string };

/** The accredited delegates of this moment, without those whose office in the forum takes the ballot away. */
export async function delegates(tx: Tx): Promise<Voter[]> {
  const all = await accreditedDelegates(tx);
  if (all.length === 0) return [];
  const held = await tx
    .selectDistinct({ personId: forumRoles.personId })
    .from(forumRoles)
    .where(
      and(
        isNotNull(forumRoles.confirmedAt),
        isNull(forumRoles.endedAt),
        inArray(
          forumRoles.personId,
          all.map(({ personId }) => personId),
        ),
      ),
    );
  const out = new Set<string>();
  for (const { personId } of held)
    if (!can(policy.entitled, await actorOfPerson(tx, personId), null)) out.add(personId);
  return all.filter(({ personId }) => !out.has(personId));
}
