import {
  agree,
  complete,
  deposit,
  hold,
  type Outcome,
  releasesOf,
  sign,
  today,
  withdraw,
} from '../../release/acts';
import { agreeAtLeast, agreeing, idOf, type Phase, phaseOf, type Release } from '../../release/board';
import type { Ctx } from '../context';
import { ask } from '../net';
import { button, h, hint, lead, note } from '../parts';
import { isInKeyring, layInKeyring } from './apart';
import { knownList, publicList } from './outside';
import { preview, warnings } from './preview';

type Back = (message?: HTMLElement | null) => void;

const isSteward = ({ session }: Ctx) => session.state?.stewards.includes(session.me) ?? false;
export function phaseIn(ctx: Ctx, release: Release): Phase {
  const day = today();
  // What lies in her own keyring is hers to take, told to the others or not.
  const laid = new Map(release.laid);
  if (isInKeyring(ctx, release)) laid.set(ctx.session.me, day);
  return phaseOf({ ...release, laid }, ctx.session.state!, day, knownList());
}

/** A day as it is said: «12/11». */
const dayInWords = (day: string) => `${Number(day.slice(8))}/${Number(day.slice(5, 7))}`;
/** How far a text is, in one sentence. */
export function sentenceOf(ctx: Ctx, release: Release): string {
  const { say } = ctx;
  const phase = phaseIn(ctx, release);
  switch (phase.phase) {
    case 'proposed':
      return say('release.phase.proposed', {
        n: agreeing(release, ctx.session.state!).length,
        of: agreeAtLeast,
      });
    case 'resting':
      return say('release.phase.resting', { day: dayInWords(phase.opens) });
    case 'laid':
      return say(phase.by.includes(ctx.session.me) ? 'release.phase.laid.mine' : 'release.phase.laid', {
        name: ctx.name(phase.by[0]!),
        day: dayInWords(phase.opens),
      });
    case 'out':
      return say(`release.state.${phase.kind}.${phase.state}`);
    case 'refused':
      return say(`release.refused.${phase.why}`);
    default:
      return say(`release.phase.${phase.phase}`);
  }
}

/** What she may do with it now, in the order in which it is offered. */
type Way = 'agree' | 'sign' | 'complete' | 'lay' | 'deposit' | 'hold' | 'withdraw';
export function waysOf(ctx: Ctx, release: Release): Way[] {
  const { session } = ctx;
  const { phase } = phaseIn(ctx, release);
  const over = ['withdrawn', 'held', 'out', 'refused', 'late'].includes(phase);
  if (over || !session.state || session.state.dirty || session.state.frozen) return [];
  const ways: Way[] = [];
  const bought = release.bought !== null;
  if (!bought && !release.agreed.has(session.me)) ways.push('agree');
  if (phase === 'agreed' && isSteward(ctx)) ways.push('sign');
  if (phase === 'signed' && isSteward(ctx) && release.cover!.by !== session.me) ways.push('complete');
  if (phase === 'resting' || phase === 'ready') ways.push('lay');
  // Only where it fits into no keyring: else it goes apart from the room.
  if (phase === 'ready') ways.push('deposit');
  if (phase !== 'proposed') ways.push('hold');
  if (release.by === session.me && !bought) ways.push('withdraw');
  return ways;
}

const work: Record<Way, (ctx: Ctx, release: Release) => Promise<Outcome>> = {
  agree: ({ session }, release) => agree(session, release),
  sign: ({ session }, release) => sign(session, ask, release),
  complete: ({ session }, release) => complete(session, ask, release),
  lay: layInKeyring,
  deposit: ({ session, host }, release) => deposit(session, ask, release, host.purse()),
  hold: ({ session, host }, release) => hold(session, ask, release, host.purse()),
  withdraw: ({ session }, release) => withdraw(session, release),
};

/** One text: as outsiders will see it, how far it is, and what she may do. */
export function look(ctx: Ctx, name: string, back: Back, message: HTMLElement | null = null): void {
  const { say } = ctx;
  const found = releasesOf(ctx.session).find((one) => one.name === name);
  if (!found || found.withdrawn) {
    back(message ?? (found ? note(say('release.phase.withdrawn'), 'info') : null));
    return;
  }
  const { phase } = phaseIn(ctx, found);
  const again = (told: HTMLElement | null) => look(ctx, name, back, told);
  const act = async (way: Way): Promise<void> => {
    const done = await ctx.busy(async () => {
      await ctx.session.catchUp();
      // What has been said meanwhile counts: she acts on the text as it stands now.
      const now = releasesOf(ctx.session).find((one) => one.name === name);
      if (!now || !waysOf(ctx, now).includes(way)) return 'changed' as const;
      const outcome = await work[way](ctx, now);
      await ctx.session.catchUp();
      return outcome;
    });
    if (done === 'away') return again(note(say('away'), 'bad'));
    if (done === 'no_place' || done === 'not_written') return fromHere(done);
    again(done === 'done' ? note(say(`release.done.${way}`), 'ok') : note(say(`release.not.${done}`), 'bad'));
  };
  const ways = waysOf(ctx, found);
  const main = ways.find((way) => !['deposit', 'hold', 'withdraw'].includes(way));
  // What lies in no keyring may still go from here; she is told what that shows.
  const fromHere = (why: 'no_place' | 'not_written') =>
    ctx.show(
      say('release.lay'),
      note(say(`release.not.${why}`), 'bad'),
      ways.includes('deposit') ? lead(say('release.deposit.hint')) : null,
      ways.includes('deposit') ? button('dan', say('release.deposit'), () => act('deposit')) : null,
      button('qui', say('back'), () => again(null)),
    );
  const sure = (way: 'hold' | 'withdraw') =>
    ctx.show(
      say(`release.${way}`),
      lead(say(`release.${way}.lead`)),
      button('dan', say(`release.${way}.yes`), () => act(way)),
      button('qui', say('leave_it'), () => again(null)),
    );
  const who = agreeing(found, ctx.session.state!).map((key) => ctx.name(key));
  ctx.show(
    say('release.one'),
    message,
    h('p', { class: 'note info' }, sentenceOf(ctx, found)),
    preview(ctx, found.content, phase === 'proposed'),
    phase === 'proposed' ? warnings(ctx, found.content) : null,
    hint(say('release.agreed_by', { names: who.join(', ') })),
    main && main !== 'agree' ? hint(say(`release.${main}.hint`)) : null,
    main ? button('pri', say(`release.${main}`), () => act(main)) : null,
    main === 'agree' ? hint(say('release.agree.hint')) : null,
    ways.includes('hold') ? button('dan', say('release.hold'), () => sure('hold')) : null,
    ways.includes('withdraw') ? button('sec', say('release.withdraw'), () => sure('withdraw')) : null,
    phase === 'out' ? hint(say('release.where', { path: pathOf(ctx, found) })) : null,
    button('qui', say('back'), () => back()),
  );
  const then = JSON.stringify([found.agreed.size, sentenceOf(ctx, found), ways]);
  ctx.listen(() => {
    const now = releasesOf(ctx.session).find((one) => one.name === name);
    if (now && JSON.stringify([now.agreed.size, sentenceOf(ctx, now), waysOf(ctx, now)]) !== then)
      again(null);
  });
}

/** Where everybody reads it: said, not linked, since from in here nothing leads out. */
function pathOf(ctx: Ctx, release: Release): string {
  const phase = phaseIn(ctx, release);
  if (phase.phase !== 'out') return '';
  return phase.kind === 'concern'
    ? ctx.say('release.where.concern', { n: phase.number ?? '' })
    : ctx.say('release.where.article', { id: idOf(release).slice(0, 8) });
}

/** Asks what everybody may read, where something is outside or on its way. @returns whether there is something new */
export async function refresh(): Promise<boolean> {
  const before = JSON.stringify(knownList());
  await publicList();
  return JSON.stringify(knownList()) !== before;
}
