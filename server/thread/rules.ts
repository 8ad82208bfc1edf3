/** Where an article stands in a frozen version. */
export type Placed = { id: string; articleId: string; version: number; number: number; title: string };

/**
 * Of each article, its place in the newest version that holds it.
 * @param places newest version first.
 */
export function latestOf(places: Placed[]): Placed[] {
  const seen = new Set<string>();
  return places.filter((place) => !seen.has(place.articleId) && seen.add(place.articleId));
}
