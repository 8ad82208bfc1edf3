import type { Entry } from '~/app/_keyring/lock';
import { trackerWords } from '~/db/reference/tracker-words';
import type { Hex } from '~/server/rooms/rules/orders';
import { entryKinds } from '../entry';
import { Founding, isStillHers, spelled } from '../founding';
import type { Held } from '../held';
import { type KeptFounding, readFounding, writeFounding } from '../kept';
import type { Meeting } from '../meeting';
import { newCode, newMemberKeys } from '../protocol/keys';
import { isName } from '../protocol/state';
import { gateKey } from '../release/tokens';
import { Session } from '../session';
import { ask } from './net';
import type { Outside } from './outside';
import { about, button, field, form, h, hint, lead, note } from './parts';
import { enterRoom } from './sitting';
import { spell } from './spell';

const lookMs = 4000;
const wordsOf = ({ code }: KeptFounding) => code.map((at) => trackerWords[at]!);
/** Whether an entry is the founding that these words belong to. */
export const isFounding = (kept: { code: number[] }) => (entry: Entry) =>
  entry.kind === entryKinds.founding && readFounding(entry.bytes).code.join() === kept.code.join();

/** The beginning: what a founding needs, and who says the words. */
export function beginFounding(out: Outside, withWords: () => void): void {
  const { say } = out;
  out.show(
    say('found'),
    about(out.host, 'brote'),
    lead(say('found.lead')),
    h('p', {}, say('found.who')),
    h('p', {}, say('found.how')),
    button('pri', say('found.first'), () => askNames(out)),
    button('sec', say('found.with_words'), withWords),
    button('qui', say('back'), () => out.home()),
  );
}

const nameField = (out: Outside) =>
  field({ name: 'own', label: out.say('name'), hint: out.say('name.hint'), most: 24 });
/** What is wrong with a name, or nothing. */
export const nameProblem = (out: Pick<Outside, 'say'>, name: string): string | null =>
  name === '' ? out.say('name.empty') : isName(name) ? null : out.say('name.long');

function askNames(out: Outside): void {
  const { say } = out;
  const title = field({ name: 'title', label: say('title'), hint: say('title.hint'), most: 40 });
  const name = nameField(out);
  const go = () => {
    const wrong = nameProblem(out, name.value());
    if (wrong) return name.wrong(wrong);
    const code = newCode().map((word) => trackerWords.indexOf(word));
    return begin(
      out,
      { title: title.value(), code, name: name.value(), mine: newMemberKeys(), drawn: null },
      true,
    );
  };
  out.show(
    say('found.names'),
    form(say('go_on'), go, title.box, name.box),
    button('qui', say('back'), () => out.home()),
  );
}

/** The other two, who come with the words. */
export function joinFounding(out: Outside, code: number[]): void {
  const { say } = out;
  const name = nameField(out);
  const go = () => {
    const wrong = nameProblem(out, name.value());
    if (wrong) return name.wrong(wrong);
    return begin(out, { title: '', code, name: name.value(), mine: newMemberKeys(), drawn: null }, false);
  };
  out.show(
    say('found.joining'),
    lead(say('found.joining.lead')),
    h('p', {}, say('found.who')),
    form(say('go_on'), go, name.box),
    button('qui', say('back'), () => out.home()),
  );
}

/** The founding as it stands in the keyring from now on. */
function keepFounding(out: Outside, kept: KeptFounding): Promise<string | null> {
  const entry = { kind: entryKinds.founding, bytes: writeFounding(kept) };
  return out.kept(
    out.host.keep((entries) => {
      // Another phone of hers may have written a drawn room meanwhile: it is not written over.
      if (drawnIn(entries, kept)) return [...entries];
      return [...entries.filter((one) => !isFounding(kept)(one)), entry];
    }),
  );
}
/** The room that lies in the keyring as drawn at this founding. */
function drawnIn(entries: readonly Entry[], kept: KeptFounding): Hex | null {
  const there = entries.find(isFounding(kept));
  return (there && readFounding(there.bytes).drawn?.room) ?? null;
}

/**
 * First into the keyring, then to the place where they meet, when she says that the three are ready: what is written with
 * her name on it does not stand beside what is paid with a token (docs/decisions/118). Cut off in between, she goes on from
 * the keyring.
 */
async function begin(out: Outside, kept: KeptFounding, first: boolean): Promise<void> {
  const { say } = out;
  // Who gives words again that lie in her keyring goes on with what she has: other keys of hers would be a fourth woman.
  const there = out.host.entries().find(isFounding(kept));
  if (there) return goOn(out, readFounding(there.bytes));
  const wrong = await out.busy(async () => {
    // Today's tokens are written too: before, not beside it.
    await tokensCome(out);
    return keepFounding(out, kept);
  });
  if (out.over()) return;
  if (wrong) return out.home(wrong, 'bad');
  out.show(
    say('found.ready'),
    lead(say('found.ready.lead')),
    h('p', {}, say(first ? 'found.ready.first' : 'found.ready.other')),
    hint(say(first ? 'found.ready.later' : 'found.ready.pause')),
    button('pri', say('found.begin'), () => goOn(out, kept, first)),
    button('qui', say('back'), () => out.home()),
  );
}

/** Where a founding stands, each time it is opened. */
export async function goOn(
  out: Outside,
  kept: KeptFounding,
  first = kept.title !== '' && !kept.drawn,
): Promise<void> {
  const founding = new Founding(wordsOf(kept), kept.mine, kept.name, ask, pays(out, kept));
  out.show(out.say('found.looking'));
  const there = await out.busy(async () => {
    const held = kept.drawn && (await founding.stands(kept.drawn));
    if (held) return (await goIn(out, kept, founding, held, false)) ? 'in' : false;
    if (kept.drawn) {
      const meeting = await founding.look();
      return !!meeting && isStillHers(kept.drawn, meeting);
    }
    if (first) await tokensCome(out);
    return (!first || (await founding.open())) && founding.arrive();
  });
  if (there === 'in' || out.over()) return;
  if (there === 'away') return away(out, kept, first);
  if (!there && first && out.host.purse().tokens.length === 0)
    return away(out, kept, first, 'release.not.no_token');
  if (!there) return gone(out, kept);
  await wait(out, kept, founding);
}

/** What it is paid with: once it is drawn, under the key that was read aloud; not known, under one that a room has compared. */
const pays = ({ host }: Outside, kept: KeptFounding) =>
  host.purse().early(() => kept.drawn && (kept.drawn.gate ?? ''));

/** What a founding costs is on its way while a keyring has just been opened: it is waited for a little. */
async function tokensCome({ host, over }: Outside): Promise<void> {
  for (let tries = 0; tries < 40 && host.purse().tokens.length === 0 && !over(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 250));
}

function away(out: Outside, kept: KeptFounding, first: boolean, why = 'away'): void {
  out.show(
    out.say('found.looking'),
    note(out.say(why), 'bad'),
    button('pri', out.say('again'), () => goOn(out, kept, first)),
    button('qui', out.say('back'), () => out.home()),
  );
}
function gone(out: Outside, kept: KeptFounding): void {
  out.show(
    out.say('found.gone'),
    h('p', {}, out.say('found.gone.lead')),
    button('pri', out.say('found.forget'), () => drop(out, kept)),
    button('qui', out.say('back'), () => out.home()),
  );
}
async function drop(out: Outside, kept: KeptFounding, founding?: Founding): Promise<void> {
  const wrong = await out.busy(async () => {
    await founding?.end();
    return out.kept(out.host.keep((entries) => entries.filter((one) => !isFounding(kept)(one))));
  });
  if (wrong === 'away') return out.home(out.say('away'), 'bad');
  out.home(wrong ?? out.say('found.dropped'), wrong ? 'bad' : 'info');
}

/** What there is to be seen at the place; drawn anew only when it is another. */
const stageOf = (meeting: Meeting, founding: Founding): string =>
  JSON.stringify([
    meeting.crowded,
    meeting.here.map(({ name }) => name),
    meeting.plan?.room,
    [...meeting.signed.keys()],
    founding.signed(meeting),
  ]);

async function wait(out: Outside, kept: KeptFounding, founding: Founding): Promise<void> {
  let shown = '';
  const look = async () => {
    const meeting = await founding.look();
    if (out.over()) return;
    if (!meeting || !isStillHers(kept.drawn, meeting)) {
      // Whoever overheard the words may destroy the place, what was said there goes with its days, and a server may
      // leave some of it out; what stands in her keyring may stand outside by now.
      const held = kept.drawn && (await founding.stands(kept.drawn));
      if (held && (await goIn(out, kept, founding, held, true))) return;
      return gone(out, kept);
    }
    const isHere = meeting.here.some(({ name }) => name === kept.name);
    if (
      !meeting.crowded &&
      isHere &&
      meeting.here.length === 3 &&
      !meeting.plan &&
      founding.isFirst(meeting)
    ) {
      await founding.draw(meeting, kept.title);
      return look();
    }
    // The whole room lies in her keyring before she can sign for it: state before or after, never between.
    const drawn = meeting.plan && !kept.drawn ? founding.drawn(meeting.plan) : null;
    if (drawn) {
      // The key of the words is kept with it: what pays, on whatever day, is the one that was read aloud.
      drawn.gate = out.host.purse().seen.beside(await gateKey(ask));
      const wrong = await keepFounding(out, { ...kept, title: meeting.plan!.title, drawn });
      if (wrong) return out.home(wrong, 'bad');
      if (drawnIn(out.host.entries(), kept) !== drawn.room) return gone(out, kept);
      Object.assign(kept, { title: meeting.plan!.title, drawn });
    }
    if (meeting.plan && meeting.signed.size === 3) {
      const held = await founding.found(meeting);
      if (held && (await goIn(out, kept, founding, held, true))) return;
    }
    const stage = stageOf(meeting, founding);
    if (stage === shown) return;
    shown = stage;
    stand(out, kept, founding, meeting, look);
  };
  if ((await out.busy(look)) === 'away') away(out, kept, false);
}

function stand(
  out: Outside,
  kept: KeptFounding,
  founding: Founding,
  meeting: Meeting,
  look: () => Promise<void>,
): void {
  const { say, host } = out;
  const names = meeting.here.map(({ name }) => name).join(', ');
  const stop = button('dan', say('found.stop'), () => drop(out, kept, founding));
  const back = button('qui', say('back'), () => out.home());
  if (meeting.crowded) {
    out.show(say('found.crowded'), note(say('found.crowded.lead'), 'bad'), stop, back);
  } else if (!meeting.plan) {
    const missing = 3 - meeting.here.length;
    out.show(
      say('found.wait'),
      about(host, 'boca'),
      lead(say('found.say_them')),
      spell(host, say, wordsOf(kept)),
      note(say(missing === 1 ? 'found.missing.one' : 'found.missing', { names, n: missing })),
      hint(say('found.locked')),
      stop,
      back,
    );
  } else if (!founding.signed(meeting)) {
    const { plan } = meeting;
    const sign = async () => {
      if ((await out.busy(() => founding.sign(plan, kept.drawn))) === 'away')
        return out.home(say('away'), 'bad');
      await wait(out, kept, founding);
    };
    out.show(
      say('found.check'),
      about(host, 'oreja'),
      lead(say('found.check.lead', { names })),
      plan.title ? h('p', {}, say('found.check.title', { title: plan.title })) : null,
      spell(host, say, spelled(plan, kept.drawn?.gate)),
      h('p', {}, say('found.check.how')),
      button('pri', say('found.same'), sign),
      button('dan', say('found.other'), () => drop(out, kept, founding)),
    );
  } else {
    const missing = meeting.here.filter(({ sign }) => !meeting.signed.has(sign)).map(({ name }) => name);
    out.show(say('found.signed'), lead(say('found.signed.lead', { names: missing.join(', ') })), back);
  }
  out.every(lookMs, look);
}

/**
 * The room stands, and she goes in. Her keyring holds what opens it and is not written now: it takes the room's own form
 * when she comes another time (sitting.ts).
 * @param now whether it was founded in this sitting
 */
async function goIn(
  out: Outside,
  kept: KeptFounding,
  founding: Founding,
  held: Held,
  now: boolean,
): Promise<boolean> {
  if (out.over()) return false;
  const session = new Session(held, ask);
  if (!(await session.catchUp()) || !session.state) return false;
  await founding.leave().catch(() => {});
  if (out.over()) return true;
  out.end();
  const said = now ? note(out.say('found.done'), 'ok') : null;
  const room = { title: kept.title, held: now ? session.hold() : held };
  enterRoom(out.host, out.say, room, said);
  return true;
}
