import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import type { LinkRow } from '~/app/_ui/link-list';
import { StatePill } from '~/app/_ui/state-pill';
import type { Locale, Translator } from '~/messages/catalogue';
import { lineOf, opening, pillOf } from './concern-line';

type Shown = Parameters<typeof lineOf>[2] & {
  id: string;
  words: string;
  areas: string[];
  state: keyof typeof pillOf;
};

/** A concern as a row of a list of links. */
export const concernRow = (t: Translator, locale: Locale, concern: Shown): LinkRow => ({
  href: `/planteamientos/${concern.id}`,
  title: opening(concern.words),
  line: lineOf(t, locale, concern),
  drawing: <AreaDrawing slug={concern.areas[0] ?? ''} size={3} />,
  aside: <StatePill state={pillOf[concern.state]}>{t(`concerns.state.${concern.state}`)}</StatePill>,
});

/** What a group is called: its title, else how the concern begins that leads it. */
export const groupName = (group: { title: string | null; lead: string }) =>
  group.title ?? `«${opening(group.lead, 70)}»`;
