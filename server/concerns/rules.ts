import type { ConcernFacts } from './policy';

/**
 * Whether a draft of this space moves a concern's state. What is public follows only what is written in the open:
 * its state must not tell that a private space is working on it.
 */
export const follows = (concern: Pick<ConcernFacts, 'audience'>, space: { private: boolean }): boolean =>
  concern.audience === 'space' || !space.private;

/**
 * The decisions that may be told to who was not inside: how it was raised, and what was decided since it was let out.
 * @param decisions the first one first.
 */
export const toldOutside = <D extends { at: Date }>(decisions: D[], publishedAt: Date | null): D[] =>
  publishedAt ? decisions.filter(({ at }, nth) => nth === 0 || at > publishedAt) : decisions;
