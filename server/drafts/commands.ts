import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { draftConcerns, drafts, texts } from '~/db/schema/drafts';
import { command } from '../act';
import type { Actor } from '../actor';
import { letGo, takenUp } from '../concerns/commands';
import { read as readConcern } from '../concerns/policy';
import { concernFactsOf } from '../concerns/queries';
import { tooMany } from '../limits';
import { append } from '../realtime/log';
import { can, type Failure, fail } from '../rule';
import type { SpaceFacts } from '../spaces/policy';
import * as policy from './policy';
import { draftFacts, homeFacts } from './queries';
import { type Stood, stoodAt } from './queries/texts';
import { editUpdate, firstUpdate, linesUpdate } from './rules';
import { docxAtMost, readDocx, UnreadableDocx } from './rules/docx';
import { wordsOf } from './rules/lines';
import { textOf } from './rules/texts';
import * as schema from './schema';

/**
 * Makes a co-written text. The caller has decided that the author may.
 * @param text what stands in it from the first moment: words (may be none), or a first update. @returns its id.
 */
export async function createText(
  tx: Tx,
  kind: 'draft' | 'article',
  text: string | Uint8Array,
  author: string | null,
): Promise<string> {
  const [row] = await tx.insert(texts).values({ kind }).returning({ id: texts.id });
  const first = typeof text === 'string' ? text && firstUpdate(text) : text;
  if (first) await append(tx, row!.id, author, first);
  return row!.id;
}

/** A concern that she may see; one kept in its space is taken up nowhere else. From now on it is under debate. */
async function take(
  tx: Tx,
  draft: { id: string; space: SpaceFacts },
  concernId: string,
  actor: Actor,
): Promise<Failure | null> {
  const concern = await concernFactsOf(tx, concernId, true);
  if (!concern || !can(readConcern, actor, concern)) return fail('drafts.concern', 'concernIds');
  if (concern.audience === 'space' && concern.space?.id !== draft.space.id)
    return fail('drafts.concern_private', 'concernIds');
  await tx
    .insert(draftConcerns)
    .values({ draftId: draft.id, concernId, linkedBy: actor.personId })
    .onConflictDoNothing();
  await takenUp(tx, { id: concernId, concern, space: draft.space, by: actor.personId });
  return null;
}

/** What a file says, as a first update; or the Failure that says why it is not read. */
async function brought(file: File): Promise<Uint8Array | Failure> {
  if (file.size > docxAtMost) return fail('drafts.docx.too_big', 'file');
  try {
    const lines = readDocx(new Uint8Array(await file.arrayBuffer()));
    const letters = lines.reduce((sum, line) => sum + [...wordsOf(line)].length + 1, 0);
    if (letters > schema.textAtMost) return fail('drafts.docx.too_long', 'file', { max: schema.textAtMost });
    return linesUpdate(lines);
  } catch (error) {
    if (error instanceof UnreadableDocx) return fail(`drafts.docx.${error.reason}`, 'file');
    throw error;
  }
}

/** Begins a draft with the concerns it answers, and with a file's words; its id is the submission's key. */
export const create = command({
  action: 'drafts.create',
  rule: policy.create,
  input: schema.create,
  audit: 'full',
  subject: ({ key }) => key,
  // Before the transaction: reading a large file would hold it open.
  prepare: async ({ actor }, { file }): Promise<Uint8Array | Failure | ''> => {
    if (!file || !actor.personId) return '';
    return (await tooMany('look-up', `docx ${actor.personId}`)) ?? brought(file);
  },
  load: (tx, { spaceId }) => homeFacts(tx, spaceId),
  run: async ({ tx, actor, input, facts, prepared }) => {
    if (typeof prepared !== 'string' && !(prepared instanceof Uint8Array)) return prepared;
    const textId = await createText(tx, 'draft', prepared, actor.personId);
    const { key: id, spaceId, title } = input;
    await tx.insert(drafts).values({ id, spaceId, textId, title, createdBy: actor.personId });
    const draft = { id, space: facts.space };
    // In one order, so that two who take up the same concerns do not wait for each other.
    for (const concernId of [...new Set(input.concernIds)].sort()) {
      const failure = await take(tx, draft, concernId, actor);
      if (failure) return failure;
    }
    return { id: draft.id };
  },
});

export const retitle = command({
  action: 'drafts.retitle',
  rule: policy.edit,
  see: policy.read,
  input: schema.retitle,
  audit: 'full',
  load: (tx, { id }) => draftFacts(tx, id, true),
  run: async ({ tx, input }) => {
    await tx.update(drafts).set({ title: input.title }).where(eq(drafts.id, input.id));
    return { id: input.id };
  },
});

export const takeUpConcern = command({
  action: 'drafts.takeUpConcern',
  rule: policy.edit,
  see: policy.read,
  input: schema.link,
  audit: 'full',
  load: (tx, { id }) => draftFacts(tx, id, true),
  run: async ({ tx, actor, input, facts }) => {
    return (await take(tx, facts, input.concernId, actor)) ?? { id: input.id };
  },
});

/** Lets a concern go; if no other draft and no article holds it, it is back among those received. */
export const releaseConcern = command({
  action: 'drafts.releaseConcern',
  rule: policy.edit,
  see: policy.read,
  input: schema.link,
  audit: 'full',
  load: (tx, { id }) => draftFacts(tx, id, true),
  run: async ({ tx, actor, input: { id, concernId }, facts: { space } }) => {
    const concern = await concernFactsOf(tx, concernId, true);
    const ended = await tx
      .update(draftConcerns)
      .set({ endedAt: sql`now()` })
      .where(
        and(
          eq(draftConcerns.draftId, id),
          eq(draftConcerns.concernId, concernId),
          isNull(draftConcerns.endedAt),
        ),
      )
      .returning({ id: draftConcerns.id });
    if (!concern || ended.length === 0) return fail('drafts.not_linked', 'concernId');
    await letGo(tx, { id: concernId, concern, space, by: actor.personId });
    return { id };
  },
});

const setState = (state: 'open' | 'closed', action: string) =>
  command({
    action,
    rule: policy.close,
    see: policy.read,
    input: schema.byId,
    audit: 'full',
    load: (tx, { id }) => draftFacts(tx, id, true),
    run: async ({ tx, input, facts, emit }) => {
      const closedAt = state === 'closed' ? sql`now()` : null;
      await tx.update(drafts).set({ state, closedAt }).where(eq(drafts.id, input.id));
      // Both ways: who has it open is decided again, and may from now on only read, or write again.
      emit({ type: 'access.text.closed', textIds: [facts.textId] });
      return { id: input.id };
    },
  });

/** Ends the writing. What was sent before is kept; nobody's words are taken away. */
export const close = setState('closed', 'drafts.close');
export const reopen = setState('open', 'drafts.reopen');

/** The whole text that a form means which carries a part of it. */
function wholeOf(updates: Stood['updates'], form: { text: string; from?: number; to?: number }): string {
  if (form.from === undefined || form.to === undefined) return form.text;
  const lines = textOf(updates).toString().split('\n');
  return [...lines.slice(0, form.from), form.text, ...lines.slice(form.to)].join('\n');
}

/**
 * The way to write without a script: what differs from the text as it was at `seq` is merged into the text as it
 * is now, so that what others wrote meanwhile stays.
 */
export const editByForm = command({
  action: 'drafts.editByForm',
  rule: policy.edit,
  see: policy.read,
  input: schema.editByForm,
  audit: 'participation',
  load: (tx, { id }) => draftFacts(tx, id, true),
  run: async ({ tx, actor, input, facts: { textId }, emit }) => {
    const before = await stoodAt(tx, textId, input.seq);
    if (!before) return fail('drafts.seq', 'text');
    const text = wholeOf(before.updates, input);
    if (text.length > schema.textAtMost) return fail('field.long', 'text', { max: schema.textAtMost });
    const update = editUpdate(before.updates, text);
    if (update) {
      await append(tx, textId, actor.personId, update);
      emit({ type: 'text.appended', textId, author: actor.personId, bytes: update });
    }
    return { id: input.id };
  },
});
