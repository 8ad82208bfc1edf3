import { areas } from '~/db/reference/areas';
import { authorities } from '~/db/reference/authorities';
import { barriers } from '~/db/reference/barriers';
import { library } from '~/db/reference/library';
import { departments, provinces } from '~/db/reference/places';
import type { Locale, Translator } from '~/messages/catalogue';

const areaBySlug = new Map<string, (typeof areas)[number]>(areas.map((area) => [area.slug, area]));
const barrierBySlug = new Map<string, (typeof barriers)[number]>(barriers.map((one) => [one.slug, one]));
const placeByCode = new Map<string, string>(
  [...departments, ...provinces].map((place) => [place.code, place.name]),
);

export const areaTitle = (locale: Locale, slug: string) => areaBySlug.get(slug)?.title[locale] ?? slug;
export const areaGist = (locale: Locale, slug: string) => areaBySlug.get(slug)?.gist[locale] ?? '';
export const barrierTitle = (locale: Locale, slug: string) => barrierBySlug.get(slug)?.title[locale] ?? slug;
export const placeTitle = (code: string) => placeByCode.get(code) ?? code;
/** «San Antonio de Putina, Puno» or «Puno». */
export const whereInWords = (department: string, province: string | null) =>
  province ? `${placeTitle(province)}, ${placeTitle(department)}` : placeTitle(department);

type Group = { label: string; options: { value: string; label: string }[] };

/** Departments, each with its provinces below it: one list that works without scripts. `whole`: «Todo {name}». */
export function placeGroups(whole: (name: string) => string): Group[] {
  return departments.map((department) => ({
    label: department.name,
    options: [
      { value: department.code, label: whole(department.name) },
      ...provinces
        .filter((province) => province.code.startsWith(department.code))
        .map((province) => ({ value: province.code, label: province.name })),
    ],
  }));
}
export const areaOptions = (locale: Locale) =>
  areas.map((area) => ({ value: area.slug, label: area.title[locale] }));
export const barrierOptions = (locale: Locale) =>
  barriers.map((barrier) => ({ value: barrier.slug, label: barrier.title[locale] }));
/** The same, each with the sentence that says what it means. */
export const barrierChoices = (locale: Locale) =>
  barriers.map(({ slug, title, gist }) => ({ value: slug, label: title[locale], meaning: gist[locale] }));
export const departmentOptions = () => departments.map(({ code, name }) => ({ value: code, label: name }));

const authorityBySlug = new Map<string, (typeof authorities)[number]>(
  authorities.map((one) => [one.slug, one]),
);
const itemBySlug = new Map<string, (typeof library)[number]>(library.map((item) => [item.slug, item]));

export const authorityName = (slug: string) => authorityBySlug.get(slug)?.name ?? slug;
export const authorityOptions = () => authorities.map(({ slug, name }) => ({ value: slug, label: name }));
export const itemTitle = (slug: string) => itemBySlug.get(slug)?.title ?? slug;
export const itemGist = (locale: Locale, slug: string) => itemBySlug.get(slug)?.oneLiner[locale] ?? '';
export const itemOptions = () => library.map(({ slug, title }) => ({ value: slug, label: title }));

/** «Art. 4. Acceso al desmonte» */
export const articleTitle = (t: Translator, { number, title }: { number: number; title: string }) =>
  t('document.article.title', { number, title });
