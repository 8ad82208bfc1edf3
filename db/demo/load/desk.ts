import { and, eq } from 'drizzle-orm';
import {
  draftComments,
  draftSuggestions,
  drafts as draftTable,
  draftVersions,
  textUpdates,
} from '~/db/schema/drafts';
import { anchorAt, findWords } from '~/server/drafts/rules/anchors';
import { inShort } from '~/server/drafts/rules/comparison';
import { edit, rewording } from '~/server/drafts/rules/proposals';
import { deltaOf, passageAt, textOf } from '~/server/drafts/rules/texts';
import { append, read } from '~/server/realtime/log';
import {
  comments,
  type DemoComment,
  type DemoSuggestion,
  type DemoVersion,
  suggestions,
  draftVersions as versions,
} from '../desk';
import type { DraftKey } from '../drafts';
import type { Sources } from './drafts';
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

async function loadComment(world: World, one: DemoComment): Promise<void> {
  const { tx, id, at: moment } = world;
  const { text, at } = await textWith(world, one.draft, one.line);
  const line = passageAt(text.toString(), at)!;
  const found = one.quote ? findWords(line.words, one.quote) : { from: 0, to: line.words.length };
  if (!found) throw new Error(`«${one.line}» does not say «${one.quote}»`);
  const anchor = anchorAt(text, line.from + found.from, line.from + found.to);
  const draftId = id('draft', one.draft);
  const [remark] = await tx
    .insert(draftComments)
    .values({
      draftId,
      author: id('person', one.by),
      words: one.words,
      quote: line.words.slice(found.from, found.to),
      anchorFrom: anchor.from,
      anchorTo: anchor.to,
      createdAt: moment(one.day, one.words),
      ...(one.resolved
        ? { resolvedAt: moment(one.resolved.day, one.words), resolvedBy: id('person', one.resolved.by) }
        : {}),
    })
    .returning({ id: draftComments.id });
  for (const { words, by, day } of one.answers ?? [])
    await tx.insert(draftComments).values({
      draftId,
      parentId: remark!.id,
      author: id('person', by),
      words,
      createdAt: moment(day, words),
    });
}

async function loadVersion(world: World, sources: Sources, one: DemoVersion): Promise<void> {
  const { tx, id, at: moment } = world;
  const { textId, seq: last } = await textWith(world, one.draft, '');
  const seq = one.at === 'last' ? last : sources.get(one.draft)![one.at];
  const log = await read(tx, textId, seq);
  await tx.insert(draftVersions).values({
    draftId: id('draft', one.draft),
    seq,
    name: one.name,
    delta: deltaOf(textOf(log.map(({ bytes }) => bytes))),
    createdBy: id('person', one.by),
    createdAt: moment(one.day, one.name),
  });
}

/** What stands beside the drafts' texts: suggestions, comments and named versions. */
export async function loadDesk(world: World, sources: Sources): Promise<void> {
  for (const one of versions) await loadVersion(world, sources, one);
  for (const one of suggestions) await loadSuggestion(world, one);
  for (const one of comments) await loadComment(world, one);
}
