import type { Host } from '~/app/_keyring/frame/host';
import type { Entry } from '~/app/_keyring/lock';
import type { Hex } from '~/server/rooms/rules/orders';
import { entryKinds, opens } from '../../entry';
import { begun, type Erasing, waitingEntries, waitsFor } from '../../erasing';
import { leave } from '../../leaving';
import { readLaid } from '../../release/laid';
import type { Session } from '../../session';
import { readDays } from './days';

const roomOf = ({ kind, bytes }: Entry): Hex | null => {
  if (kind === entryKinds.room || kind === entryKinds.founding) return opens({ kind, bytes });
  if (kind === entryKinds.laid) return readLaid({ kind, bytes })?.room ?? null;
  try {
    return kind === entryKinds.days ? readDays(bytes).room : null;
  } catch {
    return null;
  }
};
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
  const waits = waitsFor(room);
  if (erasing && erasing.said.length > 0)
    await host.keep((entries) => [...entries.filter((one) => !waits(one)), ...waitingEntries(room, erasing)]);
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
