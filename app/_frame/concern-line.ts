import { shortDate } from '~/app/_form/format';
import { whereInWords } from '~/app/_form/labels';
import type { State } from '~/app/_ui/state-pill';
import type { Locale, Translator } from '~/messages/catalogue';

/** The shape that stands beside the word for each state of a concern. */
export const pillOf = {
  recibida: 'open',
  en_debate: 'moving',
  recogida: 'done',
  no_recogida: 'refused',
} as const satisfies Record<string, State>;

type Shown = { department: string; province: string | null; association: string | null; day: string };

/** «Puno · Flor de Cuarzo · 3 nov. 2026» */
export const lineOf = (t: Translator, locale: Locale, concern: Shown) =>
  t('concerns.line', {
    where: whereInWords(concern.department, concern.province),
    from: concern.association ?? t('concerns.from.none'),
    day: shortDate(locale, new Date(`${concern.day}T12:00:00Z`)),
  });

/** The beginning of somebody's words, cut between two words. */
export function opening(words: string, most = 110): string {
  const flat = words.replace(/\s+/g, ' ');
  if (flat.length <= most) return flat;
  const cut = flat.lastIndexOf(' ', most);
  return `${flat.slice(0, cut > 60 ? cut : most)}…`;
}
