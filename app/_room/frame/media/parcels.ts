import { Malformed } from '~/server/rooms/rules/bytes';
import { kilobytes } from '../../media/notes';
import type { Label } from '../../media/parcel';
import { eraseParcel, fetchParcel, Gone, layParcel, type Place } from '../../media/post';
import type { Ctx, Sent } from '../context';
import { NoNetwork } from '../net';
import { note } from '../parts';

const placeOf = ({ session }: Ctx): Place => ({
  room: session.state!.room,
  mine: session.held.mine,
  session,
  // A voice that does not fit pays for its bytes as words do.
  ask: session.server,
});

export const sizeOf = (ctx: Ctx, label: Pick<Label, 'size'>) =>
  ctx.say('media.size', { kb: kilobytes(label) });

/** «1 segundo», «12 segundos». */
export const lasting = (ctx: Ctx, n: number) =>
  ctx.say(n === 1 ? 'media.voice.second' : 'media.voice.seconds', { n });

/** `full`: the room has no place for it. `off`: there was no network, and nobody sees anything of it. */
export type Laid = Sent | 'full' | 'off';

/** Why it was not sent, with what she can do about it. */
export const troubleOf = (ctx: Ctx, sent: Exclude<Laid, 'kept'>): HTMLElement =>
  note(ctx.say(`media.sent.${sent}`), sent === 'away' || sent === 'off' ? 'warn' : 'bad');

/** Lays the bytes, and then says where they are: before that nobody sees anything of it. */
export async function sendParcel(
  ctx: Ctx,
  bytes: Uint8Array,
  given: { type: number; body: (label: Label) => Uint8Array; far: (share: number) => void },
): Promise<Laid> {
  const { state } = ctx.session;
  if (!state || state.dirty || state.frozen) return 'not_now';
  const place = placeOf(ctx);
  try {
    const label = await layParcel(place, bytes, given.far);
    if (!label) return 'full';
    const sent = await ctx.send(given.type, given.body(label));
    // Where nobody knows whether the message came, its parts must stay.
    if (sent === 'not_now' || sent === 'refused') await eraseParcel(place, label).catch(() => {});
    return sent;
  } catch (error) {
    if (!(error instanceof NoNetwork)) throw error;
    return 'off';
  }
}

/** What came, or the sentence for why nothing did. */
export async function fetched<T>(
  ctx: Ctx,
  label: Label,
  read: (bytes: Uint8Array) => T,
  far: (share: number) => void,
): Promise<{ value: T } | { why: string }> {
  try {
    return { value: read(await fetchParcel(placeOf(ctx), label, far)) };
  } catch (error) {
    if (error instanceof Gone) return { why: 'media.gone' };
    if (error instanceof Malformed) return { why: 'media.bad' };
    if (error instanceof NoNetwork) return { why: 'media.away' };
    throw error;
  }
}

/** A button whose words say how far it is while it works. */
export function share(ctx: Ctx, control: HTMLElement, far: number): void {
  control.textContent = ctx.say('media.fetching', { percent: Math.round(far * 100) });
}
