import { asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { type ActNote, acts } from '~/db/schema/acts';
import { concerns } from '~/db/schema/concerns';
import { articles } from '~/db/schema/document';
import { texts } from '~/db/schema/drafts';
import { Failure } from '../rule';
import { imagesOf } from './queries';
import { type ActKind, changesBetween, parts } from './rules';

/**
 * Locks what can change under an act's hands, in one order for everybody: the logs of texts, so that no word comes
 * in between what was read and what is done with it, then concerns. Chapters and articles the caller holds already.
 */
export async function lockTouched(tx: Tx, scopes: readonly string[]): Promise<void> {
  const ids = (kind: string) =>
    scopes.flatMap((scope) => {
      const { kind: own, ids: all } = parts(scope);
      return own === kind ? [all[0]!] : [];
    });
  const [written, settled] = [ids('words'), ids('concern')];
  if (written.length > 0)
    await tx
      .select({ id: texts.id })
      .from(texts)
      .innerJoin(articles, eq(articles.textId, texts.id))
      .where(inArray(articles.id, written))
      .orderBy(asc(texts.id))
      .for('update', { of: texts });
  if (settled.length > 0)
    await tx
      .select({ id: concerns.id })
      .from(concerns)
      .where(inArray(concerns.id, settled))
      .orderBy(asc(concerns.id))
      .for('update');
}

type Doing<T> = {
  kind: ActKind;
  by: string | null;
  /** The scopes that it may change; see `scopes` in rules.ts. */
  touches: readonly string[];
  note: ActNote | ((out: T) => ActNote);
  at?: Date;
  undoes?: string;
};

/**
 * Runs an act of consolidation and records it: what it touched, as it was before and as it is after. What it turns
 * out to touch besides (an article that it makes) `run` says with `also`; that was not there before. An act that
 * changed nothing is none; but for undoing one, which is told even where nothing was left to put back.
 * @returns what `run` returns, and the id of the recorded act.
 */
export async function acting<T extends object>(
  tx: Tx,
  { kind, by, touches, note, at, undoes }: Doing<T>,
  run: (also: (...scopes: string[]) => void) => Promise<T | Failure>,
): Promise<(T & { actId: string | null }) | Failure> {
  await lockTouched(tx, touches);
  const before = await imagesOf(tx, touches);
  const all = [...touches];
  const out = await run((...scopes) => void all.push(...scopes));
  if (out instanceof Failure) return out;
  const changes = changesBetween(before, await imagesOf(tx, all));
  if (changes.length === 0 && !undoes) return { ...out, actId: null };
  const [row] = await tx
    .insert(acts)
    .values({
      kind,
      personId: by,
      note: typeof note === 'function' ? note(out) : note,
      changes: JSON.stringify(changes),
      touched: changes.map(({ key }) => key),
      undoes: undoes ?? null,
      ...(at ? { at } : {}),
    })
    .returning({ id: acts.id });
  return { ...out, actId: row!.id };
}
