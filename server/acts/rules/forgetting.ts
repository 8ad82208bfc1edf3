import { type Change, type Image, parts, plain } from '../rules';

/** Stands where the words of an act were. Nothing that is there now is ever like it: such an act is not undone. */
export const forgotten = { forgotten: true } as const;
export const isForgotten = (image: Image): boolean =>
  (image as Partial<typeof forgotten> | null)?.forgotten === true;

/** What people wrote with their own hands; places, ties and states say nothing of anybody. */
const written = new Set(['words', 'fields']);

const forget = (change: Change): Change => ({
  key: change.key,
  before: change.before === null ? null : forgotten,
  after: change.after === null ? null : forgotten,
});

/**
 * Of acts on the same things, without the words to which no undoing leads back: undoing goes from the last act to the
 * first, and each step must find what its act left. Where somebody has written in between, it ends.
 * @param acts the newest first. @param now what is touched, as it is.
 * @returns those that forget something, with all their changes.
 */
export function withoutLostWords<A extends { changes: readonly Change[] }>(
  acts: readonly A[],
  now: ReadonlyMap<string, Image>,
): { act: A; changes: Change[] }[] {
  const stands = new Map([...now].map(([key, image]) => [key, plain(image)]));
  return acts.flatMap((act) => {
    let lost = false;
    const changes = act.changes.map((change) => {
      const { key, before, after } = change;
      if (!written.has(parts(key).kind) || !stands.has(key)) return change;
      if (plain(after) === stands.get(key)) {
        stands.set(key, plain(before));
        return change;
      }
      if (isForgotten(before) || isForgotten(after)) return change;
      lost = true;
      return forget(change);
    });
    return lost ? [{ act, changes }] : [];
  });
}
