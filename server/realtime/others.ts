import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createClient } from '@redis/client';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ForumEvent } from '../events';
import { logError } from '../log';
import type { Abroad } from './presence';

/** What the processes of one forum tell each other. */
export type Message =
  /** These updates are durable, from this seq on. */
  | { kind: 'written'; textId: string; from: number; updates: Uint8Array[] }
  /** A form has written something into this text's log. */
  | { kind: 'appended'; textId: string }
  | { kind: 'presence'; textId: string; present: Abroad[] }
  /** Who is at this text, at your side? */
  | { kind: 'who'; textId: string }
  | { kind: 'event'; event: ForumEvent }
  | { kind: 'beat' };

/** Where the others are found, and the secret that all of them share. */
export type Meeting = { url: string; secret: string };

type Encodable = Parameters<typeof encoding.writeAny>[1];

const ivBytes = 12;
const tagBytes = 16;
const queuedAtMost = 10_000;
const farewellMs = 1000;

/** What passes through Redis is sealed: whoever reads it there learns nothing, and whoever writes there is not heard. */
function sealing(secret: string) {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'frente-unido between processes', 32));
  return {
    channel: `frente-unido:${createHash('sha256').update(key).digest('hex').slice(0, 16)}`,
    seal(plain: Uint8Array): Buffer {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed: Buffer): Buffer {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(sealed.subarray(-tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
    },
  };
}

/**
 * The other processes of the same forum, met through Redis. Whatever is told may be lost: the log is the truth, and
 * who has missed something reads it there. A process knows that it hears the others by hearing itself.
 * @param ears.back after a silence: something may have been missed.
 * @param beatMs how often `beat` is called; two that are not heard are a silence.
 */
export function joinOthers(
  { url, secret }: Meeting,
  ears: { hear: (from: string, message: Message) => void; back: () => void },
  beatMs: number,
) {
  const me = randomBytes(8).toString('hex');
  const { channel, seal, open } = sealing(secret);
  const speaking = createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: queuedAtMost,
    socket: { connectTimeout: 2000, reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 1000) },
  });
  const listening = speaking.duplicate();
  let here = false;
  let everHere = false;
  let heardAt = 0;
  let closed = false;

  function lost(error: unknown): void {
    if (closed) return;
    if (here || !everHere) logError('redis', error);
    here = false;
    everHere = true;
  }

  function beat(): void {
    if (here && Date.now() - heardAt > 2.5 * beatMs) lost(new Error('silence'));
    tell({ kind: 'beat' });
  }

  function tell(message: Message): void {
    if (closed || !speaking.isReady) return;
    const plain = encoding.encode((encoder) =>
      encoding.writeAny(encoder, { from: me, message } as unknown as Encodable),
    );
    speaking.publish(channel, seal(plain)).catch(lost);
  }

  function hear(sealed: Buffer): void {
    try {
      const said = decoding.readAny(decoding.createDecoder(open(sealed))) as {
        from: string;
        message: Message;
      };
      if (said.from !== me) {
        ears.hear(said.from, said.message);
        return;
      }
    } catch (error) {
      logError('said by another process', error);
      return;
    }
    heardAt = Date.now();
    if (here) return;
    here = true;
    everHere = true;
    ears.back();
  }

  for (const client of [speaking, listening]) {
    client.on('error', lost);
    client.on('ready', beat);
    client.connect().catch(lost);
  }
  listening.once('ready', () => {
    listening.subscribe(channel, hear, true).then(beat, lost);
  });

  return {
    tell,
    beat,
    /** Whether what the others say arrives here. */
    here: () => here,
    /** Lets what has been said go out, and is heard no more. */
    async close(): Promise<void> {
      closed = true;
      const patience = new Promise((resolve) => setTimeout(resolve, farewellMs).unref());
      await Promise.race([speaking.isReady ? speaking.close().catch(() => {}) : null, patience]);
      for (const client of [speaking, listening]) if (client.isOpen) client.destroy();
    },
  };
}
export type Others = ReturnType<typeof joinOthers>;
