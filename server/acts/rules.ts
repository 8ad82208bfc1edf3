/**
 * What a thing that an act can touch looked like at a moment, as plain JSON; null where it was not there. An act is
 * the images of what it changed, before and after: undoing it is putting the former in place of the latter.
 */
export type Image = unknown;
export type Images = ReadonlyMap<string, Image>;
export type Change = { key: string; before: Image; after: Image };

export const actKinds = [
  'takeUp',
  'addDraft',
  'merge',
  'split',
  'place',
  'retire',
  'setFields',
  'link',
  'unlink',
  'setAside',
  'reconsider',
  'undo',
] as const;
export type ActKind = (typeof actKinds)[number];

/**
 * The names of what is touched. A scope is read whole and gives keys: `ties:ARTICLE` gives a `tie:ARTICLE:CONCERN` for
 * each, so that two who tie different concerns to one article do not stand in each other's way. Every other scope is
 * its own only key.
 */
export const scopes = {
  place: (article: string) => `place:${article}`,
  fields: (article: string) => `fields:${article}`,
  words: (article: string) => `words:${article}`,
  ties: (article: string) => `ties:${article}`,
  sources: (article: string) => `sources:${article}`,
  concern: (concern: string) => `concern:${concern}`,
};
export const keys = {
  tie: (article: string, concern: string) => `tie:${article}:${concern}`,
  source: (article: string, draft: string, seq: number) => `source:${article}:${draft}:${seq}`,
};
/** Everything of an article that an act can touch. */
export const wholeArticle = (id: string): string[] =>
  (['place', 'fields', 'words', 'ties', 'sources'] as const).map((part) => scopes[part](id));

/** The kind of a key and the ids in it. */
export function parts(key: string): { kind: string; ids: string[] } {
  const [kind, ...ids] = key.split(':');
  return { kind: kind!, ids };
}
const wider: Record<string, string> = { tie: 'ties', source: 'sources' };
/** The scope in which a key is read. */
export function scopeOf(key: string): string {
  const { kind, ids } = parts(key);
  return wider[kind] ? `${wider[kind]}:${ids[0]}` : key;
}

/** Where an article stands: its area and the order of that chapter, itself in it; or that it stands nowhere. */
export type Place =
  | { area: string; order: string[] }
  | { retired: true; into: string | null; seq: number | null };
export type ConcernImage = { state: string; reasonCode: string | null; reason: string | null };

const isStanding = (place: Image): place is { area: string; order: string[] } =>
  place !== null && place !== undefined && !('retired' in (place as Place));

/** JSON with its keys in one order, so that equal things are equal strings. */
export const plain = (value: Image): string =>
  JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? 'null';

/** What differs between two sets of images, by key. */
export function changesBetween(before: Images, after: Images): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((key) => ({ key, before: before.get(key) ?? null, after: after.get(key) ?? null }))
    .filter((change) => plain(change.before) !== plain(change.after) && !onlyPushed(change));
}

/** Others came or went around it: its own place is the same. */
function onlyPushed({ key, before, after }: Change): boolean {
  if (!key.startsWith('place:') || !isStanding(before) || !isStanding(after)) return false;
  if (before.area !== after.area) return false;
  const id = parts(key).ids[0]!;
  return plain(around(before.order, after.order, id)) === plain(around(after.order, before.order, id));
}
/** Those before it, of the ones that both orders have. */
const around = (order: string[], other: string[], id: string) =>
  order.slice(0, order.indexOf(id)).filter((one) => other.includes(one));

/**
 * Whether a thing is still as an act left it. A place is the same in its chapter whatever came and went around it:
 * that the article itself was moved since is told by the acts that touched it.
 */
export function still(key: string, recorded: Image, now: Image): boolean {
  if (!key.startsWith('place:')) return plain(recorded) === plain(now);
  if (isStanding(recorded) && isStanding(now)) return recorded.area === now.area;
  if (isStanding(recorded) || isStanding(now)) return false;
  const into = (place: Image) => (place as { into?: string | null } | null)?.into ?? null;
  return into(recorded) === into(now);
}

/** Why an act cannot be undone: something it touched has changed since, or what it would give back to is gone. */
export type Obstacle = { key: string; why: 'changed' | 'gone' };

const needsArticle = new Set(['fields', 'words', 'tie', 'source']);

/**
 * The first thing that stands in the way of undoing these changes.
 * @param now what is touched, as it is. @param standing the articles that stand in the document.
 * @param moved keys that later acts, which have not been undone themselves, have touched.
 */
export function obstacle(
  changes: readonly Change[],
  now: Images,
  standing: ReadonlySet<string>,
  moved: ReadonlySet<string>,
): Obstacle | null {
  const back = new Set(
    changes.flatMap(({ key, before }) =>
      key.startsWith('place:') && isStanding(before) ? [parts(key).ids[0]!] : [],
    ),
  );
  for (const { key, before, after } of changes) {
    const { kind, ids } = parts(key);
    if (!still(key, after, now.get(key) ?? null)) return { key, why: 'changed' };
    if (kind === 'place' && moved.has(key)) return { key, why: 'changed' };
    if (needsArticle.has(kind) && before !== null && !standing.has(ids[0]!) && !back.has(ids[0]!))
      return { key, why: 'gone' };
  }
  return null;
}

/**
 * An order with an article back in it: behind the nearest of those that stood before it and still do, else before
 * the nearest behind it.
 */
export function putBack(current: readonly string[], id: string, recorded: readonly string[]): string[] {
  const others = current.filter((one) => one !== id);
  const at = recorded.indexOf(id);
  const before = recorded.slice(0, at).findLast((one) => others.includes(one));
  if (before) return others.toSpliced(others.indexOf(before) + 1, 0, id);
  const behind = recorded.slice(at + 1).find((one) => others.includes(one));
  return behind ? others.toSpliced(others.indexOf(behind), 0, id) : [...others, id];
}

/** The state of a concern after an undo: what articles hold is taken up, whatever was recorded of it. */
export function settled(recorded: ConcernImage, held: boolean): ConcernImage {
  if (held) return { state: 'recogida', reasonCode: null, reason: null };
  return recorded.state === 'recogida' ? { state: 'en_debate', reasonCode: null, reason: null } : recorded;
}

type Numbered = { id: string; number: number; undoes: string | null; undoneBy: string | null };
/**
 * The acts that count against undoing one: those behind it that are in effect, apart from the undoing of acts that
 * are behind it themselves, which cancels out.
 */
export function countAgainst<A extends Numbered>(act: Numbered, later: readonly A[]): A[] {
  const behind = later.filter(({ number }) => number > act.number);
  const ids = new Set(behind.map(({ id }) => id));
  return behind.filter(({ undoes, undoneBy }) => undoneBy === null && !(undoes && ids.has(undoes)));
}
