import { query } from '../../act';
import { limaDay } from '../../day';
import { nothing } from '../../input';
import { anyone, signedIn } from '../../rule';
import { keyringOf } from '../commands/keyring';
import { emptyKeyring, mayMake } from '../rules/keyring';

/** What her phone needs before it asks for her words: the salt, and whether new words may be made. */
export const keyring = query({
  action: 'people.keyring',
  rule: signedIn,
  see: anyone,
  input: nothing,
  load: async (db, _input, actor) => (actor.personId ? keyringOf(db, actor.personId) : emptyKeyring()),
  present: (of) => ({
    made: of.made,
    mayMake: mayMake(of, limaDay(new Date())),
    opensOn: of.opensOn,
    salt: Buffer.from(of.salt).toString('base64url'),
  }),
});
