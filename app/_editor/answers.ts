import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { inPieces } from './pieces';

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];
type Deletions = ReturnType<typeof Y.decodeUpdate>['ds'];

// The forum takes 256 kB as one frame; a letter is three bytes at most.
const frameAtMost = 200_000;
const lettersAtMost = 60_000;

/** A long run of words as several, as Yjs itself would cut it. */
function* cut(struct: Struct): Iterable<Struct> {
  let rest = struct;
  if (struct instanceof Y.Item && struct.content instanceof Y.ContentString)
    for (const { length } of inPieces(struct.content.str).slice(0, -1)) {
      const item = rest as Y.Item;
      const { client, clock } = item.id;
      const [id, before] = [Y.createID(client, clock + length), Y.createID(client, clock + length - 1)];
      const words = item.content.splice(length);
      rest = new Y.Item(id, null, before, null, item.rightOrigin, item.parent, item.parentSub, words);
      item.length = length;
      yield item;
    }
  yield rest;
}

/** What Yjs calls an update, of structs in the order in which one had them. */
function updateOf(structs: readonly Struct[], deleted: Deletions | null): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const rest = encoder.restEncoder;
  const clients = new Map<number, Struct[]>();
  for (const struct of structs)
    if (!clients.get(struct.id.client)?.push(struct)) clients.set(struct.id.client, [struct]);
  encoding.writeVarUint(rest, clients.size);
  for (const [client, own] of clients) {
    for (const value of [own.length, client, own[0]!.id.clock]) encoding.writeVarUint(rest, value);
    for (const struct of own) struct.write(encoder, 0);
  }
  encoding.writeVarUint(rest, deleted?.clients.size ?? 0);
  for (const [client, runs] of deleted?.clients ?? []) {
    for (const value of [client, runs.length]) encoding.writeVarUint(rest, value);
    for (const { clock, len } of runs) for (const value of [clock, len]) encoding.writeVarUint(rest, value);
  }
  return encoder.toUint8Array();
}

/** A large update as several that come to the same, each of which fits a frame; what was deleted is in the last. */
export function updateInPieces(update: Uint8Array): Uint8Array[] {
  const { structs, ds } = Y.decodeUpdate(update);
  const found: Uint8Array[] = [];
  let some: Struct[] = [];
  let letters = 0;
  for (const struct of structs.flatMap((one) => [...cut(one)])) {
    // A deletion says its length and brings no letters; everything costs some bytes of its own.
    const size = 20 + (struct instanceof Y.Item && !struct.deleted ? struct.length : 0);
    if (some.length > 0 && letters + size > lettersAtMost) {
      found.push(updateOf(some, null));
      [some, letters] = [[], 0];
    }
    some.push(struct);
    letters += size;
  }
  found.push(updateOf(some, ds));
  return found;
}

/** What y-protocols brings in one frame, in several where it is large: updates, and in the end what it was. */
export function inFrames(data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  if (data.length <= frameAtMost) return [data];
  const pieces = updateInPieces(decoding.readVarUint8Array(decoding.createDecoder(data.subarray(2))));
  return pieces.map(
    (piece, i) =>
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarUint(encoder, i < pieces.length - 1 ? 2 : data[1]!);
        encoding.writeVarUint8Array(encoder, piece);
      }) as Uint8Array<ArrayBuffer>,
  );
}
