import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

// What a form of several screens carries in hidden fields, so that neither the page's source nor what the browser
// keeps in its history can be read once the key, which lives in a cookie of that page alone, is gone.

/** A key for the life of one form: 32 random bytes, as text for a cookie. */
export const freshKey = (): string => randomBytes(32).toString('base64url');

/**
 * Seals a value (AES-256-GCM).
 * @param context where alone it may be opened again: which form, whose, which place in it
 */
export function seal(key: string, context: string, value: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), nonce).setAAD(
    Buffer.from(context),
  );
  const sealed = Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString('base64url');
}

/** The value of a sealed field; null where the key is another one or gone, or the context is not its own. */
export function unseal(key: string | undefined, context: string, sealed: unknown): string | null {
  if (!key || typeof sealed !== 'string' || sealed.length > 8192) return null;
  try {
    const bytes = Buffer.from(sealed, 'base64url');
    const cipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), bytes.subarray(0, 12))
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-16));
    return cipher.update(bytes.subarray(12, -16), undefined, 'utf8') + cipher.final('utf8');
  } catch {
    return null;
  }
}
