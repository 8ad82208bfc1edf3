import { button, h } from '~/app/_keyring/frame/dom';
import type { Waiting } from '../../proposals';
import { fingerprint } from '../../protocol/keys';
import type { Ctx, RoomAct } from '../context';
import { sureByDrawing } from './drawing';
import { finish, hint, lead, names, note, proposalsOf, sure, told } from './kit';

/** What a proposal would do, in one sentence. */
export function meaning(ctx: Ctx, { proposal }: Waiting): string {
  const { say, session } = ctx;
  if (proposal.kind === 'destroyed') return say('means.destroyed');
  if (proposal.kind === 'event') {
    const { act } = proposal.event;
    if (act.kind === 'unfrozen') return say('means.unfrozen');
    if (act.kind !== 'settled') return say('means.other');
    const before = session.state!.settings;
    if (act.settings.term > before.term) return say('means.term');
    return say('means.days', { days: act.settings.retentionDays });
  }
  const rotated = proposal.events.at(-1)!.act;
  const before = proposal.events.slice(0, -1).map(({ act }) => act);
  const said = before.map((act) =>
    'target' in act ? say(`means.${act.kind}`, { name: ctx.name(act.target) }) : say('means.other'),
  );
  if (said.length > 0) return said.join(' ');
  const { stewards, invites } = session.state!;
  if (rotated.kind === 'rotated' && rotated.stewards.join() !== stewards.join()) return say('means.follow');
  const coming = invites.flatMap(({ confirmed, knock }) => (confirmed && knock ? [knock] : []));
  return coming.length > 0
    ? say('means.comes_in', { name: coming.map(({ name }) => name).join(', ') })
    : say('means.key');
}

function details(ctx: Ctx, { proposal }: Waiting): HTMLElement | null {
  const { session, say } = ctx;
  if (proposal.kind !== 'rotation') return null;
  const coming = session.state!.invites.flatMap(({ confirmed, knock }) =>
    confirmed && knock ? [knock] : [],
  );
  const about = proposal.events.flatMap(({ act }) =>
    'target' in act ? session.state!.members.filter(({ sign }) => sign === act.target) : [],
  );
  const all = [...about, ...coming];
  if (all.length === 0) return null;
  return h(
    'details',
    {},
    h('summary', {}, say('who.words')),
    ...all.map((one) => h('p', {}, `${one.name}: ${fingerprint(session.held.room, one).join(' · ')}`)),
  );
}

async function sign(ctx: Ctx, waiting: Waiting): Promise<void> {
  const done = await ctx.busy(() => finish(ctx, waiting));
  if (done === true && waiting.proposal.kind === 'destroyed') {
    const dropped = await ctx.busy(() => ctx.drop()).catch(() => 'away');
    return ctx.host.home(note('ok', ctx.say(dropped === 'away' ? 'destroy.left' : 'destroy.done')));
  }
  told(ctx, done, 'acts.done', 'acts.gone_on');
}

function look(ctx: Ctx, waiting: Waiting): void {
  const { say } = ctx;
  const text = [lead(meaning(ctx, waiting)), details(ctx, waiting), hint(say('sign.means'))];
  const title = say('sign.title', { name: ctx.name(waiting.by) });
  const back = () => listed(ctx);
  if (waiting.proposal.kind === 'destroyed')
    sureByDrawing(ctx, title, [note('warn', say('destroy.lead'))], () => sign(ctx, waiting), back);
  else sure(ctx, title, text, { text: say('sign.yes'), act: () => sign(ctx, waiting) }, back);
}

function listed(ctx: Ctx): void {
  const { say } = ctx;
  const all = proposalsOf(ctx);
  const list = h('ul', { class: 'plain', 'aria-live': 'polite' });
  const fill = () =>
    list.replaceChildren(
      ...all
        .waiting()
        .map((one) =>
          h(
            'li',
            { class: 'card' },
            h('p', {}, h('b', {}, ctx.name(one.by)), ` ${say('sign.proposes')} `, meaning(ctx, one)),
            all.maySign(one)
              ? button('pri', say('sign.look'), () => look(ctx, one))
              : hint(say(one.by === ctx.session.me ? 'sign.yours' : 'sign.not_yours')),
          ),
        ),
    );
  ctx.show(
    say('waiting'),
    lead(say('waiting.lead')),
    list,
    button('qui', say('back'), () => ctx.back()),
  );
  ctx.listen(fill);
  fill();
}

export const waitingAct: RoomAct = {
  name: 'waiting',
  place: 'often',
  offered: (ctx) => proposalsOf(ctx).waiting().length > 0,
  waits(ctx) {
    const all = proposalsOf(ctx);
    const [first] = all.waiting().filter((one) => all.maySign(one));
    if (!first) return null;
    return ctx.say('waiting.waits', { name: names(ctx, [first.by]), what: meaning(ctx, first) });
  },
  open: listed,
};
