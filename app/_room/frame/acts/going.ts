import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Host } from '~/app/_keyring/frame/host';
import type { Entry } from '~/app/_keyring/lock';
import type { Hex } from '~/server/rooms/rules/orders';
import { entryKinds } from '../../entry';
import { readRoom } from '../../kept';
import { type Erasing, leave } from '../../leaving';
import { readLaid } from '../../release/laid';
import type { Session } from '../../session';
import { readDays } from './days';
import { erasingEntries } from './erasing';

const roomOf = ({ kind, bytes }: Entry): Hex | null => {
  if (kind === entryKinds.laid) return readLaid({ kind, bytes })?.room ?? null;
  try {
    if (kind === entryKinds.days) return readDays(bytes).room;
    return kind === entryKinds.room ? readRoom(bytes).held.room : null;
  } catch {
    return null;
  }
};
const isWaiting = ({ kind }: Entry) => kind === entryKinds.waiting;
const roomLength = 16;
const waitsFor = ({ bytes }: Entry): Hex => bytesToHex(bytes.subarray(0, roomLength));

/** What is to be erased once she is out of the room, and not before: the room stands before it. */
function waiting(room: Hex, erasing: Erasing): Entry[] {
  return erasingEntries(erasing).map(({ bytes }) => ({
    kind: entryKinds.waiting,
    bytes: new Uint8Array([...hexToBytes(room), ...bytes]),
  }));
}

/** What waits for a room that stands in this keyring no more begins: she is out of it. */
export function begun(entries: readonly Entry[]): Entry[] {
  const rooms = new Set(entries.filter(({ kind }) => kind === entryKinds.room).map(roomOf));
  return entries.map((one) =>
    isWaiting(one) && !rooms.has(waitsFor(one))
      ? { kind: entryKinds.erasing, bytes: one.bytes.slice(roomLength) }
      : one,
  );
}

/**
 * Out of a room, so that it can be broken off anywhere: what is to be erased is kept first, not to be begun yet; then the
 * room is told, so that it changes its key; then her own key goes out of the keyring, and the erasing may begin.
 * @param erasing what she wants erased; null where there was nothing to ask her for
 * @param closed whether her key leads nowhere any more
 * @returns whether she is out; false where the room could not be told, and nothing has changed
 */
export async function goOut(
  host: Pick<Host, 'keep'>,
  session: Session,
  erasing: Erasing | null,
  closed: () => boolean,
): Promise<boolean> {
  const { room } = session.held;
  const waits = (one: Entry) => isWaiting(one) && waitsFor(one) === room;
  if (erasing && erasing.said.length > 0)
    await host.keep((entries) => [...entries.filter((one) => !waits(one)), ...waiting(room, erasing)]);
  // A frozen room can be told nothing by a member; her key goes all the same.
  const knows = await leave(session);
  if (!knows && !session.state?.frozen && !closed()) return false;
  await host.keep((entries) =>
    begun(
      entries.filter((one) => roomOf(one) !== room && !(waits(one) && erasing && erasing.said.length === 0)),
    ),
  );
  return true;
}
