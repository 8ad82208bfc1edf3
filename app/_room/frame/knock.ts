import type { Entry } from '~/app/_keyring/lock';
import { trackerWords } from '~/db/reference/tracker-words';
import { entryKinds } from '../entry';
import { Founding } from '../founding';
import { comeIn, knockAt, lookUp } from '../joining';
import { type KeptJoining, readFounding, readJoining, writeJoining, writeRoom } from '../kept';
import type { Invitation } from '../protocol/invites';
import { fingerprint, newMemberKeys, publicOf } from '../protocol/keys';
import { goOn, isFounding, joinFounding, nameProblem } from './found';
import { ask } from './net';
import type { Outside } from './outside';
import { about, button, field, form, h, hint, lead, note } from './parts';
import { enterRoom } from './sitting';
import { pickCode, spell } from './spell';

const lookMs = 15_000;
const wordsOf = ({ code }: KeptJoining) => code.map((at) => trackerWords[at]!);
const isThis = (kept: { code: number[] }) => (entry: Entry) =>
  entry.kind === entryKinds.joining && readJoining(entry.bytes).code.join() === kept.code.join();

/** Eight words that somebody said to her: an invite’s, or those under which three meet to found. */
export function askCode(out: Outside, message: HTMLElement | null = null): void {
  const { say } = out;
  const picked = async (words: string[]) => {
    const code = words.map((word) => trackerWords.indexOf(word));
    // The same words again are no second knock: she goes on where she was.
    const joining = out.host.entries().find(isThis({ code }));
    if (joining) return atTheDoor(out, readJoining(joining.bytes));
    const founding = out.host.entries().find(isFounding({ code }));
    if (founding) return goOn(out, readFounding(founding.bytes));
    out.show(say('code.looking'));
    const found = await out.busy(async () => {
      const invitation = await lookUp(words, ask);
      if (invitation) return invitation;
      const meeting = await new Founding(words, newMemberKeys(), '', ask).look();
      return meeting && 'meeting';
    });
    if (out.over()) return;
    if (found === 'away') return askCode(out, note(say('away'), 'bad'));
    if (!found) return askCode(out, note(say('code.nothing'), 'bad'));
    if (found === 'meeting') return joinFounding(out, code);
    askName(out, found, code);
  };
  out.show(
    say('code'),
    message,
    lead(say('code.lead')),
    pickCode(out.host, say, picked),
    button('qui', say('back'), () => out.home()),
  );
}

/** She says of herself that she is a woman, and by what name she wants to be called: nothing else is asked. */
function askName(out: Outside, { room, stewards }: Invitation, code: number[]): void {
  const { say } = out;
  const name = field({ name: 'own', label: say('name'), hint: say('name.hint'), most: 24 });
  const go = async () => {
    const wrong = nameProblem(out, name.value());
    if (wrong) return name.wrong(wrong);
    await knock(out, { title: '', code, name: name.value(), mine: newMemberKeys(), room, stewards });
  };
  out.show(
    say('knock'),
    about(out.host, 'puerta'),
    lead(say('knock.lead')),
    h('p', {}, say('knock.rule')),
    form(say('knock.go'), go, name.box),
    button('qui', say('back'), () => out.home()),
  );
}

async function forget(out: Outside, kept: KeptJoining, sentence: string): Promise<void> {
  const wrong = await out.kept(out.host.keep((entries) => entries.filter((one) => !isThis(kept)(one))));
  out.home(wrong ?? sentence, wrong ? 'bad' : 'info');
}

/** First into the keyring, then at the door. Knocking again with the same keys finds that she has. */
async function knock(out: Outside, kept: KeptJoining): Promise<void> {
  const entry = { kind: entryKinds.joining, bytes: writeJoining(kept) };
  const wrong = await out.busy(() =>
    out.kept(out.host.keep((entries) => [...entries.filter((one) => !isThis(kept)(one)), entry])),
  );
  if (out.over()) return;
  if (wrong) return out.home(wrong, 'bad');
  await atTheDoor(out, kept);
}

/** Where her knock stands, each time it is opened. */
export async function atTheDoor(out: Outside, kept: KeptJoining): Promise<void> {
  const { say } = out;
  out.show(say('code.looking'));
  const words = wordsOf(kept);
  const stands = await out.busy(() => knockAt({ ...kept, words }, ask));
  if (out.over()) return;
  if (stands === 'another') return forget(out, kept, say('knock.another'));
  const look = () => tryDoor(out, kept);
  out.show(
    say('knock.wait'),
    about(out.host, 'boca'),
    stands === 'away' ? note(say('away'), 'bad') : null,
    stands === 'not_yet' ? note(say('knock.gone'), 'warn') : null,
    lead(say('knock.wait.lead')),
    spell(out.host, say, fingerprint(kept.room, publicOf(kept.mine))),
    hint(say('knock.wait.how')),
    button('pri', say('knock.look'), async () => {
      if ((await out.busy(look)) === 'away') return atTheDoor(out, kept);
      if (!out.over()) await atTheDoor(out, kept);
    }),
    button('dan', say('knock.leave'), () => forget(out, kept, say('knock.left'))),
    button('qui', say('back'), () => out.home()),
  );
  out.every(lookMs, look);
}

async function tryDoor(out: Outside, kept: KeptJoining): Promise<void> {
  const session = await comeIn({ ...kept, words: wordsOf(kept) }, ask);
  if (!session || out.over()) return;
  const room = { title: '', held: session.hold() };
  const entry = { kind: entryKinds.room, bytes: writeRoom(room) };
  const wrong = await out.kept(
    out.host.keep((entries) => [...entries.filter((one) => !isThis(kept)(one)), entry]),
  );
  if (out.over()) return;
  if (wrong) return out.home(wrong, 'bad');
  out.end();
  enterRoom(out.host, out.say, room, note(out.say('knock.in'), 'ok'));
}
