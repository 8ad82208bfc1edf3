/** Whose something is, as it is shown: a base's, a person's, somebody's of a free base, or the forum's own. */
export type Credit = { kind: 'base' | 'person'; name: string } | { kind: 'free' | 'forum' };

/** Two credits that are shown alike are one. */
export const creditKey = (credit: Credit | null): string =>
  credit === null ? '' : 'name' in credit ? `${credit.kind} ${credit.name}` : credit.kind;
