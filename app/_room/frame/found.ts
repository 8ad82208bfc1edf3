import type { Entry } from '~/app/_keyring/lock';
import { trackerWords } from '~/db/reference/tracker-words';
import { entryKinds } from '../entry';
import { Founding, spelled } from '../founding';
import { type KeptFounding, readFounding, writeFounding, writeRoom } from '../kept';
import type { Meeting } from '../meeting';
import { newCode, newMemberKeys } from '../protocol/keys';
import { isName } from '../protocol/state';
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
    return begin(out, { title: title.value(), code, name: name.value(), mine: newMemberKeys() }, true);
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
    return begin(out, { title: '', code, name: name.value(), mine: newMemberKeys() }, false);
  };
  out.show(
    say('found.joining'),
    lead(say('found.joining.lead')),
    h('p', {}, say('found.who')),
    form(say('go_on'), go, name.box),
    button('qui', say('back'), () => out.home()),
  );
}

/** First into the keyring, then to the place where they meet: cut off in between, she goes on from the keyring. */
async function begin(out: Outside, kept: KeptFounding, first: boolean): Promise<void> {
  const entry = { kind: entryKinds.founding, bytes: writeFounding(kept) };
  const others = (entries: readonly Entry[]) => entries.filter((one) => !isFounding(kept)(one));
  const wrong = await out.busy(() => out.kept(out.host.keep((entries) => [...others(entries), entry])));
  if (out.over()) return;
  if (wrong) return out.home(wrong, 'bad');
  await goOn(out, kept, first);
}

/** Where a founding stands, each time it is opened. */
export async function goOn(out: Outside, kept: KeptFounding, first = kept.title !== ''): Promise<void> {
  const founding = new Founding(wordsOf(kept), kept.mine, kept.name, ask);
  out.show(out.say('found.looking'));
  const there = await out.busy(async () => (!first || (await founding.open())) && founding.arrive());
  if (out.over()) return;
  if (there === 'away') return away(out, kept, first);
  if (!there) return gone(out, kept);
  await wait(out, kept, founding);
}

function away(out: Outside, kept: KeptFounding, first: boolean): void {
  out.show(
    out.say('found.looking'),
    note(out.say('away'), 'bad'),
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
    if (!meeting) return gone(out, kept);
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
    if (meeting.plan && meeting.signed.size === 3 && (await finish(out, kept, founding, meeting))) return;
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
      if ((await out.busy(() => founding.sign(plan))) === 'away') return out.home(say('away'), 'bad');
      await wait(out, kept, founding);
    };
    out.show(
      say('found.check'),
      about(host, 'oreja'),
      lead(say('found.check.lead', { names })),
      plan.title ? h('p', {}, say('found.check.title', { title: plan.title })) : null,
      spell(host, say, spelled(plan)),
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

/** All three have signed: the room stands, and its place in the keyring takes that of the founding. */
async function finish(
  out: Outside,
  kept: KeptFounding,
  founding: Founding,
  meeting: Meeting,
): Promise<boolean> {
  const held = await founding.found(meeting);
  if (!held || out.over()) return false;
  const session = new Session(held, ask);
  if (!(await session.catchUp()) || !session.state) return false;
  const room = { title: meeting.plan!.title, held: session.hold() };
  const entry = { kind: entryKinds.room, bytes: writeRoom(room) };
  const wrong = await out.kept(
    out.host.keep((entries) => [...entries.filter((one) => !isFounding(kept)(one)), entry]),
  );
  if (wrong) {
    out.home(wrong, 'bad');
    return true;
  }
  await founding.leave().catch(() => {});
  if (out.over()) return true;
  out.end();
  enterRoom(out.host, out.say, room, note(out.say('found.done'), 'ok'));
  return true;
}
