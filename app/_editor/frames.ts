import * as encoding from 'lib0/encoding';

// What the server and we tell each other beside y-websocket's protocol (server/realtime/protocol.ts).
export const auth = 2;
export const [saved, waiting, right, upTo, whole] = [16, 17, 18, 19, 20];

const frame = (...numbers: number[]) =>
  encoding.encode((encoder) => {
    for (const value of numbers) encoding.writeVarUint(encoder, value);
  }) as Uint8Array<ArrayBuffer>;

export const upToFrame = (place: number) => frame(auth, upTo, place);
export const wholeFrame = frame(auth, whole);

/** What came packed (server/realtime/snapshots.ts). @throws where it is not what was packed. */
export async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
