import { layInvite } from '../joining';
import type { Invite } from '../protocol/state';
import { invitesAtMost } from '../protocol/state';
import type { Ctx, RoomAct } from './context';
import { ask } from './net';
import { about, button, h, hint, lead, note } from './parts';
import { spell } from './spell';

const isQuiet = ({ session, line }: Ctx): boolean =>
  !!session.state && !session.state.dirty && !session.state.frozen && line() !== 'closed';
/** Whether nothing stands in the way of writing in the roster. */
export const mayWrite = isQuiet;

/** Takes an invite back, also one at which somebody knocks. */
export async function withdraw(ctx: Ctx, { id }: Invite): Promise<void> {
  const sent = await ctx.busy(() => ctx.enter({ kind: 'withdrawn', by: ctx.session.me, id }));
  ctx.back(sent === 'kept' ? note(ctx.say('invite.withdrawn'), 'ok') : note(ctx.say(`sent.${sent}`), 'bad'));
}
export const mayWithdraw = ({ session }: Ctx, { by }: Invite): boolean =>
  by === session.me || !!session.state?.stewards.includes(session.me);

async function make(ctx: Ctx): Promise<void> {
  const { say } = ctx;
  const done = await ctx.busy(async () => {
    const laid = await layInvite(ctx.session, ask);
    if (!laid) return 'refused';
    // The words are said only once the room knows them: else she who comes with them would knock at a wall.
    const sent = await ctx.enter(laid.act);
    return sent === 'kept' ? laid.words : sent;
  });
  if (typeof done === 'string')
    return ctx.back(note(say(done === 'away' ? 'invite.away' : `sent.${done}`), 'bad'));
  ctx.show(
    say('invite.words'),
    about(ctx.host, 'boca'),
    lead(say('invite.words.lead')),
    spell(ctx.host, say, done),
    h('p', {}, say('invite.words.how')),
    hint(say('invite.words.days')),
    button('pri', say('invite.said'), () => ctx.back()),
  );
}

/** A code of eight words, to be said in person: it opens a knock and nothing else. */
export const inviteAct: RoomAct = {
  name: 'invite',
  place: 'often',
  offered: isQuiet,
  open(ctx) {
    const { say } = ctx;
    const open = ctx.session.state?.invites.filter(({ knock }) => !knock) ?? [];
    const full = (ctx.session.state?.invites.length ?? 0) >= invitesAtMost;
    const items = open.map((invite, at) =>
      h(
        'li',
        { class: 'stack' },
        h('span', {}, say('invite.open_one', { n: at + 1, name: ctx.name(invite.by) })),
        mayWithdraw(ctx, invite)
          ? button('sec', say('invite.withdraw', { n: at + 1 }), () => withdraw(ctx, invite))
          : null,
      ),
    );
    ctx.show(
      say('invite'),
      about(ctx.host, 'llave'),
      lead(say('invite.lead')),
      h('p', {}, say('invite.how')),
      full ? note(say('invite.full'), 'warn') : button('pri', say('invite.go'), () => make(ctx)),
      items.length ? h('h3', {}, say('invite.open')) : null,
      items.length ? h('ul', { class: 'rows' }, ...items) : null,
      button('qui', say('back'), () => ctx.back()),
    );
  },
};
