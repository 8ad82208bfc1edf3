import type { Erasing } from './erasing';
import { eraseLinesOfSaid } from './media/notes';
import { entered } from './proposals';
import { isMember } from './protocol/roster';
import { releaseTypes } from './release/messages';
import { remainsOf } from './release/remains';
import type { Heard, Session } from './session';

/** What stays whoever goes: the roster, and the texts that are everybody’s. */
const staysBehind = new Set<Heard['kind']>(['roster', 'draft', 'snapshot', 'cosign', 'accord']);
/**
 * Nor is what lets a text out, or holds it, hers alone: without it the others could hold it no more. Of a text that was
 * taken back it holds nothing.
 */
const releaseWords: ReadonlySet<number> = new Set(Object.values(releaseTypes));
const stays = ({ kind, body }: Heard): boolean =>
  staysBehind.has(kind) || (kind === 'words' && body.length > 0 && releaseWords.has(body[0]!));

/** What she said in the room, as far as it is still there. */
export function saidBy(session: Session): Erasing {
  const { heard, me, held } = session;
  const hers = [...heard.filter((one) => one.by === me && !stays(one)), ...remainsOf(session)];
  return { seed: held.mine.erase.slice(), said: hers.flatMap(eraseLinesOfSaid) };
}

/**
 * Goes out of the room, without being asked why. The key is stale from then on, and two stewards change it.
 * @returns whether the room knows. A frozen room can be told nothing: then her keys are put away all the same.
 */
export async function leave(session: Session): Promise<boolean> {
  for (let tries = 0; tries < 5; tries++) {
    if (!(await session.catchUp())) return false;
    if (!session.state || !isMember(session.state, session.me)) return true;
    if (await entered(session, session.signed({ kind: 'left', by: session.me }))) return true;
  }
  return false;
}
