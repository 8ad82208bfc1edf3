import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { sealFrame } from '~/app/_room/protocol/frames';
import { epochKeys, signWith } from '~/app/_room/protocol/keys';
import type { Db } from '~/db/client';
import { rooms } from '~/db/schema/rooms';
import { hashHex, statement } from '~/server/rooms/rules/orders';
import { type Order, readDone, writeAsk } from '~/server/rooms/rules/wire';
import { foundRoom, openBoxes } from './box';
import { type Woman, woman } from './rooms';

export const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Luna, Cerro and Quena in their room, and what it takes to give the server orders beside their sessions. */
export async function threeAndTheirRoom(db: Db) {
  const { ask, post } = await openBoxes(db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, key, sessions } = await foundRoom(ask, women);
  const { access, words, tree } = epochKeys(room, 1, key);
  const place = { room, epoch: 1, words };
  const frame = () => ({
    bytes: sealFrame(place, women[0].keys, {
      kind: 'words',
      head: sessions[0].state!.head,
      session: new Uint8Array(randomBytes(8)),
      counter: 1,
      body: bytesOf('x'),
    }),
    erase: hashHex(randomBytes(32)),
    days: 30,
  });
  const row = async () => (await db.select().from(rooms).where(eq(rooms.id, room)))[0];
  const signed = (kind: number, body: Uint8Array, by: Woman[], prev = sessions[0].state!.head): Order => ({
    seen: 0,
    kind,
    prev,
    body,
    signatures: by.map(({ keys }) => signWith(keys, statement({ room, prev }, kind, body))),
    frame: frame(),
  });
  const give = async (order: Order, note: Uint8Array | null = null) => {
    const given = { ...order, seen: (await row())?.lastSeq ?? 0 };
    return readDone(await ask(writeAsk({ op: 'order', access, order: given, note })));
  };
  return { ask, post, women, room, key, sessions, access, place, tree, frame, row, signed, give };
}
