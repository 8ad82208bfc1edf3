import { z } from 'zod';
import { flag, line, optional, uuid } from '../input';

/** 8 characters at least, any words; what the passphrase is compared with is trimmed and NFC. */
const newPassphrase = line(8, 200);
/** The same typed again: only where the phone runs no script that could show it. */
const again = optional(line(0, 200));
const passphrase = line(1, 200);
const number = line(1, 30);
const agent = z.string().max(1000).catch('');
export const sexes = ['mujer', 'hombre', 'otra', 'prefiere_no_decir'] as const;
export const roles = ['admin', 'forumSecretary', 'credentials', 'editor', 'liaison'] as const;
const name = line(3, 120);

export const byId = z.object({ id: uuid() });
export const checkCard = z.object({ code: line(1, 60) });
export const enterWithCard = z.object({ code: line(1, 60), passphrase: newPassphrase, again, agent });
export const signIn = z.object({ number, passphrase, agent });
export const changePassphrase = z.object({ old: passphrase, passphrase: newPassphrase, again });
export const setLanguage = z.object({ locale: z.enum(['es', 'en'], { error: 'failures.field.choose' }) });
export const declareSex = z.object({
  sex: optional(z.enum(sexes, { error: 'failures.field.choose' })),
  consent: flag(),
});
export const byNumber = z.object({ number });
export const byPerson = z.object({ personId: uuid() });
export const enroll = z.object({ key: uuid(), name });
export const appoint = z.object({
  key: uuid(),
  number,
  role: z.enum(roles, { error: 'failures.field.choose' }),
  officeId: optional(uuid()),
});
/** So many bytes, as a phone writes them: base64url without padding. */
const bytes = (length: number) => z.string().regex(new RegExp(`^[\\w-]{${Math.ceil((length * 4) / 3)}}$`));
const auth = bytes(32);
const salt = bytes(16);
const sealedKeyring = bytes(16_384);
export const openKeyring = z.object({ auth });
export const makeKeyring = z.object({ salt, auth, keyring: sealedKeyring });
export const writeKeyring = z.object({ auth, was: bytes(32), keyring: sealedKeyring });
export const changeKeyring = z.object({ old: auth, was: bytes(32), salt, auth, keyring: sealedKeyring });
/** Names covered on the phone, always as many, and the key they are to be signed with. */
export const tokens = z.object({
  of: z.string().regex(/^[0-9a-f]{16}$/),
  blinded: z.array(bytes(256)).length(4),
});

export const setUp = z.object({
  code: line(1, 60),
  forum: line(3, 80),
  name,
  passphrase: newPassphrase,
  again,
  agent,
});
