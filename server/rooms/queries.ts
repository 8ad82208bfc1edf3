import { createCipheriv, createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { roomFrames, roomInvites, roomParts, roomRekeys, rooms } from '~/db/schema/rooms';
import { limaDay } from '~/server/day';
import { hashHex, orderKinds, type Signature, signersOf, statement, writeTurn } from './rules/orders';
import {
  answerLength,
  boxLength,
  inviteLength,
  knockLength,
  membersAtMost,
  noteLength,
  pageBytesAtMost,
} from './rules/sizes';
import { type Page, writeDone, writeNote, writePage } from './rules/wire';

export type Room = typeof rooms.$inferSelect;

/** Bytes that look drawn, and are the same for the same question: what is not there answers like what is. */
function noise(secret: Buffer, about: string, length: number): Buffer {
  const key = createHmac('sha256', secret).update(`rooms/${about}`).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

// What stands before the 32 bytes of an X25519 key in PKCS #8 (RFC 8410).
const pkcs8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
function point(seed: Buffer): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
}

/** A note for a key that is none. Its boxes begin with true points, in rising order: noise would be told from them. */
function emptyNote(secret: Buffer, access: string): Buffer {
  const note = noise(secret, access, noteLength);
  const points = Array.from({ length: membersAtMost }, (_, at) =>
    point(note.subarray(at * boxLength).subarray(0, 32)),
  );
  points.sort(Buffer.compare).forEach((one, at) => {
    one.copy(note, at * boxLength);
  });
  return note;
}

/** The room whose present key this is. */
export async function roomOf(db: DbOrTx, access: Uint8Array, lock = false): Promise<Room | null> {
  const query = db
    .select()
    .from(rooms)
    .where(eq(rooms.access, hashHex(access)));
  const [room] = lock ? await query.for('update') : await query;
  return room ?? null;
}

/** The frames behind a place, and how the room stands. */
export async function pageOf(db: DbOrTx, room: Room, after: number): Promise<Page> {
  const found = await db
    .select({ seq: roomFrames.seq, epoch: roomFrames.epoch, bytes: roomFrames.bytes })
    .from(roomFrames)
    .where(and(eq(roomFrames.room, room.id), gt(roomFrames.seq, after)))
    .orderBy(asc(roomFrames.seq))
    .limit(500);
  const frames: Page['frames'] = [];
  let size = 0;
  for (const frame of found) {
    size += frame.bytes.length + 12;
    if (size > pageBytesAtMost) break;
    frames.push(frame);
  }
  const more = frames.length < found.length || found.length === 500;
  return { epoch: room.epoch, turn: room.turn, last: room.lastSeq, more, frames };
}

/** The rooms of these that there are, as they stand. */
export const roomsAmong = (db: DbOrTx, ids: string[]): Promise<Room[]> =>
  db.select().from(rooms).where(inArray(rooms.id, ids));

/** Whose word counts today: seven days after two thirds wanted others, theirs. */
export const stewardsOf = ({ stewards, successors, succeedOn }: Room): string[] =>
  successors && succeedOn && limaDay(new Date()) >= succeedOn ? successors : stewards;

const nowhere = '00'.repeat(16);
/**
 * A frozen room is open to its stewards alone, who are to remove and to change its key. The signature is looked at
 * where there is no room as well: a frozen one is not to be told from none by how long it takes.
 */
export function isOpen(room: Room | null, prev: string, proof: readonly Signature[]): room is Room {
  const body = writeTurn({ turn: room?.epoch ?? 0 });
  const signers = signersOf(statement({ room: room?.id ?? nowhere, prev }, orderKinds.read, body), proof);
  return room !== null && (!room.frozen || stewardsOf(room).some((key) => signers.has(key)));
}

type Question = { access: Uint8Array; after: number; proof: Signature[]; prev: string };
/**
 * What whoever holds this key reads. The same is looked up and made for every key, so that unknown, wrong, removed and
 * frozen take the same work.
 * @returns a page and its room, or a note of fixed size that opens for those it is for, if for anybody
 */
export async function read(
  db: DbOrTx,
  secret: Buffer,
  { access, after, proof, prev }: Question,
): Promise<{ reply: Uint8Array; room: Room | null; page: Page | null }> {
  const hash = hashHex(access);
  const empty = emptyNote(secret, hash);
  const [room, [old]] = await Promise.all([
    roomOf(db, access),
    db.select({ note: roomRekeys.note }).from(roomRekeys).where(eq(roomRekeys.access, hash)),
  ]);
  if (isOpen(room, prev, proof)) {
    const page = await pageOf(db, room, after);
    return { reply: writePage(page), room, page };
  }
  return { reply: writeNote(old?.note ?? empty), room: null, page: null };
}

/** What lies where a code leads to; each part as long whether it is there or not. */
export async function placeAt(db: DbOrTx, secret: Buffer, id: Uint8Array): Promise<Uint8Array> {
  const hash = hashHex(id);
  const [found] = await db.select().from(roomInvites).where(eq(roomInvites.id, hash));
  const part = (there: Uint8Array | null | undefined, name: string, length: number) => {
    const instead = noise(secret, `${hash}/${name}`, length);
    return there ?? instead;
  };
  return Buffer.concat([
    part(found?.sealed, 'sealed', inviteLength),
    part(found?.knock, 'knock', knockLength),
    part(found?.answer, 'answer', answerLength),
  ]);
}

/** A part of a voice or a picture; one question to the database, whatever is wrong with what was asked. */
export async function partAt(db: DbOrTx, access: Uint8Array, id: Uint8Array): Promise<Uint8Array> {
  const [found] = await db
    .select({ bytes: roomParts.bytes })
    .from(rooms)
    .innerJoin(roomParts, and(eq(roomParts.room, rooms.id), eq(roomParts.place, hashHex(id))))
    .where(and(eq(rooms.access, hashHex(access)), eq(rooms.frozen, false)));
  return found?.bytes ?? writeDone(0);
}

export const inviteCount = async (db: DbOrTx): Promise<number> =>
  (await db.select({ count: sql<number>`count(*)::int` }).from(roomInvites))[0]!.count;
