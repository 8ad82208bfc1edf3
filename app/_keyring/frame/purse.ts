import { entryKinds } from '~/app/_room/entry';
import { ask } from '~/app/_room/frame/net';
import { cover, Purse, publicKeys, uncover } from '~/app/_room/release/tokens';
import { limaDay } from '~/server/day';
import { readAll, Writer } from '~/server/rooms/rules/bytes';
import { readToken, type Token, writeToken } from '~/server/rooms/rules/tokens';
import type { Entry } from '../lock';
import type { Host } from './host';
import { ask as askForum, toBytes, toText } from './line';

const [atOnce, keptAtMost] = [4, 6];
type Kept = { day: string; tokens: Token[] };

const isTokens = ({ kind }: Entry) => kind === entryKinds.tokens;
function written({ day, tokens }: Kept): Entry {
  const writer = new Writer().text(day);
  writer.list(tokens, (token) => writeToken(writer, token));
  return { kind: entryKinds.tokens, bytes: writer.done() };
}
function keptIn(entries: readonly Entry[]): Kept {
  const entry = entries.find(isTokens);
  try {
    if (entry)
      return readAll(entry.bytes, (reader) => ({
        day: reader.text(10),
        tokens: reader.list(keptAtMost, () => readToken(reader)),
      }));
  } catch {
    // Not to be read: she has none, and is given new ones.
  }
  return { day: '', tokens: [] };
}
const changed = (entries: readonly Entry[], change: (kept: Kept) => Kept): Entry[] => [
  ...entries.filter((one) => !isTokens(one)),
  written(change(keptIn(entries))),
];

/** What is paid with in rooms, out of the keyring. */
export const purseOf = (host: Pick<Host, 'entries'>): Purse => new Purse([...keptIn(host.entries()).tokens]);

/**
 * What is spent is kept no more: it goes with the next writing, whatever that is for. A writing of its own would stand
 * beside the question in which it was spent, with her name on one and the room's key on the other.
 */
export function withoutSpent(entries: Entry[], { spent }: Purse): Entry[] {
  const gone = new Set(spent.map(({ nonce }) => toText(nonce)));
  if (!keptIn(entries).tokens.some(({ nonce }) => gone.has(toText(nonce)))) return entries;
  return changed(entries, ({ day, tokens }) => ({
    day,
    tokens: tokens.filter(({ nonce }) => !gone.has(toText(nonce))),
  }));
}

/**
 * Blind tokens, asked for when a keyring is opened for the first time on a day: by everybody, as many, whether she has a
 * room or not (docs/decisions/115). Whatever fails is tried again on another opening, without a word.
 */
export async function refill(host: Pick<Host, 'entries' | 'keep'>, purse: Purse): Promise<void> {
  const today = limaDay(new Date());
  if (keptIn(host.entries()).day === today) return;
  const gate = (await publicKeys(ask)).find(({ purpose }) => purpose === 'gate');
  if (!gate) return;
  const covered = [];
  for (let at = 0; at < atOnce; at++) {
    covered.push(await cover(gate));
    // Between two, whatever she touches meanwhile goes first.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  const blinded = covered.map((one) => toText(one.blinded));
  const { signed } = await askForum<{ signed: string[] }>('tokens', { of: gate.id, blinded });
  const given = await Promise.all(covered.map((one, at) => uncover(gate, one, toBytes(signed[at]!))));
  const fresh = given.filter((token) => token !== null);
  await host.keep((entries) =>
    changed(entries, ({ tokens }) => ({ day: today, tokens: [...tokens, ...fresh].slice(-keptAtMost) })),
  );
  purse.tokens.push(...fresh);
  purse.tokens.splice(0, purse.tokens.length - keptAtMost);
}
