import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { firstUpdate, plainText } from '~/server/drafts/rules';
import { Malformed } from '~/server/realtime/document';
import { read } from '~/server/realtime/log';
import { decode, step1Frame, step2Frame, updateFrame } from '~/server/realtime/protocol';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, plainClient, rawSocket, signIn } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});

const bytes = (...list: number[]) => new Uint8Array(list);
function made(write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  write(doc);
  return updateFrame(Y.encodeStateAsUpdate(doc));
}
const looking = (looks: object) => made((doc) => doc.getText('text').insert(0, 'x', looks));
const honest = updateFrame(firstUpdate('Queremos agua limpia.'));
// «x» of client 1 at clock 0, said to stand after clock 3 of the same client.
const knotted = updateFrame(bytes(1, 1, 1, 0, 0x84, 1, 3, 1, 'x'.charCodeAt(0), 0));

it('takes every look that is shown, and its end', () => {
  for (const looks of [
    { bold: true, italic: true, link: '/biblioteca/ley-27651' },
    ...['heading', 'article', 'bullet', 'number'].map((block) => ({ block })),
  ])
    expect(decode(looking(looks)).kind).toBe('update');
});

describe('a frame that is no frame', () => {
  const bad: [string, Uint8Array | string][] = [
    ['nothing at all', bytes()],
    ['a type that there is not', bytes(9, 1, 2)],
    ['a sync step that there is not', bytes(0, 7, 1, 0)],
    ['an update cut off in the middle', honest.slice(0, -5)],
    ['an update that says it is longer than it is', bytes(0, 2, 200, 1, 1)],
    ['bytes after its end', new Uint8Array([...honest, 0])],
    ['a number without end', bytes(0, ...Array(20).fill(255))],
    ['a state vector of noise', step1Frame(bytes(200, 255, 255))],
    ['a presence of noise', bytes(1, 3, 255, 255, 255)],
    ['letters instead of bytes', 'hola'],
    ['the server’s own words', bytes(2, 16, 5, 5)],
    ['a table beside the text', made((doc) => doc.getMap('text').set('a', 1))],
    ['another text than this', made((doc) => doc.getText('otro').insert(0, 'x'))],
    ['a document inside the text', made((doc) => doc.getArray('text').insert(0, [new Y.Doc()]))],
    ['an item that stands after itself', knotted],
    ['a picture inside the text', made((doc) => doc.getText('text').insertEmbed(0, { src: 'x' }))],
    ['a colour on the words', looking({ colour: 'red' })],
    ['a name on the words', looking({ author: 'Nieves' })],
    ['bold that is not just bold', looking({ bold: 'mucho' })],
    ['a kind of line that there is not', looking({ block: 'title' })],
    ['a link out of the forum', looking({ link: 'https://example.org/' })],
    ['a link that is a script', looking({ link: 'javascript:alert(1)' })],
    ['a tree inside the text', made((doc) => doc.getText('text').insertEmbed(0, new Y.Map()))],
  ];

  it.each(bad)('closes the socket that sent %s, and harms no other', async (_what, frame) => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'a' });
    const nieves = plainClient(
      forum,
      `draft:${draft.id}`,
      (await signIn(t.db, world.people.nieves.id)).cookie,
    );
    await nieves.synced();
    const culprit = rawSocket(
      forum,
      `draft:${draft.id}`,
      (await signIn(t.db, world.people.rufino.id)).cookie,
    );
    await culprit.admitted();
    culprit.ws.send(frame);
    expect((await culprit.end).code).toBe(4400);
    expect(await read(t.db, draft.textId)).toHaveLength(1);
    expect(nieves.text.toString()).toBe('a');
    expect(nieves.closes).toEqual([]);
  });

  it.each([
    [300 * 1024, 4413],
    [2 * 1024 * 1024, 1009],
  ])('closes the socket that sent %i bytes at once', async (size, code) => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const culprit = rawSocket(
      forum,
      `draft:${draft.id}`,
      (await signIn(t.db, world.people.rufino.id)).cookie,
    );
    await culprit.admitted();
    culprit.ws.send(updateFrame(firstUpdate('x'.repeat(size))));
    expect((await culprit.end).code).toBe(code);
    expect(await read(t.db, draft.textId)).toHaveLength(0);
  });
});

describe('a log that holds an update which nobody can take', () => {
  it('is read all the same, without it', () => {
    const bad = bytes(1, 1, 1, 0, 0x84, 1, 3, 1, 'x'.charCodeAt(0), 0);
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(plainText([firstUpdate('Queremos '), bad, bytes(9)])).toBe('Queremos ');
    expect(silent).toHaveBeenCalled();
    silent.mockRestore();
  });
});

it('a deletion of nothing is refused: whoever had to keep it for later could not write it again', () => {
  const frame = Uint8Array.from([0, 2, 10, 0, 1, 128, 203, 221, 171, 11, 1, 4, 0]);
  expect(() => decode(frame)).toThrow(Malformed);
});

describe('twenty thousand broken frames', () => {
  const writer = new Y.Doc();
  const text = writer.getText('text');
  const updates: Uint8Array[] = [];
  writer.on('update', (update: Uint8Array) => updates.push(update));
  text.insert(0, 'Artículo primero ⛏️');
  text.insert(3, 'x', { bold: true });
  text.delete(5, 4);
  const seeds = [
    ...updates.map(updateFrame),
    step2Frame(Y.encodeStateAsUpdate(writer)),
    step1Frame(Y.encodeStateVector(writer)),
    bytes(3),
  ];
  const broken = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 }),
      fc.nat(220),
    )
    .map(([seed, changes, cut]) => {
      const frame = seed.slice(0, cut < 20 ? Math.max(0, seed.length - cut) : seed.length);
      for (const [at, value] of changes) if (at < frame.length) frame[at] = value;
      return frame;
    });

  it('are each refused as malformed, or are updates that every client can take', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 300 })), (frame) => {
        let message: ReturnType<typeof decode>;
        try {
          message = decode(frame);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
          return;
        }
        if (!('bytes' in message) && message.kind !== 'step1') return;
        const doc = new Y.Doc();
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(writer));
        if (message.kind === 'step1') Y.encodeStateAsUpdate(doc, message.vector);
        else {
          taken++;
          Y.applyUpdate(doc, message.bytes);
          doc.getText('text').insert(0, 'después');
          expect(doc.getText('text').toString()).toContain('después');
          Y.applyUpdate(new Y.Doc(), Y.encodeStateAsUpdate(doc));
        }
      }),
      { numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(100);
  }, 60_000);
});
