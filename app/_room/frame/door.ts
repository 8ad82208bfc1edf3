import type { Hex } from '~/server/rooms/rules/orders';
import { lookForKnock } from '../joining';
import { changeOfKey, putBefore } from '../proposals';
import { fingerprint } from '../protocol/keys';
import type { Invite, Newcomer } from '../protocol/state';
import type { Session } from '../session';
import type { Ctx, RoomAct } from './context';
import { inviteAct, mayWithdraw, mayWrite, withdraw } from './invite';
import { ask } from './net';
import { about, button, h, hint, lead, note } from './parts';
import { spell } from './spell';

type Knocking = Invite & { knock: Newcomer };
const knocking = ({ session }: Ctx): Knocking[] =>
  (session.state?.invites ?? []).filter((one): one is Knocking => one.knock !== null && !one.confirmed);

/**
 * Looks at the door for each code that is still open; whoever is in the room may bring in who knocks there. Who gave the code
 * looks each time, the others each fourth time: a look is 20 kB.
 */
export async function bringInKnocks(ctx: Ctx, round: number): Promise<void> {
  if (!mayWrite(ctx)) return;
  const open = ctx.session.state!.invites.filter(({ knock }) => !knock);
  for (const invite of open.filter(({ by }) => by === ctx.session.me || round % 4 === 0)) {
    const act = await lookForKnock(ctx.session, ask, invite);
    if (!act) continue;
    const taken = act.kind === 'knocked' && ctx.session.state?.members.some(({ name }) => name === act.name);
    if (!taken) await ctx.enter(act);
    else sameName.set(ctx.session, (sameName.get(ctx.session) ?? new Set()).add(invite.id));
  }
}

/** Codes at which somebody knocks by a name that is a member's: she cannot come in by it, and somebody must tell her. */
const sameName = new WeakMap<Session, Set<Hex>>();
const isSteward = ({ session }: Ctx) => !!session.state?.stewards.includes(session.me);
/** Who has vouched and is still in: a removed woman's word counts no more. */
const vouchersOf = ({ session }: Ctx, { vouchers }: Invite) =>
  vouchers.filter((key) => session.state?.members.some(({ sign }) => sign === key));
const isVouchedFor = (ctx: Ctx, invite: Invite): boolean => {
  const vouchers = vouchersOf(ctx, invite);
  return vouchers.length >= 2 && vouchers.some((key) => key !== invite.by);
};
/** Whether it is for her to do something at this door. */
function isHers(ctx: Ctx, invite: Invite): boolean {
  if (invite.vouchers.includes(ctx.session.me)) return false;
  return isVouchedFor(ctx, invite) ? isSteward(ctx) : true;
}

async function enter(ctx: Ctx, kind: 'vouched' | 'confirmed', { id, knock: { sign, seal } }: Knocking) {
  const { session } = ctx;
  return ctx.busy(async () => {
    const sent = await ctx.enter({ kind, by: session.me, id, sign, seal });
    // Confirmed, she comes in with the next key: it is proposed at once to the other stewards.
    if (sent === 'kept' && kind === 'confirmed') await putBefore(session, changeOfKey(session, []));
    return sent;
  });
}

/** One woman at the door: what she must read aloud, who has answered for her, and what is for this one to do. */
function showOne(ctx: Ctx, invite: Knocking): void {
  const { say } = ctx;
  const { name } = invite.knock;
  const vouchers = vouchersOf(ctx, invite).map((key) => ctx.name(key));
  const vouchedFor = isVouchedFor(ctx, invite);
  const act = async (kind: 'vouched' | 'confirmed') => {
    const sent = await enter(ctx, kind, invite);
    ctx.back(
      sent === 'kept' ? note(say(`door.${kind}.done`, { name }), 'ok') : note(say(`sent.${sent}`), 'bad'),
    );
  };
  const mine = invite.vouchers.includes(ctx.session.me);
  const hers = isHers(ctx, invite);
  ctx.show(
    say('door.one', { name }),
    about(ctx.host, hers && !vouchedFor ? 'oreja' : 'puerta'),
    h('p', {}, say('door.invited', { name: ctx.name(invite.by) })),
    h(
      'p',
      {},
      vouchers.length ? say('door.vouched', { names: vouchers.join(', ') }) : say('door.vouched.none'),
    ),
    ...(hers && !vouchedFor
      ? [
          lead(say('door.read', { name })),
          spell(ctx.host, say, fingerprint(ctx.session.held.room, invite.knock)),
          h('p', {}, say('door.means')),
          button('pri', say('door.vouch'), () => act('vouched')),
        ]
      : []),
    ...(hers && vouchedFor
      ? [
          lead(say('door.confirm.lead', { name })),
          spell(ctx.host, say, fingerprint(ctx.session.held.room, invite.knock)),
          button('pri', say('door.confirm'), () => act('confirmed')),
        ]
      : []),
    hers ? null : hint(say(mine ? (vouchedFor ? 'door.steward' : 'door.more') : 'door.steward')),
    mayWithdraw(ctx, invite) ? button('dan', say('door.refuse'), () => withdraw(ctx, invite)) : null,
    button('qui', say('back'), () => ctx.back()),
  );
}

/** Who knocks: two women answer for her, one of whom did not invite her, and a steward who did neither confirms. */
export const doorAct: RoomAct = {
  name: 'door',
  place: 'often',
  offered: (ctx) => knocking(ctx).length > 0 && mayWrite(ctx),
  waits(ctx) {
    const hers = mayWrite(ctx) ? knocking(ctx).filter((invite) => isHers(ctx, invite)) : [];
    if (hers.length) return ctx.say('door.waits', { names: hers.map(({ knock }) => knock.name).join(', ') });
    const named = ctx.session.state?.invites.find(
      ({ id, knock }) => !knock && sameName.get(ctx.session)?.has(id),
    );
    return named ? ctx.say('door.same_name', { name: ctx.name(named.by) }) : null;
  },
  open(ctx) {
    const all = knocking(ctx);
    if (all.length === 1) return showOne(ctx, all[0]!);
    if (all.length === 0) return inviteAct.open(ctx);
    ctx.show(
      ctx.say('door'),
      ...all.map((invite) => button('sec', invite.knock.name, () => showOne(ctx, invite))),
      button('qui', ctx.say('back'), () => ctx.back()),
    );
  },
};
