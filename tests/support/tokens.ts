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
export async function aPurse(ask: AskServer, count = 4): Promise<Purse> {
  const purse = new Purse();
  for (let at = 0; at < count; at++) purse.giveBack(await oneToken(ask));
  return purse;
}

/** Who always has one. */
export const payer = (ask: AskServer): Pays => ({ spend: async (use) => use(await oneToken(ask)) });
