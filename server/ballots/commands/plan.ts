import { eq } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { ballots } from '~/db/schema/ballots';
import type { Plan } from '../rules/plan';

/** The plan that a ballot's manifest holds; null where its rule counts no groups. */
export function planIn(manifest: string | null): Plan | null {
  const { plan } = JSON.parse(manifest ?? '{}') as { plan?: Plan };
  return plan ?? null;
}

/** Read from the manifest that was hashed at the opening, and from nowhere else. */
export async function planOfBallot(tx: DbOrTx, ballotId: string): Promise<Plan | null> {
  const [ballot] = await tx
    .select({ manifest: ballots.manifest })
    .from(ballots)
    .where(eq(ballots.id, ballotId));
  return planIn(ballot?.manifest ?? null);
}
