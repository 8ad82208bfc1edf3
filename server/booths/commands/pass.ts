import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { runtime } from '~/server/runtime';
import { restMs, turnMs } from '../rules';

const keyed = (what: string) =>
  createHmac('sha256', runtime().secrets.codes).update(`booth ${what}`).digest();

/** What is kept of a booth's code, and of what its tablet holds. */
export const codeHash = (code: string): Buffer => keyed(`code ${code}`);
export const tokenHash = (token: string): Buffer => keyed(`token ${token}`);
/** What a tablet holds: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** A tag of the voter at this booth, so that a half-made sheet opens for her alone. It leads back to nobody. */
export const holderTag = (boothId: string, personId: string): string =>
  keyed(`holder ${boothId} ${personId}`).toString('hex').slice(0, 32);

/**
 * Who stands before the tablet, sealed for this booth (AES-256-GCM) until she has pressed nothing for a while.
 * @param end when her turn is over at the latest, in ms; a pass that is made anew keeps it
 */
export function sealVoter(
  boothId: string,
  personId: string,
  now: Date,
  end = now.getTime() + turnMs,
): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyed('voter'), nonce).setAAD(Buffer.from(boothId));
  const plain = `${personId} ${end} ${Math.min(end, now.getTime() + restMs)}`;
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** The voter of a sealed pass and the end of her turn; null where it is of another booth, forged, or over. */
export function openVoter(
  boothId: string,
  sealed: string | undefined,
  now: Date,
): { personId: string; end: number } | null {
  if (!sealed) return null;
  try {
    const bytes = Buffer.from(sealed, 'base64url');
    const cipher = createDecipheriv('aes-256-gcm', keyed('voter'), bytes.subarray(0, 12))
      .setAAD(Buffer.from(boothId))
      .setAuthTag(bytes.subarray(-16));
    const plain = cipher.update(bytes.subarray(12, -16), undefined, 'utf8') + cipher.final('utf8');
    const [personId, end, until] = plain.split(' ');
    return now.getTime() < Number(until) ? { personId: personId!, end: Number(end) } : null;
  } catch {
    return null;
  }
}
