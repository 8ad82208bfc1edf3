import { laidFrom, type Outcome, releasesOf, tellLaid } from '../../release/acts';
import type { Release } from '../../release/board';
import { gateKeyType, isSameSeen, readGateKey, type Seen, type Told, writeGateKey } from '../../release/keys';
import { fitsInKeyring, laidIn, laidName, withLaid, withoutLaid } from '../../release/laid';
import type { Session } from '../../session';
import type { Ctx } from '../context';

// What a phone does by itself for what leaves the room apart from it (docs/decisions/118).

const leastMs = 3000;
const mayWrite = ({ session: { state } }: Ctx) => !!state && !state.dirty && !state.frozen;

/** Puts a text that is signed for into her keyring, to go out at a later opening; the room is told a little later. */
export async function layInKeyring(ctx: Ctx, release: Release): Promise<Outcome> {
  const laid = laidFrom(ctx.session, release);
  if (!laid) return 'refused';
  if (!fitsInKeyring(laid, ctx.host.entries())) return 'no_place';
  try {
    await ctx.host.keep((entries) => withLaid(entries, laid));
  } catch {
    return 'not_written';
  }
  kept.set(ctx.session, ctx.host.purse().seen.list());
  lookAfter(ctx, () => false);
  return 'done';
}

/** Whether it lies in her own keyring, told to the others or not. */
export const isInKeyring = ({ host }: Ctx, { name }: Pick<Release, 'name'>): boolean =>
  laidIn(host.entries()).some((one) => laidName(one) === name);

const letsGo = new WeakSet<Session>();
const letGoMs = () => 20_000 + 50_000 * Math.random();
/**
 * What lies in her keyring and is held goes out of it: once in a sitting, and not at once. Her keyring beside another's
 * word that holds it would tell whose room that is. Where it is not written, it is at another sitting.
 */
function letGo(ctx: Ctx, over: () => boolean): void {
  const { session, host } = ctx;
  const held = () => new Set(releasesOf(session).flatMap(({ name, heldBy }) => (heldBy ? [name] : [])));
  const lies = () => laidIn(host.entries()).some((one) => held().has(laidName(one)));
  if (letsGo.has(session) || !lies()) return;
  letsGo.add(session);
  window.setTimeout(() => {
    if (!over() && lies()) void host.keep((entries) => withoutLaid(entries, held())).catch(() => {});
  }, letGoMs());
}

/** What the other members said of the keys they were given tokens under. */
const toldIn = ({ said, session }: Ctx): Told[] =>
  said().flatMap(({ type, by, body }) => {
    const isMember = session.state?.members.some(({ sign }) => sign === by);
    const key = type === gateKeyType && by !== session.me && isMember ? readGateKey(body) : null;
    return key ? [{ by, ...key }] : [];
  });
/** Compares the keys that were told here with this phone's own. @returns whether somebody was told another */
export function compareKeys(ctx: Ctx): boolean {
  const { held, state } = ctx.session;
  const members = state?.members.map(({ sign }) => sign);
  // Without the room's state nobody knows who is in it.
  return !!members && ctx.host.purse().seen.compare(held.room, members, toldIn(ctx));
}

/** What is to be told to the room, each once: the keys she saw, and the texts that lie in her keyring. */
function toTell(ctx: Ctx): (() => Promise<unknown>)[] {
  const { session, host } = ctx;
  const mine = ctx.said().filter((one) => one.type === gateKeyType && one.mine);
  const told = new Set(mine.map(({ body }) => readGateKey(body)?.id));
  const keys = host
    .purse()
    .seen.list()
    .filter(({ id }) => !told.has(id));
  const laid = new Set(
    laidIn(host.entries())
      .filter(({ room }) => room === session.held.room)
      .map(laidName),
  );
  const texts = releasesOf(session).filter(
    (one) => laid.has(one.name) && !one.heldBy && !one.laid.has(session.me),
  );
  return [
    ...keys.map((key) => () => ctx.send(gateKeyType, writeGateKey(key))),
    ...texts.map((one) => () => tellLaid(session, one)),
  ];
}

/** What is known of the keys, as it was last put into the keyring; at the beginning of a sitting, as it came. */
const kept = new WeakMap<Session, readonly Seen[]>();
function keptOf({ session, host }: Ctx): readonly Seen[] {
  const was = kept.get(session) ?? host.purse().seen.list();
  kept.set(session, was);
  return was;
}
/** Without it a text that lies there would find nothing to pay with, when no room is open to compare in. */
const isToKeep = (ctx: Ctx): boolean =>
  laidIn(ctx.host.entries()).length > 0 && !isSameSeen(keptOf(ctx), ctx.host.purse().seen.list());
async function keep({ session, host }: Ctx): Promise<void> {
  const now = host.purse().seen.list();
  await host.keep((entries) => [...entries]);
  kept.set(session, now);
}

const waiting = new WeakSet<Session>();
/** After anything was heard: compares, lets go, and tells a little later, at a moment that is drawn. */
export function lookAfter(ctx: Ctx, over: () => boolean): void {
  const { session, host } = ctx;
  // Today's tokens may come after everything has been heard.
  if (!kept.has(session)) void host.purse().filling.then(() => over() || lookAfter(ctx, over));
  // As it came, before anything is compared.
  keptOf(ctx);
  compareKeys(ctx);
  letGo(ctx, over);
  const isNothing = () => toTell(ctx).length === 0 && !isToKeep(ctx);
  if (waiting.has(session) || !mayWrite(ctx) || isNothing()) return;
  const tell = async () => {
    if (over() || !mayWrite(ctx)) return;
    // What has been heard or told meanwhile is not told again.
    for (const one of toTell(ctx)) await one();
    await session.catchUp();
    compareKeys(ctx);
    if (isToKeep(ctx)) await keep(ctx);
  };
  const done = () => void waiting.delete(session);
  window.setTimeout(() => void tell().then(done, done), leastMs * (1 + 2 * Math.random()));
  waiting.add(session);
}
