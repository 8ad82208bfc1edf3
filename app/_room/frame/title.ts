import type { Ctx } from './context';
import { types } from './messages';

const text = { in: new TextDecoder(), out: new TextEncoder() };
const titleAtMost = 40;
const soonMs = 3000;

/** What the room is called, as a steward last said it; for who came without having heard it. */
export function takeTitle(ctx: Ctx): void {
  if (ctx.title() || !ctx.session.state) return;
  const said = ctx
    .said()
    .filter(({ type, by }) => type === types.title && ctx.session.state!.stewards.includes(by));
  const title = said.length ? text.in.decode(said.at(-1)!.body).slice(0, titleAtMost) : '';
  if (title) void ctx.keep(title).catch(() => {});
}

/** After somebody came in, one of the stewards says what the room is called: the newcomer knows nothing from before. */
export function tellTitle(ctx: Ctx, over: () => boolean): void {
  const from = ctx.session.after;
  window.setTimeout(
    () => {
      const { state } = ctx.session;
      if (over() || !state?.stewards.includes(ctx.session.me) || !ctx.title()) return;
      // Another steward was quicker.
      if (ctx.said().some(({ type, seq }) => type === types.title && seq > from)) return;
      void ctx.send(types.title, text.out.encode(ctx.title())).catch(() => {});
    },
    soonMs * (0.5 + 2 * Math.random()),
  );
}
