import { enforce, releasesOf } from '../../release/acts';
import { readReleaseWord, releaseTypes } from '../../release/messages';
import type { Session } from '../../session';
import type { Ctx, MessageKind, RoomAct } from '../context';
import { ask } from '../net';
import { button, h, hint, lead } from '../parts';
import { look, phaseIn, refresh, sentenceOf, waysOf } from './look';
import { chooseKind } from './write';

const headOf = (text: string) => (text.length > 70 ? `${text.slice(0, text.lastIndexOf(' ', 70))}…` : text);
const isAway = ({ phase }: ReturnType<typeof phaseIn>) =>
  ['waits', 'out', 'refused', 'ready', 'resting', 'laid'].includes(phase);

/** Held inside, and signed for all the same: the door is told once in a sitting, by whoever comes first. */
const told = new WeakMap<Session, Set<string>>();
function tellDoor(ctx: Ctx): void {
  const done = told.get(ctx.session) ?? new Set();
  told.set(ctx.session, done);
  for (const release of releasesOf(ctx.session)) {
    if (!release.heldBy || !release.bought || done.has(release.name)) continue;
    done.add(release.name);
    enforce(ask, release, ctx.host.purse()).catch(() => done.delete(release.name));
  }
}

/** All texts on their way out, the newest first. */
function list(ctx: Ctx, message: HTMLElement | null = null): void {
  const { say, session } = ctx;
  tellDoor(ctx);
  const back = (one?: HTMLElement | null) => list(ctx, one ?? null);
  const rows = h('ul', { class: 'rows', 'aria-live': 'polite' });
  let asked = false;
  const fill = () => {
    // What was taken back is no text of the room's any more.
    const all = releasesOf(session)
      .filter(({ withdrawn }) => !withdrawn)
      .reverse();
    rows.replaceChildren(
      ...all.map((release) => {
        const { content, name } = release;
        const text = content.kind === 'concern' ? content.words : content.title;
        const go = () => look(ctx, name, back);
        return h(
          'li',
          {},
          h(
            'button',
            { class: 'row', type: 'button', onclick: go },
            h('b', {}, headOf(text)),
            h('span', { class: 'hint' }, sentenceOf(ctx, release)),
          ),
        );
      }),
    );
    if (all.length === 0) rows.replaceChildren(h('li', {}, hint(say('release.none'))));
    // Only where something may have appeared, also where it is heard of only now: the list is everybody’s, and tells nobody
    // what is looked for.
    if (asked || !all.some((one) => isAway(phaseIn(ctx, one)))) return;
    asked = true;
    void refresh()
      .then((news) => news && fill())
      .catch(() => {});
  };
  const { state } = session;
  const may = state && !state.dirty && !state.frozen;
  ctx.show(
    say('release.title'),
    message,
    lead(say('release.lead')),
    may ? button('pri', say('release.new'), () => chooseKind(ctx, back)) : null,
    rows,
    hint(say('release.how')),
    button('qui', say('back'), () => ctx.back()),
  );
  ctx.listen(fill);
  fill();
}

const asking = ['agree', 'sign', 'complete', 'lay'] as const;

export const releaseAct: RoomAct = {
  name: 'release.title',
  place: 'often',
  offered: ({ session }) => session.state !== null,
  waits(ctx) {
    if (!ctx.session.state) return null;
    for (const release of releasesOf(ctx.session)) {
      const ways = waysOf(ctx, release);
      const way = asking.find((one) => ways.includes(one));
      // Where three want it, it does not wait for more.
      const { phase } = phaseIn(ctx, release);
      if (way && (way !== 'agree' || phase === 'proposed') && (way !== 'lay' || phase === 'ready'))
        return ctx.say(`release.waits.${way}`);
    }
    return null;
  },
  open: (ctx) => list(ctx),
};

/** In the talk a proposal says that it is there; all else that is said of it only changes it. */
export const releaseKind: MessageKind = {
  type: releaseTypes.proposed,
  stays: true,
  changes: true,
  render(ctx, { type, body }) {
    const word = readReleaseWord(type, body);
    const known = releasesOf(ctx.session).find(({ name }) => name === (word && 'name' in word && word.name));
    return known && !known.withdrawn ? h('p', {}, ctx.say('release.in_talk')) : null;
  },
};
