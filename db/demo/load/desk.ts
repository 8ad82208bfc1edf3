import { and, eq } from 'drizzle-orm';
import { draftSuggestions, drafts as draftTable, textUpdates } from '~/db/schema/drafts';
import { inShort } from '~/server/drafts/rules/comparison';
import { edit, rewording } from '~/server/drafts/rules/edits';
import { passageAt, textOf } from '~/server/drafts/rules/texts';
import { append, read } from '~/server/realtime/log';
import { type DemoSuggestion, suggestions } from '../desk';
import type { DraftKey } from '../drafts';
import type { World } from './world';

/** A draft's text as it stands, with the place of one of its lines. */
async function textWith({ tx, id }: World, draft: DraftKey, opening: string) {
  const [row] = await tx
    .select({ textId: draftTable.textId })
    .from(draftTable)
    .where(eq(draftTable.id, id('draft', draft)));
  const log = await read(tx, row!.textId);
  const text = textOf(log.map(({ bytes }) => bytes));
  const at = text
    .toString()
    .split('\n')
    .findIndex((line) => line.startsWith(opening));
  if (at < 0) throw new Error(`no line of ${draft} begins with «${opening}»`);
  return { textId: row!.textId, text, at, seq: log.at(-1)?.seq ?? 0 };
}

async function loadSuggestion(world: World, one: DemoSuggestion): Promise<void> {
  const { tx, id, at: moment } = world;
  const { textId, text, at, seq } = await textWith(world, one.draft, one.line);
  const before = text.toString();
  const changes = rewording(passageAt(before, at)!, one.words);
  const update = edit(text, changes);
  if (!update) throw new Error(`«${one.line}» says already what is suggested`);
  const author = id('person', one.by);
  const decidedAt = moment(one.day + 1, one.words);
  const { decided } = one;
  if (decided?.state === 'accepted') {
    const last = await append(tx, textId, author, update);
    await tx
      .update(textUpdates)
      .set({ at: decidedAt })
      .where(and(eq(textUpdates.textId, textId), eq(textUpdates.seq, last)));
  }
  await tx.insert(draftSuggestions).values({
    draftId: id('draft', one.draft),
    author,
    seq,
    ...inShort(before, changes),
    reason: one.reason,
    createdAt: moment(one.day, one.words),
    ...(decided
      ? {
          state: decided.state,
          answer: decided.answer ?? '',
          decidedBy: id('person', decided.by),
          decidedAt,
          update: null,
        }
      : { update }),
  });
}

/** What stands beside the drafts' texts. */
export async function loadDesk(world: World): Promise<void> {
  for (const one of suggestions) await loadSuggestion(world, one);
}
