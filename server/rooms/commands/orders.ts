import { eq } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { roomRekeys, rooms } from '~/db/schema/rooms';
import { dayAfter, limaDay } from '~/server/day';
import { type Room, roomOf, stewardsOf } from '../queries';
import {
  countSigned,
  type Hex,
  hashHex,
  isParting,
  orderKinds,
  readCompaction,
  readRotation,
  readSuccession,
  readTurn,
  signersOf,
  statement,
  twoThirds,
  writeRotation,
} from '../rules/orders';
import { countHash, isProven } from '../rules/tree';
import type { Ask, Kept, Order } from '../rules/wire';
import { append, appendOrder, dropFrames } from './frames';
import { type Checked, spendOrUndo } from './tokens';

type AskOf<K extends Ask['op']> = Extract<Ask, { op: K }>;
/** `cut`: whoever is connected with the old key hears nothing more. */
export type Done = { room: string; kept: Kept | null; cut: boolean };
const today = () => limaDay(new Date());

const signersOfOrder = (room: string, { prev, kind, body, signatures }: Order): Set<Hex> =>
  signersOf(statement({ room, prev }, kind, body), signatures);

/** Three found a room; they are its stewards, and one blind token is what it costs. */
export async function found(
  tx: Tx,
  { room, order, signatures, prev, frame }: AskOf<'found'>,
  token: Checked,
): Promise<Done | null> {
  const { epoch, turn, stewards, access, tree, count } = order;
  if (epoch !== 1 || turn !== 0 || stewards.length !== 3) return null;
  const signers = signersOf(statement({ room, prev }, orderKinds.rotated, writeRotation(order)), signatures);
  if (countSigned(signers, stewards) !== 3) return null;
  const row = {
    id: room,
    access,
    epoch,
    turn,
    stewards,
    tree,
    count,
    lastSeq: 0,
    bytes: 0,
    frames: 0,
    paid: 0,
  };
  const added = await tx.insert(rooms).values(row).onConflictDoNothing().returning({ id: rooms.id });
  if (added.length === 0) return null;
  await spendOrUndo(tx, token);
  return { room, kept: await append(tx, row, frame), cut: false };
}

async function rotate(
  tx: Tx,
  room: Room,
  order: Order,
  note: Uint8Array,
  signers: Set<Hex>,
): Promise<Done | null> {
  const next = readRotation(order.body);
  if (next.epoch !== room.epoch + 1 || next.turn !== room.turn + 1 || next.note !== hashHex(note))
    return null;
  if (next.access === room.access) return null;
  // By two who are stewards after it too, as the members weigh it: else they would not go over, and the key would be gone.
  if (countSigned(signers, next.stewards) < 2) return null;
  await tx.insert(roomRekeys).values({ access: room.access, room: room.id, note });
  const { access, epoch, turn, stewards, tree, count } = next;
  const successors = { successors: null, succeedOn: null };
  await tx
    .update(rooms)
    .set({ access, epoch, turn, stewards, tree, count, ...successors })
    .where(eq(rooms.id, room.id));
  // A key that changed without its first frame would be neither before nor after.
  const kept = await appendOrder(tx, { ...room, epoch }, order.frame);
  return { room: room.id, kept, cut: true };
}

async function turnOver(tx: Tx, room: Room, order: Order, signers: Set<Hex>): Promise<Done | null> {
  const { turn } = readTurn(order.body);
  if (turn !== room.turn + 1) return null;
  const frozen = order.kind === orderKinds.frozen;
  const freezes = { ...room.freezes };
  if (frozen) {
    const by = stewardsOf(room).find(
      (key) => signers.has(key) && (!freezes[key] || dayAfter(freezes[key], 7) <= today()),
    );
    if (!by || room.frozen) return null;
    freezes[by] = today();
  }
  await tx.update(rooms).set({ turn, frozen, freezes }).where(eq(rooms.id, room.id));
  return { room: room.id, kept: await appendOrder(tx, room, order.frame), cut: frozen };
}

/** What stewards order: two of them, and for a freeze one. */
export async function obey(tx: Tx, { access, order, note }: AskOf<'order'>): Promise<Done | null> {
  const room = await roomOf(tx, access, true);
  // What was signed on a roster that has gone on meanwhile would leave the server in another state than the members.
  if (!room || order.seen !== room.lastSeq) return null;
  const signers = signersOfOrder(room.id, order);
  const signed = countSigned(signers, stewardsOf(room));
  if (order.kind === orderKinds.frozen) return signed >= 1 ? turnOver(tx, room, order, signers) : null;
  if (signed < 2) return null;
  if (order.kind === orderKinds.rotated) return note ? rotate(tx, room, order, note, signers) : null;
  if (order.kind === orderKinds.unfrozen) return room.frozen ? turnOver(tx, room, order, signers) : null;
  if (order.kind !== orderKinds.destroyed || readTurn(order.body).turn !== room.turn + 1) return null;
  await tx.delete(rooms).where(eq(rooms.id, room.id));
  return { room: room.id, kept: null, cut: true };
}

/** Members of a room prove that they are, and have signed. @returns how many */
function provenSigners(
  room: Room,
  order: Order,
  proofs: AskOf<'compact'>['proofs'],
  besides: ReadonlySet<Hex> = new Set(),
): number {
  const signers = signersOfOrder(room.id, order);
  const proven = proofs.filter(
    (proof) => signers.has(proof.key) && !besides.has(proof.key) && isProven(room.tree, proof),
  );
  return new Set(proven.map(({ place }) => place)).size;
}

/** Two thirds of the members want other stewards; they are, after seven days, unless the key is changed before. */
export async function succeed(
  tx: Tx,
  { access, order, members, salt, proofs, left = [] }: AskOf<'succeed'>,
): Promise<Done | null> {
  const room = await roomOf(tx, access, true);
  if (
    !room ||
    order.seen !== room.lastSeq ||
    order.kind !== orderKinds.succeeded ||
    countHash(salt, members) !== room.count
  )
    return null;
  const { turn, stewards } = readSuccession(order.body);
  if (turn !== room.turn + 1 || stewards.length < 2) return null;
  // Who has gone is counted no more: a room whose stewards left is not to wait for them.
  const gone = left.filter((one) => isParting(room.id, one)).map(({ signature }) => signature.by);
  const proven = new Set(proofs.filter((one) => isProven(room.tree, one)).map(({ key }) => key));
  const away = new Set(gone.filter((key) => proven.has(key)));
  if (provenSigners(room, order, proofs, away) < twoThirds(members - away.size)) return null;
  const change = { turn, successors: stewards, succeedOn: dayAfter(today(), 7) };
  await tx.update(rooms).set(change).where(eq(rooms.id, room.id));
  return { room: room.id, kept: await appendOrder(tx, room, order.frame), cut: false };
}

/** Two members have made the same snapshot of a draft: what it is made of may go. */
export async function compact(tx: Tx, { access, order, proofs }: AskOf<'compact'>): Promise<Done | null> {
  const room = await roomOf(tx, access, true);
  if (!room || room.frozen || order.kind !== orderKinds.compacted) return null;
  const { epoch, seqs } = readCompaction(order.body);
  if (epoch !== room.epoch || seqs.length === 0 || provenSigners(room, order, proofs) < 2) return null;
  await dropFrames(tx, room.id, seqs);
  const [now] = await tx.select().from(rooms).where(eq(rooms.id, room.id));
  return { room: room.id, kept: await appendOrder(tx, now!, order.frame), cut: false };
}
