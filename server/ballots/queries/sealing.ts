import { eq } from 'drizzle-orm';
import { ballots } from '~/db/schema/ballots';
import { query } from '../../act';
import { can } from '../../rule';
import { readKey } from '../commands/key';
import { giveTicket, publicKeyOf } from '../commands/sealed';
import * as policy from '../policy';
import { ballotFacts } from '../queries';
import { takesSheets } from '../rules';
import * as schema from '../schema';
import { votesOnPaper } from './urns';

/** With what a phone seals a sheet until there is a network: the same for everybody, but for the ticket of who may vote. */
export const sealing = query({
  action: 'ballots.sealing',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const held = await ballotFacts(db, id, actor);
    if (!held) return null;
    const [ballot] = await db
      .select({ sha256: ballots.manifestSha256 })
      .from(ballots)
      .where(eq(ballots.id, id));
    const now = new Date();
    const key = held.method === 'secret' && takesSheets(held, now) ? readKey(id) : null;
    if (!key) return { manifest: null, key: null, ticket: null };
    const manifest = ballot!.sha256!;
    const hers = can(policy.cast, actor, held) && !(await votesOnPaper(db, id, actor.personId!));
    const ticket = hers ? giveTicket(key, { ballotId: id, personId: actor.personId!, manifest }, now) : null;
    const made = { manifest, key: publicKeyOf(key), ticket };
    key.fill(0);
    return made;
  },
  present: (given) => given,
});
