import { hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { limaDay } from '~/server/day';
import type { Content } from '~/server/releases/rules';
import { hashHex, isSigned, nowhere, orderKinds, statement } from '~/server/rooms/rules/orders';
import { modulusLength, type PublicKey, type Token, writePurchase } from '~/server/rooms/rules/tokens';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import type { AskServer, Session } from '../session';
import { agreeAtLeast, agreeing, boardOf, type Release, type Said } from './board';
import { drawnFrom, type Laid } from './laid';
import { type Cover, proposalOf, type ReleaseWord, readReleaseWord, writeReleaseWord } from './messages';
import { cover, isOver, type Purse, publicKeys, uncover } from './tokens';

/** What a room does with a text that is to leave it. `old`: a new day has begun, and the first must sign again. */
export type Outcome = 'done' | 'not_kept' | 'refused' | 'old' | 'no_token' | 'no_place' | 'not_written';

/** Everything the room has said of texts on their way out. */
export function releasesOf(session: Session): Release[] {
  const said = session.heard.flatMap(({ kind, by, body }): Said[] => {
    const word = kind === 'words' && body.length > 0 ? readReleaseWord(body[0]!, body.subarray(1)) : null;
    return word ? [{ by, word }] : [];
  });
  return session.state ? boardOf(said, { ...session.state, former: session.former }) : [];
}

async function say(session: Session, word: ReleaseWord): Promise<Outcome> {
  const { type, body } = writeReleaseWord(word);
  const bytes = new Uint8Array([type, ...body]);
  return (await session.say('words', bytes)) ? 'done' : 'not_kept';
}

/** The text as it is to leave, frozen from here on: another word in it makes it another text. */
export const propose = (session: Session, content: Content): Promise<Outcome> =>
  say(session, { type: 'proposed', ...proposalOf(randomBytes(32), content) });
export const agree = (session: Session, { name }: Release) => say(session, { type: 'agreed', name });
export const withdraw = (session: Session, { name }: Release) => say(session, { type: 'withdrawn', name });

const todaysKey = async (server: AskServer): Promise<PublicKey | undefined> =>
  (await publicKeys(server)).find(({ purpose }) => purpose === 'release');
const purchase = (session: Session, body: Uint8Array) =>
  statement({ room: session.state!.room, prev: nowhere }, orderKinds.bought, body);

/** One steward covers the text’s name and signs for the cover. */
export async function sign(session: Session, server: AskServer, release: Release): Promise<Outcome> {
  const key = await todaysKey(server);
  if (!key || agreeing(release, session.state!).length < agreeAtLeast) return 'refused';
  const { blinded, inverse } = await cover(key, hexToBytes(release.name));
  const signature = session.signature(purchase(session, writePurchase({ key: key.id, blinded })));
  const word = { key: key.id, day: key.day, blinded, inverse, signature };
  return say(session, { type: 'signed', name: release.name, ...word });
}

/** Whether what the first steward covered is this text under the key that everybody is told today. */
function isHonest(session: Session, key: PublicKey, release: Release, given: Cover): boolean {
  const { blinded, inverse, signature } = given;
  const message = purchase(session, writePurchase({ key: key.id, blinded }));
  return isSigned(message, signature) && isOver(key, { name: hexToBytes(release.name), blinded, inverse });
}

/** Another steward looks under the cover, signs too, and the two have bought the text’s way out; from a later day on. */
export async function complete(session: Session, server: AskServer, release: Release): Promise<Outcome> {
  const given = release.cover;
  if (!given || given.by === session.me) return 'refused';
  const key = await todaysKey(server);
  if (!key || key.id !== given.key || key.day !== given.day) return 'old';
  if (agreeing(release, session.state!).length < agreeAtLeast) return 'refused';
  if (!isHonest(session, key, release, given)) return 'refused';
  const body = writePurchase({ key: key.id, blinded: given.blinded });
  const signatures = [given.signature, session.signature(purchase(session, body))];
  const reply = await server(writeAsk({ op: 'buy', access: session.access(), body, signatures }));
  if (reply.length !== modulusLength) return 'refused';
  const name = hexToBytes(release.name);
  const token = await uncover(key, { name, inverse: given.inverse }, reply);
  if (!token) return 'refused';
  const { id, day, modulus } = key;
  const { signature } = token;
  return say(session, { type: 'bought', name: release.name, key: id, day, modulus, signature });
}

export const tokenOf = ({ name, bought }: Release): Token | null =>
  bought && { key: bought.key, nonce: hexToBytes(name), signature: bought.signature };

/** At the door: the text leaves no more, whatever was signed. Asked with the text’s own token, or with one of hers. */
async function stopAtDoor(server: AskServer, release: Release, purse: Purse): Promise<boolean> {
  const stop = async (token: Token) => {
    const { salt, bytes } = release;
    return readDone(await server(writeAsk({ op: 'hold', salt, content: hashHex(bytes), token }))) > 0;
  };
  const own = tokenOf(release);
  return own ? stop(own) : purse.spend(stop);
}

/**
 * Any member holds a text, until it has appeared; the room is told, and the door.
 * @returns `refused` where it has left already; `no_token` where the door could not be told yet
 */
export async function hold(
  session: Session,
  server: AskServer,
  release: Release,
  purse: Purse,
): Promise<Outcome> {
  const stopped = await stopAtDoor(server, release, purse);
  if (!stopped && release.deposited.size + release.laid.size > 0) return 'refused';
  const told = await say(session, { type: 'held', name: release.name });
  return told === 'done' && !stopped && !release.bought ? 'no_token' : told;
}

/** Tells the door of a text that is held and was signed for all the same: any member’s phone does. */
export const enforce = (server: AskServer, release: Release, purse: Purse): Promise<boolean> =>
  release.heldBy && release.bought ? stopAtDoor(server, release, purse) : Promise.resolve(false);

/** What is to lie in her keyring, to go out at a later opening; null where it may not. */
export function laidFrom(session: Session, release: Release, now = new Date()): Laid | null {
  const token = tokenOf(release);
  if (!token || !release.bought || release.heldBy || release.withdrawn) return null;
  const { salt, bytes, bought } = release;
  return { room: session.held.room, salt, bytes, token, day: bought.day, from: drawnFrom(now) };
}
/** Tells the room that it lies in her keyring. */
export const tellLaid = (session: Session, { name }: Release) =>
  say(session, { type: 'laid', name, day: today() });

/**
 * Hands the text out at the door while the room is open, for a text that fits into no keyring; then the room is told. That
 * another has said so is not believed: the door, asked again, says whether it waits.
 */
export async function deposit(
  session: Session,
  server: AskServer,
  release: Release,
  purse: Purse,
): Promise<Outcome> {
  const token = tokenOf(release);
  if (!token || release.heldBy || release.withdrawn) return 'refused';
  if (!(await purse.ready())) return 'no_token';
  const { salt, bytes: content } = release;
  const out = await purse.spend(
    async (gate) => readDone(await server(writeAsk({ op: 'deposit', salt, content, token, gate }))) > 0,
  );
  return out ? say(session, { type: 'deposited', name: release.name, day: today() }) : 'refused';
}

export const today = (): string => limaDay(new Date());
