import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHmac,
  type ECDH,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { type Choice, choices } from '../rules';
import { boundTo, derivedBits, pointLength, readOut, sealedLength, ticketLength } from '../rules/sealed';

// What a phone keeps of a vote until there is a network, opened with what is derived from the ballot's key, in memory
// alone (docs/decisions/111).
const derived = (key: Uint8Array, what: string) =>
  createHmac('sha256', key).update(`sealed|${what}`).digest();

/** The sealing key pair of a ballot; gone with the ballot's key. */
function pair(key: Uint8Array): ECDH {
  const made = createECDH('prime256v1');
  // One in four thousand million scalars is too great for the curve.
  for (let i = 0; ; i++)
    try {
      made.setPrivateKey(derived(key, `scalar ${i}`));
      return made;
    } catch {
      // The next one.
    }
}

/** What the phone seals to: 65 bytes, in base64url. */
export const publicKeyOf = (key: Uint8Array): string => pair(key).getPublicKey('base64url');

type Holder = { ballotId: string; personId: string; manifest: string };
const place = ({ ballotId, personId, manifest }: Holder) =>
  Buffer.from(['ticket', ballotId, personId, manifest].join('|'));

/** What allows this person to bring a sheet of this ballot later: it names nobody, and tells no time to who finds it. */
export function giveTicket(key: Uint8Array, holder: Holder, at: Date): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', derived(key, 'ticket'), nonce).setAAD(place(holder));
  const moment = Buffer.alloc(6);
  moment.writeUIntBE(at.getTime(), 0, 6);
  return Buffer.concat([nonce, cipher.update(moment), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  );
}

/** When a ticket was given; null where it is not this person's, or for another ballot or text. */
export function readTicket(key: Uint8Array, holder: Holder, ticket: string): Date | null {
  const bytes = Buffer.from(ticket, 'base64url');
  if (bytes.length !== ticketLength) return null;
  try {
    const cipher = createDecipheriv('aes-256-gcm', derived(key, 'ticket'), bytes.subarray(0, 12))
      .setAAD(place(holder))
      .setAuthTag(bytes.subarray(18));
    const moment = Buffer.concat([cipher.update(bytes.subarray(12, 18)), cipher.final()]);
    return new Date(moment.readUIntBE(0, 6));
  } catch {
    return null;
  }
}

/** Opens a sheet that a phone sealed; null for whatever was not sealed so, for this ballot, text, number and ticket. */
export function openSealed(
  key: Uint8Array,
  given: { id: string; manifest: string; sheet: string; ticket: string; sealed: string },
  questions: number,
): Choice[] | null {
  const bytes = Buffer.from(given.sealed, 'base64url');
  if (bytes.length !== sealedLength) return null;
  const [point, body] = [bytes.subarray(0, pointLength), bytes.subarray(pointLength)];
  try {
    const own = pair(key);
    const bound = Buffer.from(boundTo({ ...given, ballot: given.id }));
    const salt = Buffer.concat([point, own.getPublicKey()]);
    // Throws for what is not a point of the curve.
    const secret = Buffer.from(
      hkdfSync('sha256', own.computeSecret(point), salt, bound, Math.ceil(derivedBits / 8)),
    );
    const cipher = createDecipheriv('aes-256-gcm', secret.subarray(0, 32), secret.subarray(32))
      .setAAD(bound)
      .setAuthTag(body.subarray(-16));
    const plain = Buffer.concat([cipher.update(body.subarray(0, -16)), cipher.final()]);
    const read = readOut(plain, questions, choices);
    plain.fill(0);
    return read;
  } catch {
    return null;
  }
}
