/** What a part of the voters may ask for an article: that it be voted by itself, or in secret. */
export const wants = ['separate', 'secret'] as const;
export type Want = (typeof wants)[number];
export type Claim = { versionArticleId: string; wants: Want; personId: string };

/** One in ten of those who may vote, and never fewer than one. */
export const claimants = (voters: number): number => Math.max(1, Math.ceil(voters / 10));

/**
 * The articles for which enough ask for it. Each person counts once for each article, and only while she may vote.
 * @param voters those who may vote at this moment
 */
export function claimed(claims: readonly Claim[], want: Want, voters: ReadonlySet<string>): string[] {
  const asked = new Map<string, Set<string>>();
  for (const { versionArticleId, wants: wanted, personId } of claims) {
    if (wanted !== want || !voters.has(personId)) continue;
    asked.set(versionArticleId, (asked.get(versionArticleId) ?? new Set<string>()).add(personId));
  }
  return [...asked]
    .filter(([, people]) => people.size >= claimants(voters.size))
    .map(([article]) => article)
    .sort();
}
