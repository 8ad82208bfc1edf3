import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { Db } from '~/db/client';
import { read } from '~/server/realtime/log';
import { step1Frame, step2Frame, upToFrame } from '~/server/realtime/protocol';
import { type Place, plainClient, rawSocket, signIn, until } from '~/tests/support/clients';
import { buildDraft } from '~/tests/support/drafts';
import { buildPerson, buildSpace, buildSpaceRole } from '~/tests/support/factories';

const patient = 60_000;

/**
 * One phone comes back again and again to a text in which much has been written and deleted, and nothing new; first
 * as every y-websocket client does, then with the place it has been told.
 * @returns what one coming back costs each way in bytes, both ways together, and how many rows the log has gained.
 */
export async function reconnects(db: Db, place: Place, times: number) {
  const space = await buildSpace(db);
  const [writer, reader] = [await buildPerson(db), await buildPerson(db)];
  for (const { id } of [writer, reader]) await buildSpaceRole(db, space.id, id, 'writer');
  const draft = await buildDraft(db, space.id);
  const room = `draft:${draft.id}`;
  const pen = plainClient(place, room, (await signIn(db, writer.id)).cookie);
  await pen.synced();
  for (let i = 0; i < 1500; i++) {
    pen.text.insert((i * 31) % (pen.text.length + 1), `palabra${i} `);
    if (i % 2) pen.text.delete((i * 17) % pen.text.length, 3);
    // Not faster than the socket takes it.
    if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const doc = new Y.Doc();
  const { cookie } = await signIn(db, reader.id);
  let at = 0;

  /** @returns the bytes of the frames of this coming back, both ways, without who else is here. */
  async function come(first: Uint8Array): Promise<number> {
    const raw = rawSocket(place, room, cookie);
    let [bytes, seen, answered, told] = [first.length, 0, false, false];
    const put = (frame: Uint8Array) => {
      bytes += frame.length;
      raw.ws.send(frame);
    };
    await raw.admitted();
    raw.ws.send(first);
    await until(
      'told its place',
      () => {
        for (; seen < raw.frames.length; seen++) {
          const frame = raw.frames[seen]!;
          if (frame[0] === 1) continue;
          bytes += frame.length;
          const decoder = decoding.createDecoder(frame);
          const [type, kind] = [decoding.readVarUint(decoder), decoding.readVarUint(decoder)];
          if (type === 0 && kind === 0)
            put(step2Frame(Y.encodeStateAsUpdate(doc, decoding.readVarUint8Array(decoder))));
          else if (type === 0) {
            Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
            answered ||= kind === 1;
          } else if (type === 2 && kind === 19) {
            at = decoding.readVarUint(decoder);
            told = true;
          }
        }
        return answered && told;
      },
      patient,
    );
    raw.ws.close();
    await raw.end;
    return bytes;
  }

  await until(
    'all is written',
    async () => {
      await come(step1Frame(Y.encodeStateVector(doc)));
      return doc.getText('text').toString() === pen.text.toString();
    },
    patient,
  );
  const rows = (await read(db, draft.textId)).length;
  let [byVector, byPlace] = [0, 0];
  for (let i = 0; i < times; i++) byVector = await come(step1Frame(Y.encodeStateVector(doc)));
  for (let i = 0; i < times; i++) byPlace = Math.max(byPlace, await come(upToFrame(at)));
  return {
    byVector,
    byPlace,
    gained: (await read(db, draft.textId)).length - rows,
    same: doc.getText('text').toString() === pen.text.toString(),
  };
}
