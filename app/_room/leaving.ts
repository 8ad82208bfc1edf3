import { readAll, Writer } from '~/server/rooms/rules/bytes';
import { eraseLinesOfSaid } from './media/notes';
import { entered } from './proposals';
import { eraseToken } from './protocol/keys';
import { isMember } from './protocol/roster';
import { releaseTypes } from './release/messages';
import type { Heard, Session } from './session';

/** What stays whoever goes: the roster, and the texts that are everybody’s. */
const staysBehind = new Set<Heard['kind']>(['roster', 'draft', 'snapshot', 'cosign', 'accord', 'whisper']);
/** Nor is what lets a text out, or holds it, hers alone: without it the others could hold it no more. */
const releaseWords: ReadonlySet<number> = new Set(Object.values(releaseTypes));
const stays = ({ kind, body }: Heard): boolean =>
  staysBehind.has(kind) || (kind === 'words' && body.length > 0 && releaseWords.has(body[0]!));
const linesAtMost = 250;
const countersAtMost = 250;

/** What of hers is to be erased; it opens nothing, it says nothing, and each part erases one thing she said. */
export type Erasing = { seed: Uint8Array; said: { session: Uint8Array; counter: number }[] };

/** What she said in the room, as far as it is still there. */
export const saidBy = ({ heard, me, held }: Session): Erasing => ({
  seed: held.mine.erase.slice(),
  said: heard.filter((one) => one.by === me && !stays(one)).flatMap(eraseLinesOfSaid),
});

/** In parts that each fit into one entry: nothing of it is left out. */
export function partsOf({ seed, said }: Erasing): Erasing[] {
  type Part = { said: Erasing['said']; lines: Map<string, number> };
  const parts: Part[] = [];
  for (const one of said) {
    const key = one.session.join();
    const fits = ({ lines }: Part) =>
      lines.has(key) ? lines.get(key)! < countersAtMost : lines.size < linesAtMost;
    const part: Part = parts.find(fits) ?? { said: [], lines: new Map() };
    if (part.said.length === 0) parts.push(part);
    part.said.push(one);
    part.lines.set(key, (part.lines.get(key) ?? 0) + 1);
  }
  return parts.map((part) => ({ seed, said: part.said }));
}

/** As one part of it is kept in her keyring until it is done. */
export function writeErasing({ seed, said }: Erasing): Uint8Array {
  const lines = new Map<string, { session: Uint8Array; counters: number[] }>();
  for (const { session, counter } of said) {
    const key = session.join();
    const line = lines.get(key) ?? { session, counters: [] };
    line.counters.push(counter);
    lines.set(key, line);
  }
  const writer = new Writer().fixed(seed, 32);
  return writer
    .list([...lines.values()], ({ session, counters }) => {
      writer.fixed(session, 8).list(counters, (counter) => writer.u32(counter));
    })
    .done();
}
/** @throws Malformed */
export const readErasing = (bytes: Uint8Array): Erasing =>
  readAll(bytes, (reader) => {
    const seed = reader.fixed(32);
    const lines = reader.list(linesAtMost, () => {
      const session = reader.fixed(8);
      return reader.list(countersAtMost, () => ({ session, counter: reader.u32() }));
    });
    return { seed, said: lines.flat() };
  });

/**
 * Has her words erased one by one, in an order of chance and with pauses of chance: who watches the line sees no bundle
 * that would be one woman’s.
 * @param pause waits; false where she stopped it
 * @returns what is left to erase
 */
export async function eraseSpreadOut(
  { seed, said }: Erasing,
  erase: (token: Uint8Array) => Promise<unknown>,
  pause: (left: Erasing['said']) => Promise<boolean>,
  random: () => number = Math.random,
): Promise<Erasing> {
  const left = [...said];
  while (left.length > 0 && (await pause([...left]))) {
    const at = Math.floor(random() * left.length);
    const { session, counter } = left[at]!;
    try {
      await erase(eraseToken({ erase: seed }, session, counter));
    } catch {
      // No network: what is left is asked for on another day.
      break;
    }
    left.splice(at, 1);
  }
  return { seed, said: left };
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
