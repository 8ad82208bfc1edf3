import { createHash, randomUUID } from 'node:crypto';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { sealSheet } from '~/app/_light/seal-sheet';
import type { Db, DbOrTx } from '~/db/client';
import { ballotQuestions, ballots, countedAs } from '~/db/schema/ballots';
import { articles, chapters, versionArticles, versions } from '~/db/schema/document';
import { texts } from '~/db/schema/drafts';
import { persons } from '~/db/schema/people';
import { openBallot } from '~/server/ballots/commands/ballot';
import { closeBallot } from '~/server/ballots/commands/closing';
import { readKey } from '~/server/ballots/commands/key';
import { delegates } from '~/server/ballots/commands/roll';
import { giveTicket, publicKeyOf } from '~/server/ballots/commands/sealed';
import { type Choice, choices } from '~/server/ballots/rules';
import { buildAssociation, buildMandate, buildPerson } from './factories';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const wordings = [
  ['Reconocimiento', 'El pallaqueo y el trabajo de las palliris son oficios mineros.'],
  ['Acceso al desmonte', 'El contrato de explotación señala días y zonas para el pallaqueo.'],
  ['Agua segura', 'Reservorio y análisis de agua publicados dos veces al año.'],
] as const;

/** A frozen version with this many articles (three, unless told otherwise). */
export async function buildVersion(
  db: DbOrTx,
  { count = 3, number }: { count?: number; number?: number } = {},
) {
  const [last] = await db.select({ n: sql<number>`coalesce(max(number), 0)::int` }).from(versions);
  const canonical = JSON.stringify({ version: number ?? last!.n + 1, count, chapters: [] });
  const [version] = await db
    .insert(versions)
    .values({
      number: number ?? last!.n + 1,
      title: 'Documento único',
      canonical,
      sha256: sha256(canonical),
    })
    .returning();
  await db.insert(chapters).values({ area: 'agua', position: 1 }).onConflictDoNothing();
  const [chapter] = await db.select().from(chapters).where(eq(chapters.area, 'agua'));
  for (let i = 1; i <= count; i++) {
    const [title, words] = wordings[(i - 1) % wordings.length]!;
    const [text] = await db.insert(texts).values({ kind: 'article' }).returning();
    const [article] = await db
      .insert(articles)
      .values({ chapterId: chapter!.id, position: i, title, textId: text!.id, areas: ['agua'] })
      .returning();
    await db.insert(versionArticles).values({
      versionId: version!.id,
      articleId: article!.id,
      number: i,
      area: 'agua',
      areas: ['agua'],
      title,
      text: words,
      summary: words,
      law: '',
      reality: '',
      addressees: [],
      library: [],
      genderCheck: '',
      genderWaived: true,
      territory: false,
      concernIds: [],
      sha256: sha256(`${title}${words}`),
    });
  }
  return version!;
}

export const hours = (n: number) => new Date(Date.now() + n * 3_600_000);

/** A prepared ballot on a fresh version, closing in four days. */
export async function preparedBallot(db: DbOrTx, over: Partial<typeof ballots.$inferInsert> = {}) {
  const versionId = over.versionId ?? (await buildVersion(db)).id;
  const [ballot] = await db
    .insert(ballots)
    .values({
      versionId,
      title: 'Votación de la versión',
      scope: 'articles',
      rule: { quorumPercent: 50, majorityPercent: 50 },
      closesAt: hours(96),
      ...over,
    })
    .returning();
  return ballot!;
}

/** The same, opened for the delegates accredited now. */
export async function openedBallot(db: Db, over: Partial<typeof ballots.$inferInsert> = {}) {
  const ballot = await preparedBallot(db, over);
  await db.transaction(async (tx) =>
    openBallot(tx, ballot.id, { roll: await delegates(tx), at: new Date() }),
  );
  return ballot;
}

export const questionsOf = (db: DbOrTx, ballotId: string) =>
  db
    .select({ id: ballotQuestions.id })
    .from(ballotQuestions)
    .where(eq(ballotQuestions.ballotId, ballotId))
    .orderBy(asc(ballotQuestions.position));

/** The input of a cast with this choice for every question, or with one for each in order. */
export async function sheetOf(
  db: DbOrTx,
  ballotId: string,
  choice: Choice | Choice[],
  sheet: string = randomUUID(),
) {
  const questions = await questionsOf(db, ballotId);
  return {
    id: ballotId,
    sheet,
    choices: questions.map(({ id }, i) => ({
      question: id,
      choice: Array.isArray(choice) ? choice[i]! : choice,
    })),
  };
}

/** A sheet as her phone seals it, under a ticket that the forum gave her at the moment `given`. */
export async function sealedSheet(
  db: DbOrTx,
  { ballotId, personId, choice = 'si', given = new Date(), sheet = randomUUID() }: Sealed,
) {
  const [ballot] = await db
    .select({ manifest: ballots.manifestSha256 })
    .from(ballots)
    .where(eq(ballots.id, ballotId));
  const questions = await questionsOf(db, ballotId);
  const key = readKey(ballotId) ?? Buffer.alloc(32);
  const manifest = ballot!.manifest!;
  const ticket = giveTicket(key, { ballotId, personId, manifest }, given);
  const answers = questions.map((_, i) => choices.indexOf(Array.isArray(choice) ? choice[i]! : choice) + 1);
  const bound = { ballot: ballotId, manifest, sheet, ticket };
  const sealed = await sealSheet(publicKeyOf(key), bound, answers);
  return { id: ballotId, manifest, sheet, ticket, sealed };
}
type Sealed = {
  ballotId: string;
  personId: string;
  choice?: Choice | Choice[];
  given?: Date;
  sheet?: string;
};

/** More delegates of one base, accredited. */
export async function buildDelegates(db: DbOrTx, associationId: string, n: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < n; i++) {
    const person = await buildPerson(db, { name: `Delegada ${i + 1}` });
    await buildMandate(db, associationId, person.id);
    ids.push(person.id);
  }
  return ids;
}

/** Fourteen women of Puno, who agreed to be counted; sixteen men of a cooperative in Potosí. */
export async function womenAndMen(db: Db, baseOfWomen: string): Promise<{ women: string[]; men: string[] }> {
  const over = { kind: 'cooperativa', country: 'BO', department: 'BO-P' } as const;
  const women = await buildDelegates(db, baseOfWomen, 14);
  const men = await buildDelegates(db, (await buildAssociation(db, over)).id, 16);
  await db.update(persons).set({ sex: 'mujer' }).where(inArray(persons.id, women));
  await db.insert(countedAs).values(women.map((personId) => ({ personId, behind: 0 })));
  return { women, men };
}

/** Closes a ballot as its job would at its moment. */
export const closed = (db: Db, ballotId: string) => closeBallot(db, ballotId, { at: new Date() });
