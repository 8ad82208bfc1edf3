import type { Locale } from '~/messages/catalogue';

const tag = (locale: Locale) => (locale === 'es' ? 'es-PE' : 'en');
const timeZone = 'America/Lima';

/** «lunes, 23 de noviembre de 2026» */
export const longDate = (locale: Locale, when: Date) =>
  new Intl.DateTimeFormat(tag(locale), { dateStyle: 'full', timeZone }).format(when);

/** «lunes, 23 de noviembre de 2026, 6:00 p. m.» */
export const dateAndHour = (locale: Locale, when: Date) =>
  new Intl.DateTimeFormat(tag(locale), { dateStyle: 'full', timeStyle: 'short', timeZone }).format(when);

/** «23 nov. 2026» */
export const shortDate = (locale: Locale, when: Date) =>
  new Intl.DateTimeFormat(tag(locale), { dateStyle: 'medium', timeZone }).format(when);

/** A day without a clock, YYYY-MM-DD, as a long date. */
export const dayInWords = (locale: Locale, day: string) =>
  longDate(locale, new Date(`${day}T12:00:00-05:00`));

/** The same as a short one. */
export const dayInShort = (locale: Locale, day: string) =>
  shortDate(locale, new Date(`${day}T12:00:00-05:00`));

export const number = (locale: Locale, value: number) => new Intl.NumberFormat(tag(locale)).format(value);

/** A file's size with two digits that mean something: 12 kB, 150 kB, 2.3 MB. */
export function fileSize(locale: Locale, bytes: number): { n: string; unit: 'kB' | 'MB' } {
  const [value, unit] = bytes < 995_000 ? [bytes / 1000, 'kB' as const] : [bytes / 1_000_000, 'MB' as const];
  const rounded = Number(Math.max(1, value).toPrecision(2));
  return { n: number(locale, rounded), unit };
}

/** «Puno, Arequipa y Cusco» */
export const listInWords = (locale: Locale, items: string[]) =>
  new Intl.ListFormat(tag(locale), { type: 'conjunction' }).format(items);

/** A credential number that is not broken between two lines. */
export const unbroken = (number: string) => number.replace('-', '\u2011');
