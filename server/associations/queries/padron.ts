import { and, asc, countDistinct, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations, mandates, memberships, padronImports } from '~/db/schema/associations';
import { jobs } from '~/db/schema/kernel';
import { cards, persons } from '~/db/schema/people';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { beyondBase } from '../../people/queries';
import { showNumber } from '../../people/rules';
import { can } from '../../rule';
import * as policy from '../policy';
import { associationFacts, inForceOf, memberNames, sounds, visibleToInPadron } from '../queries';
import { likelyTwins } from '../rules/padron';
import * as schema from '../schema';

export const padronPageSize = 50;
export const cardsPageSize = 200;

const hasCard = sql<boolean>`exists (select 1 from ${cards} c where c.person_id = ${persons.id}
  and c.used_at is null and c.revoked_at is null and c.expires_at > now())`;
const entered = sql<boolean>`${persons.passphraseHash} is not null`;
const beyond = beyondBase({ person: sql`${persons.id}`, base: sql`${memberships.associationId}` });

const inPadron = (actor: Actor, id: string, q?: string) =>
  and(inForceOf(id), visibleToInPadron(actor), sounds(persons.name, q));

function selectPeople(db: DbOrTx, where: SQL | undefined) {
  return db
    .select({
      personId: persons.id,
      name: persons.name,
      number: persons.number,
      roles: sql<policy.MembershipFacts['role'][]>`array_agg(distinct ${memberships.role})`,
      title: sql<string | null>`max(${memberships.title})`,
      entered,
      hasCard,
      beyond,
      delegate: sql<
        'presented' | 'accredited' | null
      >`(select d.state from ${mandates} d where d.person_id = ${persons.id}
        and d.association_id = ${memberships.associationId} and d.state in ('presented', 'accredited'))`,
    })
    .from(memberships)
    .innerJoin(associations, eq(associations.id, memberships.associationId))
    .innerJoin(persons, eq(persons.id, memberships.personId))
    .where(where)
    .groupBy(persons.id, memberships.associationId);
}
type Row = Awaited<ReturnType<typeof selectPeople>>[number];

const presentMember = (keeper: boolean) => (row: Row) => ({
  personId: row.personId,
  name: row.name,
  roles: row.roles,
  title: row.title,
  delegate: row.delegate,
  // Number and card are for who prints them.
  card: keeper
    ? {
        number: showNumber(row.number),
        state: row.entered ? ('entered' as const) : row.hasCard ? ('given' as const) : ('none' as const),
      }
    : null,
});

/** The members that an actor may know of, a page at a time, by name. */
export const padron = query({
  action: 'associations.padron',
  rule: policy.readPadron,
  see: policy.read,
  input: schema.padronPage,
  load: async (db, { id, q, page }, actor) => {
    const facts = await associationFacts(db, id);
    if (!facts) return null;
    const where = inPadron(actor, id, q);
    const [[total], rows] = await Promise.all([
      db
        .select({ n: countDistinct(memberships.personId) })
        .from(memberships)
        .innerJoin(associations, eq(associations.id, memberships.associationId))
        .innerJoin(persons, eq(persons.id, memberships.personId))
        .where(where),
      selectPeople(db, where)
        .orderBy(sql`lower(${persons.name})`, asc(persons.id))
        .limit(padronPageSize)
        .offset((page - 1) * padronPageSize),
    ]);
    return { ...facts, total: total!.n, rows };
  },
  present: ({ total, rows, ...facts }, actor, { page }) => {
    const keeper = can(policy.keepPadron, actor, facts);
    return {
      id: facts.id,
      name: facts.name,
      kind: facts.kind,
      items: rows.map(presentMember(keeper)),
      total,
      page,
      pages: Math.max(1, Math.ceil(total / padronPageSize)),
      abilities: { keepPadron: keeper },
    };
  },
});

/** One member, with what may be done about her. */
export const member = query({
  action: 'associations.member',
  rule: policy.readMembership,
  input: schema.member,
  load: async (db, { id, personId }, actor) => {
    const association = await associationFacts(db, id);
    if (!association) return null;
    const [row] = await selectPeople(db, and(inPadron(actor, id), eq(persons.id, personId)));
    if (!row) return null;
    const office = row.roles.find((held) => held !== 'member');
    const role: policy.MembershipFacts['role'] = office ?? 'member';
    return { association, personId, role, row };
  },
  present: (facts, actor) => {
    const { association, personId, row } = facts;
    const [officer, secretary] = [row.roles.includes('officer'), row.roles.includes('secretary')];
    const ends = can(policy.endRole, actor, facts);
    const appoints = can(policy.appoint, actor, association);
    return {
      ...presentMember(can(policy.keepPadron, actor, association))(row),
      association: { id: association.id, name: association.name },
      me: actor.personId === personId,
      /** Her card is the forum's secretary's to give. */
      cardElsewhere: row.beyond && can(policy.keepPadron, actor, association),
      abilities: {
        appointOfficer: appoints,
        appointSecretary: appoints && !secretary,
        endOfficer: ends && officer,
        endSecretary: ends && secretary && (association.secretaries > 1 || association.kind === 'base_libre'),
        present: can(policy.present, actor, association) && row.delegate === null,
        giveCard: can(policy.giveCards, actor, {
          association,
          owners: [{ personId, beyond: row.beyond }],
        }),
        leave: can(policy.leave, actor, facts),
      },
    };
  },
});

/** Whose cards may be printed, those without any first, two hundred at a time. */
export const cardsDue = query({
  action: 'associations.cardsDue',
  rule: policy.keepPadron,
  see: policy.read,
  input: schema.padronPage,
  load: async (db, { id, page }, actor) => {
    const facts = await associationFacts(db, id);
    if (!facts) return null;
    const where = and(
      inPadron(actor, id),
      sql`not ${beyond}`,
      actor.personId ? sql`${persons.id} <> ${actor.personId}` : undefined,
    );
    const rows = await selectPeople(db, where)
      .orderBy(entered, hasCard, sql`lower(${persons.name})`, asc(persons.id))
      .limit(cardsPageSize + 1)
      .offset((page - 1) * cardsPageSize);
    return { ...facts, rows };
  },
  present: ({ rows, ...facts }, _actor, { page }) => ({
    id: facts.id,
    name: facts.name,
    items: rows.slice(0, cardsPageSize).map(presentMember(true)),
    page,
    more: rows.length > cardsPageSize,
  }),
});

const shownAtMost = 20;
const twinsShown = 50;

const importColumns = {
  id: padronImports.id,
  associationId: padronImports.associationId,
  uploadedBy: padronImports.uploadedBy,
  imported: padronImports.imported,
  job: { state: jobs.state, done: jobs.done, total: jobs.total },
};

/** How an import stands: what the file said, what is wrong with it, how far the job is. */
export const padronImport = query({
  action: 'associations.padronImport',
  rule: policy.keepImport,
  input: schema.byId,
  load: async (db, { id }) => {
    const [row] = await db
      .select({
        ...importColumns,
        state: padronImports.state,
        rows: padronImports.rows,
        errors: padronImports.errors,
      })
      .from(padronImports)
      .leftJoin(jobs, eq(jobs.id, padronImports.jobId))
      .where(eq(padronImports.id, id));
    const association = row && (await associationFacts(db, row.associationId));
    if (!row || !association) return null;
    const twins =
      row.state === 'preview'
        ? likelyTwins(row.rows, await memberNames(db, row.associationId))
        : { already: [], repeated: [] };
    return { ...row, association, twins };
  },
  present: ({ rows, errors, twins, association, job, ...row }) => {
    const nameOf = new Map(rows.map(({ row: line, name }) => [line, name]));
    const named = (lines: number[]) => ({
      count: lines.length,
      some: lines.slice(0, twinsShown).map((line) => ({ row: line, name: nameOf.get(line) ?? '' })),
    });
    return {
      id: row.id,
      association: { id: association.id, name: association.name },
      state: row.state === 'running' && job?.state === 'failed' ? ('failed' as const) : row.state,
      people: rows.length,
      women: rows.filter(({ sex }) => sex === 'mujer').length,
      sample: rows.slice(0, shownAtMost),
      errors,
      already: named(twins.already),
      repeated: named(twins.repeated),
      imported: row.imported,
      progress: { done: job?.done ?? 0, total: job?.total ?? 0 },
    };
  },
});

/** The import of an association that is waiting for its secretary or running, if any. */
export const openImport = query({
  action: 'associations.openImport',
  rule: policy.keepPadron,
  see: policy.read,
  input: schema.byId,
  load: async (db, { id }) => {
    const facts = await associationFacts(db, id);
    if (!facts) return null;
    const [row] = await db
      .select({ id: padronImports.id })
      .from(padronImports)
      .where(and(eq(padronImports.associationId, id), inArray(padronImports.state, ['preview', 'running'])));
    return { ...facts, importId: row?.id ?? null };
  },
  present: ({ id, name, importId }) => ({ id, name, importId }),
});
