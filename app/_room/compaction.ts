import {
  type Hex,
  orderKinds,
  type Signature,
  statement,
  writeCompaction,
} from '~/server/rooms/rules/orders';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import { membersTree } from './protocol/notes';
import type { Session } from './session';

/** What is signed for letting older frames of a draft go; `snapshot` is the hash of what stands in their place. */
export function compaction(session: Session, snapshot: Hex, seqs: number[], epoch = session.epoch) {
  const body = writeCompaction({ epoch, seqs });
  const { room } = session.held;
  const message = statement({ room, prev: snapshot }, orderKinds.compacted, body);
  return { prev: snapshot, kind: orderKinds.compacted, body, message };
}

/** Two members have made the same snapshot: the server lets its older frames go, and all are told by this frame. */
export async function compact(
  session: Session,
  snapshot: Hex,
  seqs: number[],
  signatures: Signature[],
  told: Uint8Array,
): Promise<boolean> {
  const { prev, kind, body } = compaction(session, snapshot, seqs);
  const { access, tree: treeKey } = session.keys;
  const tree = membersTree(session.state!, treeKey);
  const proofs = signatures.map(({ by }) => tree.proof(by));
  const frame = session.sealed('cosign', told);
  const order = { seen: session.after, kind, prev, body, signatures, frame };
  return readDone(await session.server(writeAsk({ op: 'compact', access, order, proofs }))) > 0;
}
