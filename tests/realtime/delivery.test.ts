import fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { currentText } from '~/server/drafts/queries';
import { step1Frame, step2Frame, updateFrame, upToFrame } from '~/server/realtime/protocol';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, type Place, rawSocket, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const patient = 30_000;

/**
 * A phone on a bad network: what it writes waits until it is sent, in any order and any number of times; what comes
 * waits until it is heard, in any order and any number of times; and the connection is cut at any moment.
 */
function phone(forum: Place, room: string, cookie: string, ideal: Y.Doc) {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  let waiting: Uint8Array[] = [];
  let raw: ReturnType<typeof rawSocket> | null = null;
  /** How many of the frames that came have been looked at; and updates among them that wait to be heard. */
  let seen = 0;
  let coming: Uint8Array[] = [];
  let sent = 0;
  let saved = 0;
  let place = 0;
  let asked: Uint8Array | null = null;
  let answered = false;
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'net') return;
    waiting.push(update);
    Y.applyUpdate(ideal, update);
  });
  const hearAll = () => {
    for (const update of coming.splice(0)) Y.applyUpdate(doc, update, 'net');
  };

  /** Sorts what has come since: updates wait, what the server says of them is known at once. */
  function look(): void {
    for (; raw && seen < raw.frames.length; seen++) {
      const decoder = decoding.createDecoder(raw.frames[seen]!);
      const [type, kind] = [decoding.readVarUint(decoder), decoding.readVarUint(decoder)];
      if (type === 0 && kind === 0) asked = decoding.readVarUint8Array(decoder);
      else if (type === 0) {
        coming.push(decoding.readVarUint8Array(decoder));
        answered ||= kind === 1;
      } else if (type === 2 && kind === 16) saved = decoding.readVarUint(decoder);
      else if (type === 2 && kind === 19) {
        // It holds only for who has taken in all that came before.
        hearAll();
        place = decoding.readVarUint(decoder);
      }
    }
  }

  const put = (frame: Uint8Array) => {
    sent++;
    raw!.ws.send(frame);
  };

  return {
    doc,
    write(at: number, cut: number, words: string): void {
      const from = at % (text.length + 1);
      doc.transact(() => {
        text.delete(from, Math.min(cut, text.length - from));
        text.insert(from, words);
      });
    },
    /** One of those that wait goes out, perhaps not for the last time. */
    send(which: number, again: boolean): void {
      if (!raw || waiting.length === 0) return;
      const at = which % waiting.length;
      put(updateFrame(waiting[at]!));
      if (!again) waiting.splice(at, 1);
    },
    hear(which: number, again: boolean): void {
      look();
      if (coming.length === 0) return;
      const at = which % coming.length;
      Y.applyUpdate(doc, coming[at]!, 'net');
      if (!again) coming.splice(at, 1);
    },
    cut(): void {
      look();
      // What had come is lost with the connection, unless it was heard.
      coming = [];
      raw?.ws.terminate();
      raw = null;
    },
    /** Comes back with its place if it may, or with its state vector. */
    async come(withPlace: boolean): Promise<void> {
      if (raw) return;
      const whole = waiting.length === 0 && saved === sent;
      raw = rawSocket(forum, room, cookie);
      [seen, sent, saved, answered, asked] = [0, 0, 0, false, null];
      await until('let in', () => raw!.frames.length > 0, patient);
      raw.ws.send(withPlace && whole && place > 0 ? upToFrame(place) : step1Frame(Y.encodeStateVector(doc)));
    },
    /** As an honest phone on a good network: gives all it has, takes all there is, and is told that it is safe. */
    async settle(): Promise<void> {
      this.cut();
      await this.come(false);
      await until(
        'asked and answered',
        () => {
          look();
          return asked && answered;
        },
        patient,
      );
      hearAll();
      put(step2Frame(Y.encodeStateAsUpdate(doc, asked!)));
      waiting = [];
      await until(
        'safe',
        () => {
          look();
          return saved === sent;
        },
        patient,
      );
      hearAll();
    },
  };
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      who: fc.nat(2),
      at: fc.nat(60),
      cut: fc.nat(3),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      who: fc.nat(2),
      at: fc.nat(9),
      again: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('hear' as const),
      who: fc.nat(2),
      at: fc.nat(9),
      again: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), who: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('come' as const), who: fc.nat(2), again: fc.boolean() }),
  },
);

describe('three phones on a network that cuts, repeats and mixes up', () => {
  it('read the same in the end as if there had been no network between them, and so does the log', async () => {
    const forum = await openForum(t.db, { quietMs: 1, windowMs: 1 });
    const people = [world.people.nieves, world.people.rufino, world.people.mery];
    const cookies = await Promise.all(people.map(async ({ id }) => (await signIn(t.db, id)).cookie));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const draft = await buildDraft(t.db, world.mesaAgua.id);
        const ideal = new Y.Doc();
        const phones = cookies.map((cookie) => phone(forum, `draft:${draft.id}`, cookie, ideal));
        for (const [i, one] of steps.entries()) {
          const who = phones[one.who]!;
          if (one.do === 'write') who.write(one.at, one.cut, `[${one.who}.${i}]`);
          else if (one.do === 'send') who.send(one.at, one.again);
          else if (one.do === 'hear') who.hear(one.at, one.again);
          else if (one.do === 'cut') who.cut();
          else await who.come(one.again);
        }
        // Once to give, once to take what the others gave.
        for (let round = 0; round < 2; round++) for (const who of phones) await who.settle();
        const expected = ideal.getText('text').toString();
        for (const { doc } of phones) expect(doc.getText('text').toString()).toBe(expected);
        expect((await currentText(t.db, draft.textId)).text).toBe(expected);
        for (const who of phones) who.cut();
      }),
      { numRuns: 25 },
    );
  }, 240_000);
});
