import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { amendments } from '~/db/schema/amendments';
import { mandates, padronImports } from '~/db/schema/associations';
import { ballotQuestions } from '~/db/schema/ballots';
import { comments } from '~/db/schema/comments';
import { versionArticles } from '~/db/schema/document';
import { responseRequests, responses } from '~/db/schema/responses';
import { actorOfPerson } from '~/server/actor';
import { charters } from '~/server/ballots/rules/charter';
import { issueCard } from '~/server/people/commands';
import { sealPassphrase } from '~/server/people/commands/passphrase';
import { forumCaller } from '~/server/root';
import { buildDelegates, closed, openedBallot, preparedBallot } from '~/tests/support/ballots';
import { buildSetAside } from '~/tests/support/concerns';
import { buildDraft } from '~/tests/support/drafts';
import { buildConcern, buildForumRole, buildMandate, buildMembership } from '~/tests/support/factories';
import { returnedArticle } from '~/tests/support/returned';
import { buildCast, passphrase, stranger } from './roles';

/** A working article of the document, made and frozen as the committee does it, and one that came after. */
async function buildDocument(db: Db, editorId: string, draftId: string) {
  const editor = forumCaller({
    db,
    actor: await actorOfPerson(db, editorId),
    address: '198.51.100.9',
    locale: 'es',
  });
  const key = () => crypto.randomUUID();
  const take = (title: string) =>
    editor.document.takeUp({ key: key(), draftId, area: 'agua', title, concerns: 'some', concernIds: [] });
  const fields = {
    revision: 1,
    summary: 'Agua limpia, dos veces al año.',
    areas: ['agua'],
    law: '',
    reality: '',
    addressees: ['minem'],
    library: [],
    genderCheck: 'Las pallaqueras lavan con esa agua.',
    genderWaived: false,
    territory: false,
  };
  const frozen = await take('Agua segura');
  await editor.document.setFields({ ...fields, id: frozen.id, title: 'Agua segura' });
  const version = await editor.document.freeze({ key: key(), title: 'Primera versión', after: 0 });
  const working = await take('Análisis publicados');
  const sheet = { ...fields, id: working.id, title: 'Análisis publicados' };
  const { actId } = await editor.document.setFields(sheet);
  return { frozen: frozen.id, working: working.id, versionId: version.id, act: actId! };
}

/** Everything the sample inputs of the access table speak of. */
export async function buildWorld(db: Db) {
  const people = await buildCast(db, await sealPassphrase(passphrase));
  const { cast, base, home, table, officeId, secondSecretary } = people;
  const member = cast.member!;

  const open = await buildConcern(db, member, { associationId: base.id });
  const kept = await buildConcern(db, member, {
    audience: 'space',
    spaceId: home.id,
    associationId: base.id,
  });
  const aside = await buildConcern(db, member, {
    state: 'no_recogida',
    reasonCode: 'repetida',
    reason: 'Ya está dicho en otro.',
    associationId: base.id,
  });
  await buildSetAside(db, aside.id);
  const taken = await buildConcern(db, member, { state: 'en_debate' });
  const draft = await buildDraft(db, table.id, {
    text: 'Reservorio y análisis de agua.',
    concernIds: [taken.id],
  });
  const draftKept = await buildDraft(db, home.id, { text: 'Entre nosotras.' });
  const draftClosed = await buildDraft(db, table.id, { text: 'Terminado.', state: 'closed' });

  const document = await buildDocument(db, cast.editor!, draft.id);
  const [versionArticle] = await db
    .select()
    .from(versionArticles)
    .where(eq(versionArticles.versionId, document.versionId));
  const on = { versionId: document.versionId, preparedBy: secondSecretary };
  const ballots = {
    prepared: await preparedBallot(db, on),
    urgent: await preparedBallot(db, { ...on, urgent: true }),
    open: await openedBallot(db, on),
    closed: await openedBallot(db, on),
    /** In the room, by consensus: the officer counts, and the secretary of the other base. */
    room: await openedBallot(db, {
      ...{ ...on, scope: 'whole' as const, method: 'consensus' as const, presides: cast.coordinator },
      ...{ counterOne: cast.officer, counterTwo: cast['secretary elsewhere'] },
    }),
    /** By a rule that asks the associations apart. */
    associations: await openedBallot(db, { ...on, rule: charters.asociaciones }),
    /** Closed without quorum, by a rule that then asks for a second call. */
    silent: await openedBallot(db, { ...on, rule: charters.mayoria }),
  };
  const returned = await returnedArticle(db, document.versionId);
  await closed(db, ballots.closed.id);
  await closed(db, ballots.silent.id);
  const questions = await db
    .select()
    .from(ballotQuestions)
    .where(eq(ballotQuestions.ballotId, ballots.open.id));

  const request = async (day: string) => {
    const asked = { versionArticleId: versionArticle!.id, officeId, dueOn: day };
    const [row] = await db.insert(responseRequests).values(asked).onConflictDoNothing().returning();
    return row!;
  };
  const waiting = await request('2099-01-31');

  const [amendment] = await db
    .insert(amendments)
    .values({
      kind: 'replace',
      versionId: document.versionId,
      firstVersionId: document.versionId,
      versionArticleId: versionArticle!.id,
      area: 'agua',
      title: 'Agua segura',
      text: 'Reservorio y análisis de agua cada mes.',
      why: 'Así lo acordó la asamblea.',
      associationId: base.id,
      actaReference: 'Libro 2, folio 20',
      actaDate: '2026-10-20',
    })
    .returning();
  const [comment] = await db
    .insert(comments)
    .values({
      versionArticleId: versionArticle!.id,
      side: 'for',
      words: 'Hace falta.',
      personId: member,
      associationId: base.id,
    })
    .returning();

  // Enough of them for a ballot to be opened.
  await buildDelegates(db, base.id, 8);
  const messenger = await stranger(db, 'Lidia Calsina');
  await buildMembership(db, base.id, messenger.id);
  const mandate = await buildMandate(db, base.id, messenger.id, { state: 'presented' });
  const named = await stranger(db, 'Teófilo Yucra');
  const appointment = await buildForumRole(db, named.id, 'credentials', {
    confirmedAt: null,
    appointedBy: secondSecretary,
  });
  const [preview] = await db
    .insert(padronImports)
    .values({
      associationId: base.id,
      uploadedBy: cast.secretary!,
      rows: [{ row: 2, name: 'Rosa Pari', sex: null, title: null }],
      errors: [],
    })
    .returning();
  const newcomer = await stranger(db, 'Julia Poma');
  const { code } = await db.transaction((tx) => issueCard(tx, newcomer.id, null));
  return {
    ...people,
    concerns: { open, kept, aside, taken },
    drafts: { open: draft, kept: draftKept, closed: draftClosed },
    document,
    versionArticleId: versionArticle!.id,
    ballots,
    returned,
    questions,
    waiting,
    amendment: amendment!,
    comment: comment!,
    mandate,
    messenger,
    appointment,
    preview: preview!,
    newcomer,
    code,
  };
}
export type World = Awaited<ReturnType<typeof buildWorld>>;

/** An answered request, made inside the transaction of the one row that needs it. */
export async function answered(db: Db, w: World): Promise<void> {
  await db
    .insert(responses)
    .values({ requestId: w.waiting.id, revision: 1, kind: 'en_estudio', words: 'Se estudia el artículo.' });
}

/** The mandate of the delegate of the base, which a command may end. */
export async function mandateOf(db: Db, personId: string): Promise<string> {
  const [row] = await db.select({ id: mandates.id }).from(mandates).where(eq(mandates.personId, personId));
  return row!.id;
}

export const uuid = () => crypto.randomUUID();
export const nowhere = () => {
  const hex = randomBytes(6).toString('hex');
  return `00000000-0000-4000-8000-${hex}`;
};
