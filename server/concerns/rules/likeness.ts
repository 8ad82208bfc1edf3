/** From here on two concerns are proposed as alike, and from here on they are said to be almost the same. */
export const alikeFrom = 0.3;
export const almostFrom = 0.62;

/** @param score from 0 to 1. */
export const closeness = (score: number): 'almost' | 'alike' => (score >= almostFrom ? 'almost' : 'alike');

const folded = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
// Spanish endings of number, gender and the commonest verb forms: enough to see «pallaquera» in «pallaqueras».
const root = (word: string) =>
  folded(word).replace(
    /(?:ciones|cion|mente|ando|iendo|amos|emos|imos|aron|ieron|es|as|os|an|en|a|o|e|s)$/,
    '',
  );
const wordsIn = (text: string) => text.match(/\p{L}{4,}/gu) ?? [];
const empty = new Set(
  'para pero como cuando donde porque esta este esto estas estos esos esas nuestro nuestra nuestros nuestras tiene tienen hace hacen desde hasta sobre entre todo toda todos todas cada mismo misma otra otro otras otros nada algo solo sola tambien ellos ellas nosotras nosotros ustedes usted suyo suya muy mas menos sino aunque antes despues ahora siempre nunca ante bajo contra segun tras mediante falta puede pueden haya hay sea sean'
    .split(' ')
    .map(root),
);

/**
 * The words that two texts have in common, as the first writes them, each once and in its order.
 * @param most no more than these.
 */
export function sharedWords(one: string, other: string, most = 6): string[] {
  const there = new Set(wordsIn(other).map(root));
  const found = new Map<string, string>();
  for (const word of wordsIn(one)) {
    const key = root(word);
    if (key.length >= 3 && !empty.has(key) && there.has(key) && !found.has(key))
      found.set(key, word.toLowerCase());
  }
  return [...found.values()].slice(0, most);
}

/** A pair under one name, whichever of the two comes first. */
export const paired = (one: string, other: string): { oneId: string; otherId: string } =>
  one < other ? { oneId: one, otherId: other } : { oneId: other, otherId: one };

/** Who walks on when these leave a group: none where fewer than two would be left. */
export function staying(members: readonly string[], leaving: readonly string[]): string[] {
  const left = members.filter((id) => !leaving.includes(id));
  return left.length < 2 ? [] : left;
}
