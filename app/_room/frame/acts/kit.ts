import { button, h, type Made } from '~/app/_keyring/frame/dom';
import type { Hex } from '~/server/rooms/rules/orders';
import { type Proposal, Proposals, putBefore, subject, type Waiting } from '../../proposals';
import { isSteward, NotAllowed } from '../../protocol/roster';
import type { Member } from '../../protocol/state';
import type { Session } from '../../session';
import { Successions } from '../../succession';
import type { Ctx } from '../context';

const proposals = new WeakMap<Session, Proposals>();
const successions = new WeakMap<Session, Successions>();
/** What waits in this room, opened once for each sitting. */
export const proposalsOf = ({ session }: Ctx): Proposals => {
  const known = proposals.get(session) ?? new Proposals(session);
  proposals.set(session, known);
  return known;
};
export const successionsOf = ({ session }: Ctx): Successions => {
  const known = successions.get(session) ?? new Successions(session);
  successions.set(session, known);
  return known;
};

export const note = (tone: 'ok' | 'bad' | 'warn' | 'info', text: string): HTMLElement =>
  h('p', { class: `note ${tone}`, role: tone === 'bad' ? 'alert' : 'status' }, text);
export const lead = (text: string): HTMLElement => h('p', { class: 'lead' }, text);
export const hint = (text: string): HTMLElement => h('p', { class: 'hint' }, text);

export const looksAfter = ({ session }: Ctx): boolean =>
  session.state !== null && isSteward(session.state, session.me);
export const others = ({ session }: Ctx): Member[] =>
  (session.state?.members ?? [])
    .filter(({ sign }) => sign !== session.me)
    .sort((a, b) => a.name.localeCompare(b.name));
/** Names one after another, as they are said: «Luna, Cerro y Quena». */
export const names = (ctx: Ctx, keys: readonly Hex[]): string => {
  const all = keys.map((key) => ctx.name(key));
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} ${ctx.say('and')} ${last}`;
};

/** One question with what follows from it: nothing is done before the second touch. */
export function sure(
  ctx: Ctx,
  title: string,
  told: Made[],
  yes: { text: string; tone?: 'pri' | 'dan'; act: () => unknown },
  no: () => void = () => ctx.back(),
): void {
  ctx.show(
    title,
    ...told,
    button(yes.tone ?? 'pri', yes.text, yes.act),
    button('qui', ctx.say('not_now'), no),
  );
}

/** Choices one under another; the value of what is chosen is read when it is needed. */
export function choices<T extends string | number>(
  kind: 'radio' | 'checkbox',
  legend: string,
  all: { value: T; text: string }[],
  chosen: readonly T[] = [],
): { node: HTMLElement; chosen(): T[] } {
  const name = `c${Math.random().toString(36).slice(2)}`;
  const fields = all.map(({ value, text }) => {
    const field = h('input', { type: kind, name });
    field.checked = chosen.includes(value);
    return { value, field, row: h('label', { class: 'choice' }, field, h('span', {}, text)) };
  });
  const node = h('fieldset', {}, h('legend', {}, legend), ...fields.map(({ row }) => row));
  return { node, chosen: () => fields.filter(({ field }) => field.checked).map(({ value }) => value) };
}

/** What became of something, said on the room's first screen. */
export function told(ctx: Ctx, done: boolean | 'away', ok: string, not: string): void {
  if (done === 'away') ctx.back(note('bad', ctx.say('acts.away')));
  else ctx.back(done ? note('ok', ctx.say(ok)) : note('bad', ctx.say(not)));
}

/**
 * Lays something before the other stewards; where one of them has proposed the same already, hers is signed instead,
 * so that two who think alike are not left waiting for one another.
 */
export async function propose(ctx: Ctx, make: () => Proposal): Promise<void> {
  const { session } = ctx;
  let signedHers = false;
  const done = await ctx.busy(async () => {
    if (!(await session.catchUp())) return false;
    try {
      const mine = make();
      const all = proposalsOf(ctx);
      const same = all.waiting().find((one) => all.maySign(one) && subject(one.proposal) === subject(mine));
      if (same) {
        signedHers = true;
        return finish(ctx, same);
      }
      const kept = await putBefore(session, mine);
      await session.catchUp();
      return kept;
    } catch (error) {
      if (error instanceof NotAllowed) return false;
      throw error;
    }
  });
  told(ctx, done, signedHers ? 'acts.done' : 'acts.proposed', 'acts.not_possible');
}

/** Signs as the second, and hears what came of it. */
export async function finish(ctx: Ctx, waiting: Waiting): Promise<boolean> {
  const done = await proposalsOf(ctx).sign(waiting);
  // A destroyed room answers nobody any more.
  if (done && waiting.proposal.kind !== 'destroyed') await ctx.session.catchUp();
  ctx.again();
  return done;
}
