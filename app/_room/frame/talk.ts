import { eraseLinesOfSaid } from '../media/notes';
import { eraseToken } from '../protocol/keys';
import { roomActs } from './acts';
import { alarmOf, erasedKey } from './alarms';
import type { Ctx, Said, Sent } from './context';
import { goesWhen, sinceWhen, today } from './day';
import { composers, messageKinds, types } from './messages';
import { button, drawer, drawnButton, field, form, h, hint, note } from './parts';
import { readText, textAtMost, writeText } from './text';

const shownAtOnce = 30;
/** Why something was not said, in a sentence; what was typed stays. */
export const sentSentence = (ctx: Ctx, sent: Sent | 'away'): string =>
  ctx.say(`sent.${sent === 'kept' ? 'refused' : sent}`);

/** Has one thing of hers erased: at the server, and told to who has it on the screen. */
async function erase(ctx: Ctx, said: Said): Promise<Sent> {
  const { mine } = ctx.session.held;
  try {
    // What lies apart goes first: as long as the message is there it can be asked for once more.
    for (const { session, counter } of eraseLinesOfSaid(said.frame).reverse())
      if (!(await ctx.session.erase(eraseToken(mine, session, counter)))) return 'away';
  } catch {
    return 'away';
  }
  ctx.gone.add(said.seq);
  return ctx.send(types.erased, new TextEncoder().encode(`${said.seq}`));
}

function askErase(ctx: Ctx, said: Said, inside: Node): void {
  const go = async () => {
    const sent = await ctx.busy(() => erase(ctx, said));
    ctx.back(
      sent === 'away'
        ? note(sentSentence(ctx, sent), 'bad')
        : note(ctx.say(erasedKey(sent)), sent === 'kept' ? 'ok' : 'warn'),
    );
  };
  ctx.show(
    ctx.say('erase.sure'),
    h('div', { class: 'said mine' }, inside),
    hint(ctx.say('erase.lead')),
    button('dan', ctx.say('erase.go'), go),
    button('qui', ctx.say('leave_it'), () => ctx.back()),
  );
}

function bubble(ctx: Ctx, said: Said): Node | null {
  const kind = messageKinds.find(({ type }) => type === said.type);
  const inside = kind?.render(ctx, said) ?? null;
  if (!kind || !inside) return null;
  const day = kind.dayOf?.(said) ?? null;
  const retention = ctx.session.state?.settings.retentionDays ?? 90;
  const when =
    day === null
      ? null
      : h('span', { class: 'hint' }, `${sinceWhen(ctx.say, day)} · ${goesWhen(ctx.say, day, retention)}`);
  const away =
    said.mine && !kind.stays
      ? button('qui small', ctx.say('erase'), () => askErase(ctx, said, kind.render(ctx, said) ?? inside))
      : null;
  return h(
    'li',
    { class: said.mine ? 'said mine' : 'said' },
    h('b', {}, said.mine ? ctx.say('you') : ctx.name(said.by)),
    inside,
    h('div', { class: 'foot' }, when, away),
  );
}

/** The list, newest first; what came since stands on top and is read out. */
function talkList(ctx: Ctx): { list: HTMLElement; look(): void } {
  const list = h('ol', { class: 'talk', 'aria-live': 'polite', 'aria-relevant': 'additions' });
  const made = new Map<number, Node | null>();
  let shown = shownAtOnce;
  const earlier = button('sec', ctx.say('earlier'), () => {
    shown += shownAtOnce;
    look();
  });
  const look = () => {
    const all = ctx.said();
    const still = new Set(all.map(({ seq }) => seq));
    for (const [seq, node] of made)
      if (!still.has(seq)) {
        (node as ChildNode | null)?.remove();
        made.delete(seq);
      }
    // Only what is new is put in, so that it alone is read out.
    const fresh: Said[] = all.filter(
      (said) => !made.has(said.seq) || messageKinds.some((kind) => kind.type === said.type && kind.changes),
    );
    for (const said of fresh) {
      const before = made.get(said.seq) as ChildNode | null | undefined;
      const node = bubble(ctx, said);
      made.set(said.seq, node);
      if (before && node) before.replaceWith(node);
      else before?.remove();
    }
    const nodes = all
      .map(({ seq }) => made.get(seq))
      .filter((one): one is Node => !!one)
      .reverse();
    for (const node of nodes.slice(shown)) (node as ChildNode).remove();
    nodes.slice(0, shown).forEach((node, at) => {
      if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
    });
    earlier.hidden = nodes.length <= shown;
    empty.hidden = nodes.length > 0;
  };
  const empty = hint(ctx.say('talk.empty'));
  return { list: h('div', { class: 'stack' }, empty, list, earlier), look };
}

/** The room's first screen: what waits for her, what is said, and what can be done. */
export function roomScreen(ctx: Ctx, message: HTMLElement | null = null): void {
  const { say } = ctx;
  const state = h('div', { class: 'stack', 'aria-live': 'polite' });
  const ways = h('div', { class: 'stack' });
  const words = field({ name: 'say', label: say('say'), most: textAtMost, long: true });
  const send = async () => {
    const text = words.value();
    if (!text) return words.wrong(say('say.empty'));
    const sent = await ctx.busy(() => ctx.send(types.text, writeText(today(), text)));
    if (sent === 'away') doubtful = { text, after: ctx.session.after };
    if (sent !== 'kept') return words.wrong(sentSentence(ctx, sent));
    words.clear();
    look();
  };
  // What nobody knows of, whether it came: found in the list, it is not to be said again.
  let doubtful: { text: string; after: number } | null = null;
  const came = ({ mine, seq, body }: Said) =>
    mine && seq > doubtful!.after && readText(body)?.text === doubtful!.text;
  const talk = talkList(ctx);
  const other = composers.filter((one) => one.offered(ctx));
  const more = other.map((one) =>
    drawnButton(ctx.host, one.drawn, 'sec', say(one.name), () => one.open(ctx)),
  );
  const write = h('div', { class: 'stack' }, form(say('say.go'), send, words.box), ...more);
  let told = '';
  const look = () => {
    const alarm = alarmOf(ctx);
    const waits = roomActs.flatMap((act) => {
      const sentence = act.waits?.(ctx);
      return sentence ? [{ act, sentence }] : [];
    });
    const offered = roomActs.filter((act) => act.offered(ctx));
    // What has not changed is not put up again: it would be read out again.
    const now = JSON.stringify([
      alarm,
      waits.map(({ sentence }) => sentence),
      offered.map(({ name }) => name),
    ]);
    if (now !== told) {
      told = now;
      // What was good news when she came in is none beside this.
      if (alarm?.tone === 'bad') message?.remove();
      state.replaceChildren(
        ...(alarm ? [note(say(alarm.key), alarm.tone)] : []),
        ...waits.map(({ act, sentence }) => {
          const go = button('sec', say('look'), () => act.open(ctx));
          go.setAttribute('aria-describedby', `waits-${act.name}`);
          return h('div', { class: 'note warn' }, h('p', { id: `waits-${act.name}` }, sentence), go);
        }),
      );
      const at = (place: string) =>
        offered
          .filter((act) => act.place === place)
          .map((act) => button(act.grave ? 'dan' : 'sec', say(act.name), () => act.open(ctx)));
      ways.replaceChildren(
        ...at('often'),
        ...(at('seldom').length ? [drawer(say('seldom'), ...at('seldom'))] : []),
      );
      const { state: roster } = ctx.session;
      write.hidden = !roster || roster.dirty || roster.frozen || ctx.line() === 'closed';
    }
    // A newcomer hears what the room is called only once she is in.
    if (shownTitle !== ctx.title()) {
      shownTitle = ctx.title();
      document.querySelector('#screen h2')!.textContent = shownTitle || say('unnamed');
    }
    if (doubtful && ctx.said().some(came)) {
      if (words.value() === doubtful.text) words.clear();
      doubtful = null;
    }
    talk.look();
  };
  let shownTitle = ctx.title();
  ctx.show(
    ctx.title() || say('unnamed'),
    message,
    state,
    write,
    talk.list,
    ways,
    hint(say('here')),
    button('qui', say('out'), () => ctx.leave()),
  );
  ctx.listen(look);
  look();
}
