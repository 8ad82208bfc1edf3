import { daysBetween, limaDay } from '~/server/day';
import type { Say } from './words';

const first = '2026-01-01';
/** A day as a number: all that is ever said of when something was said, and only inside of its seal. */
export const today = (): number => daysBetween(first, limaDay(new Date()));

/** «hoy», «ayer», «hace 3 días». */
export function sinceWhen(say: Say, day: number): string {
  const days = Math.max(0, today() - day);
  return days === 0 ? say('today') : days === 1 ? say('yesterday') : say('days_ago', { n: days });
}
/** In how many days what was said then is erased by itself. */
export function goesWhen(say: Say, day: number, retention: number): string {
  const left = Math.max(0, day + retention - today());
  return left <= 1 ? say('goes_soon') : say('goes', { n: left });
}

/** «viernes, 4 de diciembre» */
export const inWords = (day: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang === 'en' ? 'en' : 'es-PE', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'America/Lima',
  }).format(new Date(`${day}T12:00:00-05:00`));
