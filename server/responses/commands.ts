import { and, desc, eq } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { versionArticles } from '~/db/schema/document';
import { offices, responseRequests, responses } from '~/db/schema/responses';
import { command } from '../act';
import { daysBetween, limaDay } from '../day';
import { fail } from '../rule';
import * as policy from './policy';
import { type Kind, studyAtMost } from './rules';
import * as schema from './schema';

/** Names an office of the State, so that it can be asked and have liaisons. */
export const createOffice = command({
  action: 'responses.createOffice',
  rule: policy.createOffice,
  input: schema.createOfficeInput,
  audit: 'full',
  load: async () => ({}),
  run: async ({ tx, input: { name, country } }) => {
    const [twin] = await tx
      .select({ id: offices.id })
      .from(offices)
      .where(and(eq(offices.name, name), eq(offices.country, country)));
    if (twin) return fail('responses.office.taken', 'name');
    const [row] = await tx.insert(offices).values({ name, country }).returning({ id: offices.id });
    return row!;
  },
  subject: (_input, out) => out.id,
});

/** Asks an office to answer an article of a frozen version by a day. */
export const ask = command({
  action: 'responses.askResponse',
  rule: policy.ask,
  input: schema.askInput,
  audit: 'full',
  load: async (tx, { versionArticleId, officeId }) => {
    const [[article], [office]] = [
      await tx
        .select({ id: versionArticles.id })
        .from(versionArticles)
        .where(eq(versionArticles.id, versionArticleId)),
      await tx.select({ id: offices.id }).from(offices).where(eq(offices.id, officeId)),
    ];
    return article && office ? {} : null;
  },
  run: async ({ tx, actor, input: { versionArticleId, officeId, dueOn } }) => {
    if (dueOn < limaDay(new Date())) return fail('responses.past', 'dueOn');
    const [row] = await tx
      .insert(responseRequests)
      .values({ versionArticleId, officeId, dueOn, askedBy: actor.personId })
      .onConflictDoNothing()
      .returning({ id: responseRequests.id });
    return row ?? fail('responses.asked.taken', 'officeId');
  },
  subject: (_input, out) => out.id,
});

/** The request under lock, with the number of its last wording (0: none yet). */
async function lockRequest(tx: Tx, id: string) {
  const [request] = await tx
    .select({ id: responseRequests.id, officeId: responseRequests.officeId })
    .from(responseRequests)
    .where(eq(responseRequests.id, id))
    .for('update');
  if (!request) return null;
  const [last] = await tx
    .select({ revision: responses.revision })
    .from(responses)
    .where(eq(responses.requestId, id))
    .orderBy(desc(responses.revision))
    .limit(1);
  return { ...request, revision: last?.revision ?? 0 };
}

type Wording = { kind: Kind; words: string; until?: string | undefined; by: string | null };
async function write(tx: Tx, requestId: string, revision: number, { kind, words, by, ...said }: Wording) {
  const until = kind === 'en_estudio' ? (said.until ?? null) : null;
  if (kind === 'en_estudio') {
    if (!until) return fail('responses.until', 'until');
    const days = daysBetween(limaDay(new Date()), until);
    if (days < 0) return fail('responses.past', 'until');
    if (days > studyAtMost) return fail('responses.until.far', 'until', { max: studyAtMost });
  }
  await tx.insert(responses).values({ requestId, revision, kind, words, until, writtenBy: by });
  return { id: requestId, revision };
}

/** The State's first answer to an article. */
export const respond = command({
  action: 'responses.respond',
  rule: policy.respond,
  see: policy.readRequest,
  input: schema.respondInput,
  audit: 'full',
  load: (tx, { id }) => lockRequest(tx, id),
  run: async ({ tx, actor, input, facts }) => {
    if (facts.revision > 0) return fail('responses.answered.taken');
    return write(tx, input.id, 1, { ...input, by: actor.personId });
  },
});

/** A further wording; the earlier ones stay readable for ever. */
export const revise = command({
  action: 'responses.revise',
  rule: policy.respond,
  see: policy.readRequest,
  input: schema.reviseInput,
  audit: 'full',
  load: (tx, { id }) => lockRequest(tx, id),
  run: async ({ tx, actor, input, facts }) => {
    if (facts.revision !== input.revision) return fail('responses.changed.taken');
    return write(tx, input.id, facts.revision + 1, { ...input, by: actor.personId });
  },
});
