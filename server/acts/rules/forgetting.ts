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

type Step = { key: string; before: string; after: string };
const stepsOf = (acts: readonly { changes: readonly Change[] }[]): Step[] =>
  acts.flatMap(({ changes }) =>
    changes
      .filter(({ key, before, after }) => {
        return written.has(parts(key).kind) && !isForgotten(before) && !isForgotten(after);
      })
      .map(({ key, before, after }) => ({ key, before: plain(before), after: plain(after) })),
  );

/** How each thing can come to stand: as it does, and as any undoing leads to from there, in whatever order. */
function reached(
  steps: readonly Step[],
  stands: readonly ReadonlyMap<string, Image>[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [key, image] of stands.flatMap((images) => [...images]))
    found.set(key, (found.get(key) ?? new Set()).add(plain(image)));
  for (let size = -1, now = 0; now !== size; ) {
    size = now;
    for (const { key, before, after } of steps) if (found.get(key)?.has(after)) found.get(key)!.add(before);
    now = [...found.values()].reduce((sum, one) => sum + one.size, 0);
  }
  return found;
}

/**
 * Of acts on the same things, without the words to which no undoing leads back: an act is undone where a thing stands as it
 * left it, whatever was done or written in between, and what it puts back may be what another one left.
 * @param acts the newest first. @param stands what is touched, as it is; and as it was, where that is to count as well.
 * @returns those that forget something, with all their changes.
 */
export function withoutLostWords<A extends { changes: readonly Change[] }>(
  acts: readonly A[],
  ...stands: ReadonlyMap<string, Image>[]
): { act: A; changes: Change[] }[] {
  const back = reached(stepsOf(acts), stands);
  const isLost = ({ key, before, after }: Change) => {
    const found = written.has(parts(key).kind) && back.get(key);
    return found && !isForgotten(before) && !isForgotten(after) && !found.has(plain(after));
  };
  return acts.flatMap((act) =>
    act.changes.some(isLost)
      ? [{ act, changes: act.changes.map((change) => (isLost(change) ? forget(change) : change)) }]
      : [],
  );
}
