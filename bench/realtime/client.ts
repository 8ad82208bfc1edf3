import { frameOf, openWire, type Wire } from './socket';
import type { Speech } from './words';

const nothing: Uint8Array = new Uint8Array([0, 0]);
const noVector: Uint8Array = new Uint8Array([0]);

/** How a client comes to a server of the bench. */
export type Door = { port: number; speech: Speech; room: string; headers: Record<string, string> };

export type Client = {
  wire: Wire;
  /** Updates that the server has acknowledged; the answer to its sync step 1 does not count. */
  acked: number;
  /** The last place of the log that the server has told; null where it tells none. */
  place: number | null;
  onUpdate: (bytes: Uint8Array) => void;
  onAcked: (total: number) => void;
  write(frame: Uint8Array): void;
};

/** A whole frame with an update, ready to be written. */
export const updateFrame = ({ speech, room }: Door, update: Uint8Array) =>
  frameOf(speech.update(room, update));

/**
 * Opens a document as a client does: sync step 1, and an answer to the server's.
 * Resolves when it has been told at least `expected` bytes of the document.
 * @param packed asks for the text as our own pages do. @param own what the client has already: its state vector and what it answers the server's step 1 with, or the place of
 * the log up to which it has been told.
 */
export async function openClient(
  door: Door,
  {
    expected = 0,
    own = { vector: noVector, answer: nothing },
    place = null as number | null,
    packed = false,
  } = {},
): Promise<Client> {
  const { speech, room } = door;
  let told: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    told = resolve;
  });
  // The answer to a server's step 1 is acknowledged like an update.
  let answers = 0;
  let acknowledged = 0;
  const client: Client = {
    wire: undefined as never,
    acked: 0,
    place: null,
    onUpdate: () => {},
    onAcked: () => {},
    write: (frame) => client.wire.write(frame),
  };
  const hear = (message: Buffer, wire: Wire) => {
    const heard = speech.read(message);
    if (heard.kind === 'whole') client.place = heard.place;
    if (heard.kind === 'update' || heard.kind === 'step2' || heard.kind === 'whole') {
      if (heard.kind === 'update') client.onUpdate(heard.bytes);
      if (heard.bytes.length >= expected) told();
    } else if (heard.kind === 'step1') {
      answers++;
      wire.write(frameOf(speech.step2(room, own.answer)));
    } else if (heard.kind === 'acked' || heard.kind === 'acked more') {
      acknowledged = heard.kind === 'acked' ? heard.total : acknowledged + heard.count;
      client.acked = acknowledged - answers;
      client.onAcked(client.acked);
    } else if (heard.kind === 'place') client.place = heard.place;
  };
  client.wire = await openWire(door.port, speech.path(room), door.headers, hear);
  for (const first of speech.hello(room)) client.wire.write(frameOf(first));
  const first =
    place !== null
      ? speech.resume(place)
      : packed && speech.whole
        ? speech.whole()
        : speech.step1(room, own.vector);
  client.wire.write(frameOf(first));
  await opened;
  return client;
}
