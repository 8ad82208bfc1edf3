import { command } from '../../act';
import { tooMany } from '../../limits';
import { anyone, fail, signedIn } from '../../rule';
import { signGate } from '../../tokens/commands';
import * as schema from '../schema';

/**
 * Blind tokens for her, as for everybody whose keyring is opened: always as many, signed without being seen. Who was
 * given any is counted in memory and written nowhere; for what they are spent nobody can tell.
 */
export const tokens = command({
  action: 'people.tokens',
  rule: signedIn,
  see: anyone,
  input: schema.tokens,
  audit: 'none',
  prepare: async ({ actor }) => {
    const limited = actor.personId && (await tooMany('tokens', actor.personId));
    if (limited) throw limited;
  },
  load: async () => ({}),
  run: async ({ tx, input: { of, blinded } }) => {
    const signed = await signGate(
      tx,
      of,
      blinded.map((one) => new Uint8Array(Buffer.from(one, 'base64url'))),
    );
    if (!signed) return fail('people.tokens_old');
    return { signed: signed.map((one) => Buffer.from(one).toString('base64url')) };
  },
});
