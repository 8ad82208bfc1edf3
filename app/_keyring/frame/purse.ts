import { entryKinds } from '~/app/_room/entry';
import { ask } from '~/app/_room/frame/net';
import {
  isOfNow,
  isSameSeen,
  readSeen,
  type Seen,
  SeenKeys,
  seenAtMostBytes,
  writeSeen,
} from '~/app/_room/release/keys';
import { cover, Purse, publicKeys, uncover } from '~/app/_room/release/tokens';
import { limaDay } from '~/server/day';
import { readAll, Writer } from '~/server/rooms/rules/bytes';
import { readToken, type Token, writeToken } from '~/server/rooms/rules/tokens';
import type { Entry } from '../lock';
import type { Host } from './host';
import { ask as askForum, toBytes, toText } from './line';

const [atOnce, keptAtMost] = [4, 6];
type Kept = { day: string; tokens: Token[]; seen: readonly Seen[] };

const isTokens = ({ kind }: Entry) => kind === entryKinds.tokens;
function written({ day, tokens, seen }: Kept): Entry {
  const writer = new Writer().text(day);
  writer.list(tokens, (token) => writeToken(writer, token));
  return { kind: entryKinds.tokens, bytes: writer.bytes(writeSeen(seen)).done() };
}
function keptIn(entries: readonly Entry[]): Kept {
  const entry = entries.find(isTokens);
  try {
    if (entry)
      return readAll(entry.bytes, (reader) => {
        const [day, tokens] = [reader.text(10), reader.list(keptAtMost, () => readToken(reader))];
        // What was written before keys were kept ends here.
        const rest = reader.rest();
        const seen = rest.length > 0 ? readSeen(readAll(rest, (one) => one.bytes(seenAtMostBytes))) : [];
        return { day, tokens, seen };
      });
  } catch {
    // Not to be read: she has none, and is given new ones.
  }
  return { day: '', tokens: [], seen: [] };
}

/** Whether the tokens of this day have come, and were written. */
export const isFilled = (entries: readonly Entry[], now = new Date()): boolean =>
  keptIn(entries).day === limaDay(now);

/** What is paid with in rooms, out of the keyring. */
export function purseOf(host: Pick<Host, 'entries'>): Purse {
  const { tokens, seen } = keptIn(host.entries());
  return new Purse([...tokens], new SeenKeys(seen));
}

/**
 * What is spent is kept no more, and what is new is kept: with the next writing, whatever that is for. A writing of its
 * own would stand beside the question in which it was spent, with her name on one and the room's key on the other.
 * @returns the same entries where there is nothing new
 */
export function withPurse(entries: Entry[], { spent, fresh, seen }: Purse): Entry[] {
  const kept = keptIn(entries);
  const numberOf = ({ nonce }: Token) => toText(nonce);
  const gone = new Set(spent.map(numberOf));
  const there = new Set(kept.tokens.map(numberOf));
  const added = (fresh?.tokens ?? []).filter((one) => !there.has(numberOf(one)));
  const tokens = [...kept.tokens, ...added].filter((one) => !gone.has(numberOf(one))).slice(-keptAtMost);
  const day = fresh?.day ?? kept.day;
  const same = tokens.length === kept.tokens.length && added.length === 0 && day === kept.day;
  if (same && isSameSeen(kept.seen, seen.list())) return entries;
  return [...entries.filter((one) => !isTokens(one)), written({ day, tokens, seen: seen.list() })];
}

/**
 * Blind tokens, asked for when a keyring is opened for the first time on a day: by everybody, as many, whether she has a
 * room or not (docs/decisions/115). Whatever fails is tried again on another opening, without a word. Where she has gone
 * into a room meanwhile they are not asked for, if she has any; and what has come is written with the next writing.
 */
export async function refill(
  host: Pick<Host, 'entries' | 'keep'>,
  purse: Purse,
  entered: () => boolean,
): Promise<void> {
  const today = limaDay(new Date());
  if (keptIn(host.entries()).day === today) return;
  const gate = (await publicKeys(ask)).find(({ purpose }) => purpose === 'gate');
  // A key that says to be of another month would be compared with nobody’s.
  if (!gate || !isOfNow(gate.day, today)) return;
  const covered = [];
  for (let at = 0; at < atOnce; at++) {
    covered.push(await cover(gate));
    // Between two, whatever she touches meanwhile goes first.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  if (entered() && purse.has()) return;
  const blinded = covered.map((one) => toText(one.blinded));
  const { signed } = await askForum<{ signed: string[] }>('tokens', { of: gate.id, blinded });
  const given = await Promise.all(covered.map((one, at) => uncover(gate, one, toBytes(signed[at]!))));
  const fresh = given.filter((token) => token !== null);
  // With bad signatures another key could be pushed out of the list that is kept.
  if (fresh.length > 0) purse.seen.see({ month: gate.day, id: gate.id });
  purse.tokens.push(...fresh);
  purse.tokens.splice(0, purse.tokens.length - keptAtMost);
  purse.fresh = { day: today, tokens: fresh };
  if (!entered()) await host.keep((entries) => [...entries]);
}
