import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { currentText } from '~/server/drafts/queries';
import { firstUpdate } from '~/server/drafts/rules';
import { type Ground, standsOn } from '~/server/realtime/ground';
import { read } from '~/server/realtime/log';
import { updateFrame } from '~/server/realtime/protocol';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, rawSocket, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});

/** What Nieves does one after another upon a text, each as a change of its own. */
function changes(base: Uint8Array, ...acts: ((text: Y.Text) => void)[]): Uint8Array[] {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, base);
  const made: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => made.push(update));
  for (const act of acts) act(doc.getText('text'));
  return made;
}

async function begin(text: string) {
  const forum = await openForum(t.db);
  const draft = await buildDraft(t.db, world.mesaAgua.id, { text });
  const { cookie } = await signIn(t.db, world.people.nieves.id);
  const log = () => read(t.db, draft.textId);
  return {
    log,
    reads: async () => (await currentText(t.db, draft.textId)).text,
    base: (await log())[0]?.bytes ?? new Uint8Array([0, 0]),
    /** As the phone does from any page, without the editor: nothing is asked for, the changes are sent. */
    async brings(...updates: Uint8Array[]) {
      const phone = rawSocket(forum, `draft:${draft.id}`, cookie);
      await phone.admitted();
      for (const update of updates) phone.ws.send(updateFrame(update));
      return phone;
    },
  };
}
const saved = (frames: Uint8Array[], count: number) =>
  frames.some((frame) => frame[0] === 2 && frame[1] === 16 && frame[2] === count);

describe('a change that the phone of Nieves brings without having opened the text', () => {
  it('is written down where it stands on what the forum has', async () => {
    const { base, brings, reads } = await begin('Agua.');
    const [one, two] = changes(
      base,
      (text) => text.insert(5, ' Luz.'),
      (text) => text.insert(10, ' Ya.'),
    );
    const { frames } = await brings(one!, two!);
    await until('both are durable', () => saved(frames, 2));
    expect(await reads()).toBe('Agua. Luz. Ya.');
  });

  it('is neither kept nor called saved where it stands on words that the forum never got, or has no more', async () => {
    const { base, brings, reads, log } = await begin('Agua.');
    const [one, two, gone] = changes(
      base,
      (text) => text.insert(5, ' Luz.'),
      (text) => text.insert(10, ' Ya.'),
      (text) => text.delete(6, 3),
    );
    for (const adrift of [two!, gone!]) {
      const phone = await brings(adrift);
      expect((await phone.end).code).toBe(4424);
      expect(saved(phone.frames, 1)).toBe(false);
    }
    expect(await log()).toHaveLength(1);
    const { frames } = await brings(one!, two!, gone!);
    await until('all are durable', () => saved(frames, 3));
    expect(await reads()).toBe('Agua. . Ya.');
  });
});

describe('what an update stands on', () => {
  const ground = (...updates: Uint8Array[]): Ground =>
    Y.decodeStateVector(Y.encodeStateVectorFromUpdate(Y.mergeUpdates(updates)));

  it('may come in it, from whichever phone it is', () => {
    const first = firstUpdate('Agua.');
    const [second] = changes(first, (text) => text.insert(5, ' Luz.'));
    expect(standsOn(new Map(), second!)).toBe(false);
    expect(standsOn(new Map(), Y.mergeUpdates([first, second!]))).toBe(true);
    expect(standsOn(ground(first), second!)).toBe(true);
  });

  it('is there for the next one when it has come, and not before', () => {
    const first = firstUpdate('Agua.');
    const [second, third] = changes(
      first,
      (text) => text.insert(5, ' Luz.'),
      (text) => text.insert(10, ' Ya.'),
    );
    const text = ground(first);
    expect(standsOn(text, third!)).toBe(false);
    expect(standsOn(text, second!)).toBe(true);
    expect(standsOn(text, third!)).toBe(true);
  });
});
