import { cover, type Pays, Purse, publicKeys, uncover } from '~/app/_room/release/tokens';
import type { AskServer } from '~/app/_room/session';
import { database } from '~/db/client';
import type { Token } from '~/server/rooms/rules/tokens';
import { signGate } from '~/server/tokens/commands';

/** A gate’s token as an account is given one, without the account. */
export async function oneToken(ask: AskServer): Promise<Token> {
  const gate = (await publicKeys(ask)).find(({ purpose }) => purpose === 'gate')!;
  const covered = await cover(gate);
  const signed = await signGate(database(), gate.id, [covered.blinded]);
  return (await uncover(gate, covered, signed![0]!))!;
}
/** A gate's token as a phone comes by it: asked for by who is signed in there, of a forum that runs by itself. */
export const tokenFrom =
  (address: string, cookie: string) =>
  async (ask: AskServer): Promise<Token> => {
    const gate = (await publicKeys(ask)).find(({ purpose }) => purpose === 'gate')!;
    const covered = [await cover(gate), await cover(gate), await cover(gate), await cover(gate)];
    const blinded = covered.map((one) => Buffer.from(one.blinded).toString('base64url'));
    const answer = await fetch(`${address}/api/trpc/people.tokens`, {
      method: 'POST',
      headers: { cookie, origin: address, 'content-type': 'application/json' },
      body: JSON.stringify({ of: gate.id, blinded }),
    });
    const { result } = (await answer.json()) as { result: { data: { signed: string[] } } };
    return (await uncover(gate, covered[0]!, Buffer.from(result.data.signed[0]!, 'base64url')))!;
  };
export async function aPurse(ask: AskServer, count = 4): Promise<Purse> {
  const purse = new Purse();
  for (let at = 0; at < count; at++) purse.giveBack(await oneToken(ask));
  return purse;
}

/** Who always has one. */
export const payer = (ask: AskServer): Pays => ({ spend: async (use) => use(await oneToken(ask)) });
