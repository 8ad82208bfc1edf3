import type { AssociationRole, ForumRole, SpaceRole } from '../actor';

// The quasigroup of order 10 of H. M. Damm (dissertation, Marburg 2004): one wrong digit and two
// neighbours changed over are always noticed.
const damm = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];
const interim = (digits: string) => [...digits].reduce((row, digit) => Number(damm[row]![Number(digit)]), 0);

/** The credential number of seven digits: these and their check digit. */
export const withCheckDigit = (seven: string): string => seven + interim(seven);

/** The eight digits of a credential number as someone typed it, or null where it cannot be one. */
export function readNumber(typed: string): string | null {
  const digits = typed.replace(/[\s.\p{Pd}]/gu, '');
  return /^[1-9]\d{7}$/.test(digits) && interim(digits) === 0 ? digits : null;
}

/** As it is printed and shown: 1234-5678. */
export const showNumber = (number: string): string => `${number.slice(0, 4)}-${number.slice(4)}`;

/** Crockford's base 32: no I, L, O, U. */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const codeLength = 12;

/** A card's code as someone typed it, forgiving of case, spaces, hyphens, O for 0, I and L for 1; or null. */
export function readCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length === codeLength && [...code].every((letter) => codeAlphabet.includes(letter))
    ? code
    : null;
}

/** As it is printed: XXXX-XXXX-XXXX. */
export const showCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** A card of the demo forum, which is printed in the README, stands until then. */
export const forEver = new Date('9999-12-31T00:00:00Z');
export type Card = { expiresAt: Date; usedAt: Date | null; revokedAt: Date | null };

/** A fixed card: only the demo forum has them, and only there does one open the door again. */
export const isFixed = (card: Pick<Card, 'expiresAt'>, demo: boolean): boolean =>
  demo && card.expiresAt >= forEver;

/** Why a card lets nobody in (a code of failures.json), or null. */
export function cardProblem(card: Card | null, demo: boolean, now: Date): string | null {
  if (!card) return 'people.card_unknown';
  if (card.usedAt && !isFixed(card, demo)) return 'people.card_used';
  if (card.revokedAt) return 'people.card_revoked';
  return card.expiresAt <= now || (card.expiresAt >= forEver && !demo) ? 'people.card_expired' : null;
}

const bare = (words: string) =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
const rows = ['01234567890', '09876543210', 'qwertyuiop', 'asdfghjkl', 'abcdefghijklmnopqrstuvwxyz'];
const common = ['password', 'contrasena', 'miclave', 'clave', 'frenteunido', 'mineria', 'minera', 'minero'];

/** Whether a passphrase is among the first that a stranger would try: a row of keys, her number, her name. */
export function isTrivial(passphrase: string, person: { number: string; name: string }): boolean {
  const said = bare(passphrase);
  const parts = person.name.split(/\s+/).map(bare);
  const rest = [...parts, ...common, person.number, person.number.slice(0, 4), person.number.slice(4)]
    .filter((part) => part.length > 2)
    .sort((a, b) => b.length - a.length)
    .reduce((left, part) => left.replaceAll(part, ''), said);
  return (
    new Set(passphrase.toLowerCase()).size < 4 ||
    said === bare(person.name) ||
    (said !== '' && rows.some((row) => `${row}${row}`.includes(said))) ||
    // What is left beside them must be more than a year or an exclamation mark.
    (rest.length < said.length && rest.length < 5)
  );
}

export type Role = ForumRole | AssociationRole | SpaceRole;
/** Given by one person and confirmed by another of them: a second person stands behind who admits people. */
export const twoPeople: readonly ForumRole[] = ['forumSecretary', 'credentials'];
export const speaksForOffice = (role: ForumRole): boolean => role === 'liaison';
/** Without one nobody could name anybody any more. */
export const isNeverNone = (role: ForumRole): boolean => role === 'forumSecretary';

const forumRoles: readonly Role[] = ['admin', 'forumSecretary', 'credentials', 'editor', 'liaison'];
const leading: readonly Role[] = ['officer', 'secretary'];

/**
 * Roles that may not meet in one person (contract.md, Roles; R-79).
 * @param held everything she holds anywhere: forum, associations, spaces; what waits for confirmation counts.
 * @returns a code of failures.json, or null.
 */
export function conflict(held: ReadonlySet<Role>, wanted: Role): string | null {
  const all = new Set([...held, wanted]);
  const any = (roles: readonly Role[], besides: Role) =>
    roles.some((role) => role !== besides && all.has(role));
  if (all.has('liaison') && all.size > 1) return 'people.conflict_liaison';
  if (all.has('admin') && any([...forumRoles, ...leading], 'admin')) return 'people.conflict_admin';
  if (all.has('credentials') && any(leading, 'credentials')) return 'people.conflict_credentials';
  return null;
}

const first = <T extends string>(agent: string, table: readonly (readonly [RegExp, T])[], other: T): T =>
  table.find(([pattern]) => pattern.test(agent))?.[1] ?? other;

/** A phone or computer in coarse words, `kind system browser`: enough to know one's own, not to tell people apart. */
export function deviceOf(agent: string): string {
  const system = first(
    agent,
    [
      [/android/i, 'Android'],
      [/iphone|ipod/i, 'iPhone'],
      [/ipad/i, 'iPad'],
      [/windows/i, 'Windows'],
      [/mac os/i, 'Mac'],
      [/cros|linux/i, 'Linux'],
    ],
    '',
  );
  const browser = first(
    agent,
    [
      [/edg/i, 'Edge'],
      [/opr|opera/i, 'Opera'],
      [/samsungbrowser/i, 'Samsung'],
      [/ucbrowser/i, 'UC'],
      [/firefox|fxios/i, 'Firefox'],
      [/chrome|crios/i, 'Chrome'],
      [/safari/i, 'Safari'],
    ],
    '',
  );
  const tablet = system === 'iPad' || (system === 'Android' && !/mobile/i.test(agent));
  const phone = system === 'iPhone' || (system === 'Android' && !tablet);
  const kind = tablet ? 'tablet' : phone ? 'phone' : system ? 'computer' : 'unknown';
  return [kind, system, browser].join('/');
}
