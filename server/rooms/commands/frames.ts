import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '~/db/client';
import { roomFrames, roomInvites, roomParts, rooms } from '~/db/schema/rooms';
import { dayAfter, limaDay } from '~/server/day';
import { inviteCount, isOpen, type Room, roomOf } from '../queries';
import { Malformed } from '../rules/bytes';
import { hashHex } from '../rules/orders';
import { framesAtMost, partsBytesOf, roomBytesOf, spareForOrders } from '../rules/sizes';
import type { Ask, Kept, Sent } from '../rules/wire';

type AskOf<K extends Ask['op']> = Extract<Ask, { op: K }>;
const today = () => limaDay(new Date());
const invitesAtMost = 10_000;

/** Adds one frame behind the others. @param room its row, locked @returns null where the room is full */
export async function append(
  tx: Tx,
  room: Pick<Room, 'id' | 'epoch' | 'lastSeq' | 'bytes' | 'frames' | 'paid'>,
  frame: Sent,
  spare = { bytes: 0, frames: 0 },
): Promise<Kept | null> {
  const bytes = room.bytes + frame.bytes.length;
  const frames = room.frames + 1;
  if (bytes > roomBytesOf(room.paid) + spare.bytes || frames > framesAtMost + spare.frames) return null;
  const kept = { seq: room.lastSeq + 1, epoch: room.epoch, bytes: frame.bytes };
  await tx
    .insert(roomFrames)
    .values({ room: room.id, ...kept, erase: frame.erase, until: dayAfter(today(), frame.days) });
  await tx.update(rooms).set({ lastSeq: kept.seq, bytes, frames }).where(eq(rooms.id, room.id));
  return kept;
}

/**
 * The frame that tells of an order. There is room for it also where a member has filled hers: else nobody could take
 * her out.
 * @throws Malformed where it is not kept all the same: server and members would be left in different states
 */
export async function appendOrder(tx: Tx, room: Parameters<typeof append>[1], frame: Sent): Promise<Kept> {
  const kept = await append(tx, room, frame, spareForOrders);
  if (!kept) throw new Malformed();
  return kept;
}

/** @returns null for everything that was not kept, without a word why */
export async function send(
  tx: Tx,
  ask: AskOf<'send'> | AskOf<'tell'>,
): Promise<{ room: Room; kept: Kept } | null> {
  const room = await roomOf(tx, ask.access, true);
  // Frozen, its stewards still have to come to an agreement: to take somebody out, and to open it again.
  const open = room && (ask.op === 'tell' ? isOpen(room, ask.prev, ask.proof) : !room.frozen);
  if (!room || !open) return null;
  const kept = await append(tx, room, ask.frame, room.frozen ? spareForOrders : undefined);
  return kept && { room, kept };
}

/** Lays a part where who has its label will ask for it; what lies there already stays. */
export async function lay(tx: Tx, { access, id, part }: AskOf<'lay'>): Promise<boolean> {
  const room = await roomOf(tx, access, true);
  if (!room || room.frozen) return false;
  const bytes = room.bytes + part.bytes.length;
  if (bytes > partsBytesOf(room.paid)) return false;
  const { erase: token, days } = part;
  const laid = await tx
    .insert(roomParts)
    .values({
      room: room.id,
      place: hashHex(id),
      bytes: part.bytes,
      erase: token,
      until: dayAfter(today(), days),
    })
    .onConflictDoNothing()
    .returning({ room: roomParts.room });
  if (laid.length === 0) return false;
  await tx.update(rooms).set({ bytes }).where(eq(rooms.id, room.id));
  return true;
}

/** Takes what is gone out of each room’s measure. */
async function measure(tx: Tx, frames: Gone[], parts: Gone[] = []): Promise<void> {
  const less = new Map<string, { size: number; frames: number }>();
  for (const [all, each] of [
    [frames, 1],
    [parts, 0],
  ] as const)
    for (const { room, size } of all) {
      const so = less.get(room) ?? { size: 0, frames: 0 };
      less.set(room, { size: so.size + size, frames: so.frames + each });
    }
  // In one order for all: two who measure the same rooms never wait for each other.
  for (const [room, { size, frames }] of [...less].sort(([a], [b]) => (a < b ? -1 : 1)))
    await tx
      .update(rooms)
      .set({
        bytes: sql`greatest(0, ${rooms.bytes} - ${size})`,
        frames: sql`greatest(0, ${rooms.frames} - ${frames})`,
      })
      .where(eq(rooms.id, room));
}
type Gone = { room: string; size: number };
const size = sql<number>`length(${roomFrames.bytes})`;
const partSize = sql<number>`length(${roomParts.bytes})`;

/**
 * Locks the rooms of which something is to go, in one order, before anything of them goes: whoever does something in a
 * room locks it first, and would wait for who has a frame of it and waits for the room.
 */
async function lockRoomsOf(tx: Tx, frames: SQL, parts: SQL): Promise<void> {
  const of = sql`select room from ${roomFrames} where ${frames} union select room from ${roomParts} where ${parts}`;
  await tx.execute(sql`select 1 from ${rooms} where id in (${of}) order by id for update`);
}

/** Whoever has the token may have what she said erased, even if she is in the room no more. */
export async function erase(tx: Tx, { token }: AskOf<'erase'>): Promise<void> {
  const its = hashHex(token);
  await lockRoomsOf(tx, eq(roomFrames.erase, its), eq(roomParts.erase, its));
  const gone = await tx
    .delete(roomFrames)
    .where(eq(roomFrames.erase, its))
    .returning({ room: roomFrames.room, size });
  const parts = await tx
    .delete(roomParts)
    .where(eq(roomParts.erase, its))
    .returning({ room: roomParts.room, size: partSize });
  await measure(tx, gone, parts);
}

export async function dropFrames(tx: Tx, room: string, seqs: number[]): Promise<void> {
  const gone = await tx
    .delete(roomFrames)
    .where(and(eq(roomFrames.room, room), inArray(roomFrames.seq, seqs)))
    .returning({ room: roomFrames.room, size });
  await measure(tx, gone);
}

/** What has had its days is deleted. */
export async function expire(db: DbOrTx): Promise<void> {
  await db.delete(roomInvites).where(sql`${roomInvites.until} < ${today()}`);
  // In one: cut off between, a room would count for good what is gone, and be full too soon.
  await db.transaction(async (tx) => {
    await lockRoomsOf(tx, sql`${roomFrames.until} < ${today()}`, sql`${roomParts.until} < ${today()}`);
    const gone = await tx
      .delete(roomFrames)
      .where(sql`${roomFrames.until} < ${today()}`)
      .returning({ room: roomFrames.room, size });
    const parts = await tx
      .delete(roomParts)
      .where(sql`${roomParts.until} < ${today()}`)
      .returning({ room: roomParts.room, size: partSize });
    await measure(tx, gone, parts);
  });
}

export async function invite(tx: Tx, { access, id, sealed }: AskOf<'invite'>): Promise<boolean> {
  const room = await roomOf(tx, access);
  if (!room || room.frozen || (await inviteCount(tx)) >= invitesAtMost) return false;
  const added = await tx
    .insert(roomInvites)
    .values({ id: hashHex(id), sealed, until: dayAfter(today(), 2) })
    .onConflictDoNothing()
    .returning({ id: roomInvites.id });
  return added.length > 0;
}

/** The first knock stands, and the place stays for nine days more, until it is answered. */
export async function knock(tx: Tx, { id, knock: bytes }: AskOf<'knock'>): Promise<boolean> {
  const done = await tx
    .update(roomInvites)
    .set({ knock: bytes, until: dayAfter(today(), 9) })
    .where(and(eq(roomInvites.id, hashHex(id)), sql`${roomInvites.knock} is null`))
    .returning({ id: roomInvites.id });
  return done.length > 0;
}

/**
 * The first answer stands. Whoever brings it once more is told that it lies there: she may not have heard it, and
 * another of the room may have been quicker.
 */
export async function answer(tx: Tx, { access, id, answer: bytes }: AskOf<'answer'>): Promise<boolean> {
  const room = await roomOf(tx, access);
  if (!room) return false;
  const done = await tx
    .update(roomInvites)
    .set({ answer: sql`coalesce(${roomInvites.answer}, ${sql.param(bytes, roomInvites.answer)})` })
    .where(and(eq(roomInvites.id, hashHex(id)), sql`${roomInvites.knock} is not null`))
    .returning({ id: roomInvites.id });
  return done.length > 0;
}
