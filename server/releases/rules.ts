import { areas } from '~/db/reference/areas';
import { authorities } from '~/db/reference/authorities';
import { barriers } from '~/db/reference/barriers';
import { departments, provinces } from '~/db/reference/places';

/** In whose name a room lets something out: a name of its own, and whether it says that it is a space of women. */
type Named = { name: string; womens: boolean };
/** What leaves a room: exactly this, and nothing else (docs/decisions/115). */
export type Content =
  | (Named & { kind: 'concern'; words: string; areas: string[]; place: string; barrier: string })
  | (Named & { kind: 'article'; area: string; title: string; text: string; why: string });
export type Field = 'name' | 'words' | 'areas' | 'place' | 'barrier' | 'area' | 'title' | 'text' | 'why';
export type Problem = { field: Field; why: 'short' | 'long' | 'choose' | 'reserved' | 'letters' };

export const limits = {
  name: [3, 60],
  words: [10, 1500],
  title: [3, 160],
  text: [10, 10_000],
  why: [10, 1500],
} as const;

// Marks that nobody sees, or that make a text read as what it is not.
const tricks = /(?![\n\t])\p{Cc}|\p{Cf}/gu;
const cleaned = (words: string): string =>
  words.replace(/\r\n?/g, '\n').replace(tricks, '').normalize('NFC').trim();
const oneLine = (words: string): string => cleaned(words).replace(/\s+/g, ' ');

/** Written in the one way there is: what three agree to and what outsiders read are the same bytes. */
export function tidy(content: Content): Content {
  const name = oneLine(content.name);
  if (content.kind === 'concern')
    return { ...content, name, words: cleaned(content.words), areas: [...new Set(content.areas)].sort() };
  return {
    ...content,
    name,
    title: oneLine(content.title),
    text: cleaned(content.text),
    why: cleaned(content.why),
  };
}

/** As two names are compared: without accents, capitals and marks. */
export const bare = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

// What Spanish, Quechua and Aymara are written with: letters of other scripts, and the rarer Latin ones, look like others.
const admitted = /^(?:[A-Za-z0-9 ,.;:!?¡¿&/'’"«»–-]|\p{M})+$/u;
/** Whether a name is written in letters that read as what they are; a mark stands only where it makes one letter. */
const isLegible = (name: string): boolean =>
  !/\p{M}/u.test(name.normalize('NFC')) && admitted.test(name.normalize('NFD'));

/** As the eye compares two names: without spaces, and what is drawn nearly alike is alike. */
const folded = (name: string): string =>
  bare(name.normalize('NFKD'))
    .replace(/ /g, '')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/[l1]/g, 'i')
    .replace(/0/g, 'o');

const forum = folded('Frente Unido');
const ofForum = ['comite', 'comision', 'secretaria', 'mesa', 'asamblea', 'administracion'];
const ofState = authorities.flatMap(({ name }) => {
  const short = /\(([^)]+)\)/.exec(name)?.[1] ?? '';
  return [bare(name.replace(/\([^)]*\)/, '')), ...short.split('/').map(bare)].filter(Boolean);
});
const eyed = (plain: string): string => plain.split(' ').map(folded).join(' ');
const leads = (plain: string, one: string): boolean => `${eyed(plain)} `.startsWith(`${eyed(one)} `);
const stands = (plain: string, one: string): boolean => ` ${eyed(plain)} `.includes(` ${eyed(one)} `);
/** Whether it speaks in the name of the forum or of a State body: no room may. */
export function isReserved(name: string): boolean {
  const plain = bare(name.normalize('NFKD'));
  return (
    folded(name).includes(forum) ||
    ofForum.some((one) => leads(plain, one)) ||
    ofState.some((one) => stands(plain, one))
  );
}

/** Whether a name is already somebody's. @param taken of the associations */
export const isTaken = (name: string, taken: readonly string[]): boolean =>
  taken.some((one) => folded(one) === folded(name));

const areaSlugs: readonly string[] = areas.map(({ slug }) => slug);
const barrierSlugs: readonly string[] = barriers.map(({ slug }) => slug);
const placeCodes: readonly string[] = [...departments, ...provinces].map(({ code }) => code);

/** What keeps it from being let out, field by field; nothing where it may. */
export function problemsOf(content: Content): Problem[] {
  const found: Problem[] = [];
  const length = (field: keyof typeof limits, words: string) => {
    const [least, most] = limits[field];
    const letters = [...words].length;
    if (letters < least || letters > most) found.push({ field, why: letters < least ? 'short' : 'long' });
  };
  length('name', content.name);
  if (content.name && !isLegible(content.name)) found.push({ field: 'name', why: 'letters' });
  if (isReserved(content.name)) found.push({ field: 'name', why: 'reserved' });
  if (content.kind === 'concern') {
    length('words', content.words);
    const known = content.areas.every((slug) => areaSlugs.includes(slug));
    if (content.areas.length < 1 || content.areas.length > 3 || !known)
      found.push({ field: 'areas', why: 'choose' });
    if (!placeCodes.includes(content.place)) found.push({ field: 'place', why: 'choose' });
    if (!barrierSlugs.includes(content.barrier)) found.push({ field: 'barrier', why: 'choose' });
  } else {
    if (!areaSlugs.includes(content.area)) found.push({ field: 'area', why: 'choose' });
    for (const field of ['title', 'text', 'why'] as const) length(field, content[field]);
  }
  return found;
}

/** The name as everybody reads it; it never looks like an association's. */
export const shownName = ({ name, womens }: Named): string =>
  womens ? `${name} (espacio propio de mujeres)` : `${name} (colectivo)`;
