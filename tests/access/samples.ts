import { eq } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { amendments } from '~/db/schema/amendments';
import { ballotQuestions, ballotReasons, ballots, proxies, rollEntries } from '~/db/schema/ballots';
import { comments } from '~/db/schema/comments';
import { articles } from '~/db/schema/document';
import { forum } from '~/db/schema/kernel';
import { forumRoles, keyrings, persons, sessions } from '~/db/schema/people';
import { roomCounts, roomObjections } from '~/db/schema/room-votes';
import { spaceRoles } from '~/db/schema/spaces';
import { paperVoters, urnsGiven } from '~/db/schema/urns';
import { destroyKey } from '~/server/ballots/commands/key';
import { sealVoter } from '~/server/booths/commands/pass';
import { wordingAt } from '~/server/drafts/queries';
import { editUpdate } from '~/server/drafts/rules';
import { ensureValues } from '~/server/people/commands/values';
import { hashOf, wrapKeyring } from '~/server/people/rules/keyring';
import { append } from '~/server/realtime/log';
import { runtime } from '~/server/runtime';
import { tokensOf } from '~/server/tokens/commands';
import {
  hours,
  openedBallot,
  preparedBallot,
  questionsOf,
  sealedSheet,
  sheetOf,
} from '~/tests/support/ballots';
import { putBooth } from '~/tests/support/booths';
import { buildAppeal, buildGroup } from '~/tests/support/concerns';
import { remarked, suggested, versioned } from '~/tests/support/drafts';
import { buildAssociation, buildMembership } from '~/tests/support/factories';
import { counted, numberOf, seat } from '~/tests/support/urns';
import { passphrase } from './roles';
import { answered, mandateOf, uuid, type World } from './world';

export type Sample = {
  /** Who asks: null is anonymous. */
  input: (w: World, me: string | null, db: Db) => unknown;
  /** What stands in the database before; undone with the rest. */
  given?: (db: Db, w: World, me: string | null) => Promise<unknown>;
};
const filled = (length: number) => Buffer.alloc(length, 7);
const bytes = (length: number) => filled(length).toString('base64url');
const madeFrom = hashOf(filled(16_384)).toString('base64url');
/** Whoever asks has made her words. */
async function withKeyring(db: Db, _w: unknown, me: string | null) {
  if (!me) return;
  const of = {
    made: true,
    opensOn: null,
    salt: filled(16),
    verifier: hashOf(filled(32)),
    keyring: filled(16_384),
  };
  const sealed = wrapKeyring(runtime().secrets.keyrings, ensureValues(me).current, me, of);
  await db
    .insert(keyrings)
    .values({ personId: me, sealed })
    .onConflictDoUpdate({ target: keyrings.personId, set: { sealed } });
}
const bare: Sample = { input: () => undefined };
const of = (input: Sample['input'], given?: Sample['given']): Sample => ({ input, given });
const inDays = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();
const agent = 'Mozilla/5.0 (Linux; Android 9)';
const theBase = of((w) => ({ id: w.base.id }));
const theTable = of((w) => ({ id: w.table.id }));
const theHome = of((w) => ({ id: w.home.id }));
const thePreview = of((w) => ({ id: w.preview.id }));
const theMandate = of((w) => ({ id: w.mandate.id }));
const openConcern = of((w) => ({ id: w.concerns.open.id }));
const keptConcern = of((w) => ({ id: w.concerns.kept.id }));
const openDraft = of((w) => ({ id: w.drafts.open.id }));
const keptDraft = of((w) => ({ id: w.drafts.kept.id }));
const article = of((w) => ({ id: w.document.working }));
const ballot = (state: keyof World['ballots']) => of((w) => ({ id: w.ballots[state].id }));

/** A session of hers, and one of somebody else. */
const sessionOf = async (db: Db, personId: string) => {
  const row = { personId, device: 'phone', seenOn: '2026-11-23', expiresAt: new Date(Date.now() + 1e9) };
  const [made] = await db.insert(sessions).values(row).returning();
  return made!.id;
};
/** A line more above what an article says. */
const writtenAbove = async (db: Db, articleId: string, words: string) => {
  const [row] = await db.select().from(articles).where(eq(articles.id, articleId));
  // An edit of what stands there: two first updates would stand in either order, as their clients' numbers have it.
  const { updates, text } = (await wordingAt(db, row!.textId))!;
  return append(db, row!.textId, null, editUpdate(updates, words + text)!);
};
/** An open ballot; with `me` at its table, who belongs to a base. */
const seated =
  (at: boolean): Sample['given'] =>
  async (db, w, me) => {
    if (!at || !me) return;
    await seat(db, w.ballots.open.id, me);
    await buildMembership(db, (await buildAssociation(db)).id, me);
  };
/** Somebody else of its roll. */
const voterOf = async (db: Db, ballotId: string, me: string | null) => {
  const roll = await db.select().from(rollEntries).where(eq(rollEntries.ballotId, ballotId));
  return roll.find(({ personId }) => personId !== me)!.personId;
};
const paper = (at: boolean) =>
  of(
    async (w, me, db) => ({
      id: w.ballots.open.id,
      number: await numberOf(db, await voterOf(db, w.ballots.open.id, me)),
      agrees: true,
    }),
    seated(at),
  );
const paperBack = (at: boolean) =>
  of(
    async (w, me, db) => ({ id: w.ballots.open.id, personId: await voterOf(db, w.ballots.open.id, me) }),
    seated(at),
  );
/** Twelve names stand on the list of its urn. */
const urnNamed: Sample['given'] = async (db, w) => {
  const { id } = w.ballots.open;
  const handedBy = w.cast.forumSecretary!;
  const all = await db.select({ personId: persons.id }).from(persons).limit(13);
  const others = all.filter(({ personId }) => personId !== handedBy).slice(0, 12);
  await db.insert(paperVoters).values(others.map((one) => ({ ...one, ballotId: id, urn: '', handedBy })));
};
const urnGiven = (at: boolean) =>
  of(
    (w) => ({ id: w.ballots.open.id, urn: '' }),
    async (db, w, me) => {
      await seated(at)!(db, w, me);
      await urnNamed(db, w, me);
    },
  );
/** Its papers are given out, and its moment has come. */
const urnToCount: Sample['given'] = async (db, w, me) => {
  const { id } = w.ballots.open;
  await urnNamed(db, w, me);
  await db.insert(urnsGiven).values({
    ...{ ballotId: id, urn: '' },
    ...{ firstBy: w.cast.forumSecretary!, secondBy: w.cast.officer! },
  });
  await db.update(ballots).set({ state: 'closing' }).where(eq(ballots.id, id));
};
const urnCounted = (at: boolean) =>
  of(
    async (w, _me, db) => {
      const { id } = w.ballots.open;
      const n = (await db.select().from(paperVoters).where(eq(paperVoters.ballotId, id))).length;
      const asked = await db.select().from(ballotQuestions).where(eq(ballotQuestions.ballotId, id));
      return { id, urn: '', counts: asked.map(() => counted(n)) };
    },
    async (db, w, me) => {
      await seated(at)!(db, w, me);
      await urnToCount(db, w, me);
    },
  );
/** A booth of the open ballot; with `by`, whoever asks stands by it. */
const booth = (w: World, me: string | null, db: Db, standsBy = false, entered = false) =>
  putBooth(db, w.ballots.open.id, { me, standsBy, entered });
/** The tablet of a booth, and a delegate before it. */
const atTablet = async (w: World, me: string | null, db: Db) => {
  const { id, token } = await booth(w, me, db, false, true);
  return { token, voter: sealVoter(id, w.cast.delegate!, new Date()) };
};
/** An objection that was written down before anybody counted. */
const objection = (more: object) =>
  of(async (w, _me, db) => {
    const { id } = w.ballots.room;
    const [question] = await questionsOf(db, id);
    const row = { ballotId: id, questionId: question!.id, words: 'Nombra a una persona.' };
    const [said] = await db.insert(roomObjections).values(row).returning();
    return { id, objection: said!.id, ...more };
  });
const raised = () => ({
  key: uuid(),
  words: 'Lavamos con agua de la mina.',
  areas: ['agua'],
  place: '21',
  barrier: 'otro',
});
const fields = {
  revision: 2,
  title: 'Análisis publicados',
  summary: '',
  areas: ['agua'],
  law: '',
  reality: 'El agua baja turbia.',
  addressees: ['minem'],
  library: [],
  genderCheck: 'Las pallaqueras lavan con esa agua.',
  genderWaived: false,
  territory: false,
};
const answer = { verdict: 'refused', answer: 'Está dicho en el artículo 3.' };
const grouped = async (db: Db, w: World) =>
  (await buildGroup(db, [w.concerns.open.id, w.concerns.taken.id])).id;
const appealed = async (db: Db, w: World, by: string | null = null) =>
  (await buildAppeal(db, w.concerns.aside, { setAsideBy: by })).id;
const theAmendment = of((w) => ({ id: w.amendment.id }));
const theComment = of((w) => ({ id: w.comment.id }));
const amending = (w: World) => ({
  key: uuid(),
  kind: 'remove',
  versionArticleId: w.versionArticleId,
  why: 'Ya está dicho en otro artículo.',
  actaReference: 'Libro 2, folio 21',
  actaDate: '2026-10-21',
});
const saying = (w: World) => ({
  key: uuid(),
  versionArticleId: w.versionArticleId,
  side: 'against',
  words: 'Así no alcanza.',
});
/** What is under an amendment is not joined to anything. */
const notAmended: Sample['given'] = (db) => db.update(amendments).set({ state: 'withdrawn' });
/** Who has spoken already speaks again after taking it back. */
const takenBack: Sample['given'] = (db) => db.update(comments).set({ withdrawnAt: new Date() });
const proposed = (id: string) => ({ id, key: uuid(), seq: 1, at: 0, text: 'Agua para todas.' });
const versionOf = async (db: Db, id: string) => ({ id, versionId: (await versioned(db, id)).id });
const erased = () => ({ key: uuid(), reason: 'Estaba dos veces.', word: 'borrar' });
const said = () => ({ key: uuid(), words: 'Falta decir desde cuándo.' });
const mandateBy = (w: World, personId: string) => ({
  key: uuid(),
  id: w.base.id,
  personId,
  actaReference: 'Libro 2, folio 14',
  actaDate: '2026-01-10',
  actaWords: 'La asamblea la nombra delegada.',
});
const officeOf = async (db: Db, liaison: string) => {
  const [role] = await db.select().from(forumRoles).where(eq(forumRoles.personId, liaison));
  return role!.officeId!;
};
const joinFreeBase: Sample['given'] = (db, w) => buildMembership(db, w.freeBase.id, w.newcomer.id);
const emptyForum = async (db: Db) => {
  await db.delete(forumRoles).where(eq(forumRoles.role, 'forumSecretary'));
  await db.delete(forum);
};

/** The input with which each procedure is tried, by its path; what stands after «·» tells its cases apart. */
export const samples: Record<string, Sample> = {
  'forum.face': bare,
  'forum.home': bare,

  'people.checkCard': of((w) => ({ code: w.code })),
  'people.enterWithCard': of((w) => ({ code: w.code, passphrase, agent })),
  'people.signIn': of((w) => ({ number: w.numberOf(w.cast.account!), passphrase, agent })),
  'people.signOut': bare,
  'people.me': bare,
  'people.mySessions': bare,
  'people.endSession · her own': of(async (_w, me, db) => ({ id: me ? await sessionOf(db, me) : uuid() })),
  'people.endSession · another’s': of(async (w, _me, db) => ({ id: await sessionOf(db, w.newcomer.id) })),
  'people.endOtherSessions': bare,
  'people.changePassphrase': of(() => ({ old: passphrase, passphrase: 'otra lluvia en el cerro 9' })),
  'people.setLanguage': of(() => ({ locale: 'es' })),
  'people.declareSex': of(() => ({ sex: 'mujer', consent: true })),
  'people.keyring': bare,
  'people.openKeyring': of(() => ({ auth: bytes(32) }), withKeyring),
  'people.makeKeyring': of(() => ({ salt: bytes(16), auth: bytes(32), keyring: bytes(16_384) })),
  'people.writeKeyring': of(() => ({ auth: bytes(32), was: madeFrom, keyring: bytes(16_384) }), withKeyring),
  'people.changeKeyring': of(
    () => ({ old: bytes(32), was: madeFrom, salt: bytes(16), auth: bytes(32), keyring: bytes(16_384) }),
    withKeyring,
  ),
  'people.askKeyringReset': bare,
  'people.cancelKeyringReset': bare,
  'people.tokens': of(async (_w, _me, db) => ({
    of: (await tokensOf(db).keys())[0]!.id,
    blinded: Array.from({ length: 4 }, () => bytes(256)),
  })),
  'people.roles': bare,
  'people.appoint': of((w) => ({ key: uuid(), number: w.newcomer.number, role: 'editor' })),
  'people.confirmAppointment': of((w) => ({ id: w.appointment.id })),
  'people.endRole · of the waiting one': of((w) => ({ id: w.appointment.id })),
  'people.endRole · her own': of(async (_w, me, db) => {
    const mine = db.select({ id: forumRoles.id }).from(forumRoles);
    const [row] = me ? await mine.where(eq(forumRoles.personId, me)) : [];
    return { id: row?.id ?? uuid() };
  }),
  'people.personByNumber': of((w) => ({ number: w.newcomer.number })),
  'people.enroll': of(() => ({ key: uuid(), name: 'Ana Luque' })),
  'people.reissueCard · a member’s': of((w) => ({ personId: w.cast.member! })),
  'people.reissueCard · a delegate’s': of((w) => ({ personId: w.messenger.id })),
  'people.reissueCard · without a base': of((w) => ({ personId: w.newcomer.id })),
  'people.reissueCard · an editor’s': of((w) => ({ personId: w.cast.editor })),
  'people.setUpOpen': bare,
  'people.setUpOpen · of an empty forum': of(() => undefined, emptyForum),
  'people.setUp': of(() => ({
    code: runtime().setupCode,
    forum: 'Otro',
    name: 'Ana Luque',
    passphrase,
    agent,
  })),
  'people.setUp · of an empty forum': of(
    () => ({ code: runtime().setupCode, forum: 'Foro', name: 'Ana Luque', passphrase, agent }),
    emptyForum,
  ),

  'associations.found': of((w) => ({
    key: uuid(),
    name: 'Luz del Cerro',
    kind: 'asociacion',
    place: '21',
    number: w.newcomer.number,
  })),
  'associations.dissolve': of((w) => ({ id: w.base.id, sure: true })),
  'associations.enrollMember': of((w) => ({ key: uuid(), id: w.base.id, name: 'Ana Luque' })),
  'associations.enrollMember · in the free base': of((w) => ({
    key: uuid(),
    id: w.freeBase.id,
    name: 'Ana Luque',
  })),
  'associations.addMember': of((w) => ({ key: uuid(), id: w.base.id, number: w.newcomer.number })),
  'associations.leave · herself': of(
    (w, me) => ({ id: w.base.id, personId: me ?? uuid() }),
    // Or the only secretary could not go.
    (db, w) => buildMembership(db, w.base.id, w.messenger.id, 'secretary'),
  ),
  'associations.leave · another': of((w) => ({ id: w.base.id, personId: w.messenger.id })),
  'associations.issueCards': of((w) => ({ id: w.base.id, persons: [w.cast.member!] })),
  'associations.issueCards · a delegate’s': of((w) => ({ id: w.base.id, persons: [w.messenger.id] })),
  'associations.appointOfficer': of((w) => ({ id: w.base.id, personId: w.messenger.id, title: 'Tesorera' })),
  'associations.appointSecretary': of((w) => ({ id: w.base.id, personId: w.messenger.id })),
  'associations.appointSecretary · the first of the free base': of(
    (w) => ({ id: w.freeBase.id, personId: w.newcomer.id }),
    joinFreeBase,
  ),
  'associations.endRole': of((w) => ({ id: w.base.id, personId: w.cast.officer, role: 'officer' })),
  'associations.presentMandate': of((w) => mandateBy(w, w.cast.member!)),
  'associations.withdrawMandate': of(async (w, _me, db) => ({ id: await mandateOf(db, w.cast.delegate!) })),
  'associations.accredit': theMandate,
  'associations.refuseMandate': of((w) => ({ id: w.mandate.id, reason: 'Falta la firma del acta.' })),
  'associations.upload': of((w) => ({
    id: w.base.id,
    file: new File(['nombre\nRosa Pari\n'], 'padron.csv'),
  })),
  'associations.importPadron': thePreview,
  'associations.dropPadron': thePreview,
  'associations.list': of(() => ({})),
  'associations.detail': theBase,
  'associations.padron': theBase,
  'associations.member': of((w) => ({ id: w.base.id, personId: w.messenger.id })),
  'associations.cardsDue': theBase,
  'associations.openImport': theBase,
  'associations.padronImport': thePreview,
  'associations.desk': bare,
  'associations.delegates': bare,

  'spaces.createTable': of((w) => ({
    key: uuid(),
    title: 'Mesa de Salud',
    purpose: 'Para hablar de la salud.',
    areas: ['salud'],
    number: w.newcomer.number,
  })),
  'spaces.appointToSpace · at a table': of((w) => ({
    id: w.table.id,
    number: w.newcomer.number,
    role: 'reader',
  })),
  'spaces.appointToSpace · in a base’s house': of((w) => ({
    id: w.home.id,
    number: w.messenger.number,
    role: 'reader',
  })),
  'spaces.appointToSpace · where nobody coordinates': of(
    (w) => ({ id: w.table.id, number: w.newcomer.number, role: 'coordinator' }),
    (db, w) => db.delete(spaceRoles).where(eq(spaceRoles.personId, w.cast.coordinator!)),
  ),
  'spaces.endSpaceRole': of((w) => ({ id: w.table.id, personId: w.cast.writer })),
  'spaces.setPurpose': of((w) => ({ id: w.table.id, purpose: 'Para hablar del agua.', areas: ['agua'] })),
  'spaces.setAttribution': of((w) => ({ id: w.table.id, attribution: 'off' })),
  'spaces.closeSpace': theTable,
  'spaces.list': bare,
  'spaces.detail · a table': theTable,
  'spaces.detail · a base’s house': theHome,
  'spaces.detail · the review desk': of((w) => ({ id: w.review.id })),

  'concerns.raise': of(raised),
  'concerns.raise · in a base’s name': of((w) => ({ ...raised(), associationId: w.base.id })),
  'concerns.raise · kept in its house': of((w) => ({
    ...raised(),
    associationId: w.base.id,
    spaceId: w.home.id,
    audience: 'space',
  })),
  'concerns.reword': of((w) => ({ id: w.concerns.open.id, words: 'Lavamos con agua turbia.' })),
  'concerns.reword · kept': of((w) => ({ id: w.concerns.kept.id, words: 'Lavamos con agua turbia.' })),
  'concerns.setAside': of((w) => ({
    id: w.concerns.open.id,
    reasonCode: 'repetida',
    reason: 'Ya está dicho en otro.',
  })),
  'concerns.setAside · kept': of((w) => ({
    id: w.concerns.kept.id,
    reasonCode: 'repetida',
    reason: 'Ya está dicho en otro.',
  })),
  'concerns.reconsider': of((w) => ({ id: w.concerns.aside.id })),
  'concerns.publish': keptConcern,
  'concerns.appeal': of((w) => ({
    key: uuid(),
    id: w.concerns.aside.id,
    words: 'No está dicho en otro lado.',
  })),
  'concerns.decideAppeal': of(async (w, _me, db) => ({ id: await appealed(db, w), ...answer })),
  'concerns.decideAppeal · of what she set aside': of(async (w, _me, db) => ({
    id: await appealed(db, w, w.cast.editor),
    ...answer,
  })),
  'concerns.group': of((w) => ({ key: uuid(), concernIds: [w.concerns.open.id, w.concerns.taken.id] })),
  'concerns.group · kept ones': of((w) => ({
    key: uuid(),
    concernIds: [w.concerns.open.id, w.concerns.kept.id],
  })),
  'concerns.nameGroup': of(async (w, _me, db) => ({ id: await grouped(db, w), title: 'Agua limpia' })),
  'concerns.ungroup': of(async (w, _me, db) => ({ id: await grouped(db, w) })),
  'concerns.setAsideGroup': of(async (w, _me, db) => ({
    id: await grouped(db, w),
    reasonCode: 'repetida',
    reason: 'Ya está dicho en otro.',
  })),
  'concerns.notAlike': of((w) => ({ id: w.concerns.open.id, otherIds: [w.concerns.taken.id] })),
  'concerns.maybeAlike': openConcern,
  'concerns.groups': of(() => ({})),
  'concerns.groupDetail': of(async (w, _me, db) => ({ id: await grouped(db, w) })),
  'concerns.suggestions': of(() => ({})),
  'concerns.suggestions · of a kept one': of((w) => ({ of: w.concerns.kept.id })),
  'concerns.appeals': of(() => ({})),
  'concerns.list': of(() => ({})),
  'concerns.board': bare,
  'concerns.detail': openConcern,
  'concerns.detail · kept': keptConcern,
  'concerns.mine': bare,
  'concerns.origins': bare,
  'concerns.open': of(() => ({})),

  'drafts.create': of((w) => ({ key: uuid(), spaceId: w.table.id, title: 'Pozas limpias', concernIds: [] })),
  'drafts.create · in a base’s house': of((w) => ({
    key: uuid(),
    spaceId: w.home.id,
    title: 'Pozas limpias',
    concernIds: [],
  })),
  'drafts.retitle': of((w) => ({ id: w.drafts.open.id, title: 'Pozas limpias' })),
  'drafts.takeUpConcern': of((w) => ({ id: w.drafts.open.id, concernId: w.concerns.open.id })),
  'drafts.releaseConcern': of((w) => ({ id: w.drafts.open.id, concernId: w.concerns.taken.id })),
  'drafts.close': openDraft,
  'drafts.reopen': of((w) => ({ id: w.drafts.closed.id })),
  'drafts.editByForm': of((w) => ({ id: w.drafts.open.id, key: uuid(), seq: 1, text: 'Reservorio.' })),
  'drafts.editByForm · in a base’s house': of((w) => ({
    id: w.drafts.kept.id,
    key: uuid(),
    seq: 1,
    text: 'Solo nosotras.',
  })),
  'drafts.list': of(() => ({})),
  'drafts.ofSpace': of((w) => ({ spaceId: w.table.id })),
  'drafts.mine': bare,
  'drafts.homes': bare,
  'drafts.candidates': of((w) => ({ spaceId: w.table.id })),
  'drafts.detail': openDraft,
  'drafts.detail · in a base’s house': keptDraft,
  'drafts.passage': of((w) => ({ id: w.drafts.open.id, at: 0 })),
  'drafts.suggest': of((w) => proposed(w.drafts.open.id)),
  'drafts.suggest · in a base’s house': of((w) => proposed(w.drafts.kept.id)),
  'drafts.suggest · in a closed draft': of((w) => proposed(w.drafts.closed.id)),
  'drafts.suggestions': openDraft,
  'drafts.suggestions · in a base’s house': keptDraft,
  'drafts.acceptSuggestion': of(async (w, _me, db) => {
    const { id, seen } = await suggested(db, w.drafts.open, w.newcomer.id);
    return { id, seen, key: uuid() };
  }),
  'drafts.rejectSuggestion': of(async (w, _me, db) => ({
    id: (await suggested(db, w.drafts.open, w.newcomer.id)).id,
    answer: 'Ya está dicho arriba.',
  })),
  'drafts.withdrawSuggestion · her own': of(async (w, me, db) => ({
    id: (await suggested(db, w.drafts.open, me)).id,
  })),
  'drafts.comment': of((w) => ({ ...said(), id: w.drafts.open.id, seq: 1, at: 0 })),
  'drafts.comment · in a base’s house': of((w) => ({ ...said(), id: w.drafts.kept.id, seq: 1, at: 0 })),
  'drafts.comment · in a closed draft': of((w) => ({ ...said(), id: w.drafts.closed.id, seq: 1, at: 0 })),
  'drafts.answerComment': of(async (w, _me, db) => ({
    ...said(),
    id: (await remarked(db, w.drafts.open, w.newcomer.id)).id,
  })),
  'drafts.answerComment · in a base’s house': of(async (w, _me, db) => ({
    ...said(),
    id: (await remarked(db, w.drafts.kept, w.newcomer.id)).id,
  })),
  'drafts.resolveComment · her own': of(async (w, me, db) => ({
    id: (await remarked(db, w.drafts.open, me)).id,
  })),
  'drafts.resolveComment · another’s': of(async (w, _me, db) => ({
    id: (await remarked(db, w.drafts.open, w.newcomer.id)).id,
  })),
  'drafts.reopenComment': of(async (w, _me, db) => ({
    id: (await remarked(db, w.drafts.open, w.newcomer.id, { resolvedAt: new Date() })).id,
  })),
  'drafts.nameVersion': of((w) => ({ id: w.drafts.open.id, key: uuid(), name: 'Antes de la asamblea' })),
  'drafts.removeComment · her own': of(async (w, me, db) => ({
    id: (await remarked(db, w.drafts.open, me)).id,
  })),
  'drafts.removeComment · another’s': of(async (w, _me, db) => ({
    id: (await remarked(db, w.drafts.open, w.newcomer.id)).id,
  })),
  'drafts.removeVersion · her own': of(async (w, me, db) => ({
    id: (await versioned(db, w.drafts.open.id, undefined, undefined, me)).id,
  })),
  'drafts.removeVersion · another’s': of(async (w, _me, db) => ({
    id: (await versioned(db, w.drafts.open.id, undefined, undefined, w.newcomer.id)).id,
  })),
  'drafts.versions': openDraft,
  'drafts.versions · in a base’s house': keptDraft,
  'drafts.version': of((w, _me, db) => versionOf(db, w.drafts.open.id)),
  'drafts.version · in a base’s house': of((w, _me, db) => versionOf(db, w.drafts.kept.id)),
  'drafts.comparison': of((w) => ({ id: w.drafts.open.id, from: 'ahora', to: 'ahora' })),
  'drafts.comparison · in a base’s house': of((w) => ({ id: w.drafts.kept.id, from: 'ahora', to: 'ahora' })),
  'drafts.authorship': openDraft,
  'drafts.authorship · in a base’s house': keptDraft,
  'drafts.erase': of((w) => ({ ...erased(), id: w.drafts.closed.id })),
  'drafts.erase · in a base’s house': of((w) => ({ ...erased(), id: w.drafts.kept.id })),
  'drafts.erasures': of((w) => ({ spaceId: w.table.id })),
  'drafts.comments': openDraft,
  'drafts.comments · in a base’s house': keptDraft,
  'drafts.withdrawSuggestion · another’s': of(async (w, _me, db) => ({
    id: (await suggested(db, w.drafts.open, w.newcomer.id)).id,
  })),

  'document.inForce': bare,
  'document.version': of(() => ({ number: 1 })),
  'document.versions': bare,
  'document.signed': bare,
  'document.canonical': of(() => ({ number: 1 })),
  'document.article': of(() => ({ number: 1, article: 1 })),
  'document.printable': of(() => ({ number: 1 })),
  'document.search': of(() => ({ q: 'agua' })),
  'document.comparison': of(() => ({ from: 1, to: 1 })),
  'document.coverage': of(() => ({})),
  'document.coverage · in the making': of(() => ({ making: true })),
  'document.origin · frozen': of((w) => ({ id: w.document.frozen })),
  'document.origin · in the making': article,
  'document.find · frozen': of((w) => ({ id: w.document.frozen })),
  'document.find · in the making': article,
  'document.working': bare,
  'document.workingArticle': article,
  'document.desk': of(() => ({})),
  'document.draftToTake': openDraft,
  'document.freezeCheck': bare,
  'document.takeUp': of((w) => ({
    key: uuid(),
    draftId: w.drafts.open.id,
    area: 'agua',
    title: 'Otro artículo',
  })),
  'document.takeUp · from a base’s house': of((w) => ({
    key: uuid(),
    draftId: w.drafts.kept.id,
    area: 'agua',
    title: 'Otro artículo',
  })),
  'document.linkGroup': of(async (w, _me, db) => ({ id: w.document.working, groupId: await grouped(db, w) })),
  'document.linkConcern': of((w) => ({ id: w.document.working, concernId: w.concerns.open.id })),
  'document.unlinkConcern': of((w) => ({ id: w.document.working, concernId: w.concerns.taken.id })),
  'document.setFields': of((w) => ({ ...fields, id: w.document.working })),
  'document.editText': of((w) => ({ key: uuid(), id: w.document.working, base: 1, text: 'Análisis.' })),
  'document.place': of((w) => ({ id: w.document.working, revision: 2, area: 'salud' })),
  'document.retire': of((w) => ({ id: w.document.working, revision: 2 })),
  'document.addDraft': of((w) => ({
    ...{ key: uuid(), id: w.document.working, revision: 2, draftId: w.drafts.open.id },
    ...{ concerns: 'some', concernIds: [] },
  })),
  'document.merge': of(
    (w) => ({
      ...{ key: uuid(), id: w.document.working, revision: 2, seq: 1, title: 'Los dos' },
      ...{ other: w.document.frozen, otherRevision: 2, otherSeq: 1, wording: 'first' },
    }),
    notAmended,
  ),
  'document.split': of(
    (w) => ({
      ...{ key: uuid(), id: w.document.working, revision: 2, seq: 2, line: 1 },
      ...{ title: 'La otra parte', go: [], both: [] },
    }),
    (db, w) => writtenAbove(db, w.document.working, 'Primero.\n'),
  ),
  'document.undo': of((w) => ({ key: uuid(), id: w.document.act })),
  'document.acts': of(() => ({})),
  'document.act': of((w) => ({ id: w.document.act })),
  'document.mergePreview': of((w) => ({ id: w.document.working, other: w.document.frozen })),
  'document.freeze': of(() => ({ key: uuid(), title: 'Segunda versión', after: 1 })),

  'amendments.propose · for the base': of((w) => ({ ...amending(w), name: `base:${w.base.id}` })),
  'amendments.propose · for the table': of((w) => ({ ...amending(w), name: `mesa:${w.table.id}` })),
  'amendments.withdraw': theAmendment,
  'amendments.back': of((w) => ({ id: w.amendment.id, associationId: w.otherBase.id })),
  'amendments.unback': of((w) => ({ id: w.amendment.id, associationId: w.otherBase.id })),
  'amendments.accept': theAmendment,
  'amendments.reject': of((w) => ({ id: w.amendment.id, reason: 'El agua no alcanza para tanto.' })),
  'amendments.toDecide': theAmendment,
  'amendments.list': of(() => ({ number: 1 })),
  'amendments.atArticle': of((w) => ({ versionArticleId: w.versionArticleId })),
  'amendments.ofArticle': of(() => ({ number: 1, article: 1 })),
  'amendments.names': bare,
  'amendments.detail': theAmendment,

  'comments.comment': of((w) => saying(w), takenBack),
  'comments.comment · in the name of the base': of(
    (w) => ({ ...saying(w), associationId: w.base.id }),
    takenBack,
  ),
  'comments.reword': of((w) => ({ id: w.comment.id, words: 'Hace mucha falta.' })),
  'comments.withdraw': theComment,
  'comments.report': of((w) => ({ id: w.comment.id, reason: 'Nombra a una persona.' })),
  'comments.hide': of((w) => ({ id: w.comment.id, reason: 'Nombra a una persona.' })),
  'comments.keep': theComment,
  'comments.atArticle': of((w) => ({ versionArticleId: w.versionArticleId })),
  'comments.ofArticle': of(() => ({ number: 1, article: 1 })),
  'comments.one': theComment,
  'comments.desk': of(() => ({})),

  'responses.createOffice': of(() => ({ key: uuid(), name: 'Oficina «de Muestra»', country: 'PE' })),
  'responses.askResponse': of(async (w, _me, db) => ({
    key: uuid(),
    versionArticleId: w.versionArticleId,
    officeId: await officeOf(db, w.cast['liaison elsewhere']!),
    dueOn: '2099-01-31',
  })),
  'responses.respond': of((w) => ({
    key: uuid(),
    id: w.waiting.id,
    kind: 'acogida',
    words: 'Se acoge el artículo.',
  })),
  'responses.revise': of(
    (w) => ({ key: uuid(), id: w.waiting.id, revision: 1, kind: 'acogida', words: 'Se acoge el artículo.' }),
    answered,
  ),
  'responses.forArticle': of((w) => ({ versionArticleId: w.versionArticleId })),
  'responses.desk': of(() => ({})),
  'responses.request': of((w) => ({ id: w.waiting.id })),
  'responses.offices': bare,

  'ballots.list': of(() => ({})),
  'ballots.detail': ballot('open'),
  'ballots.questions': ballot('open'),
  'ballots.sealing': ballot('open'),
  'ballots.mine': bare,
  'ballots.versionsToVote': bare,
  'ballots.result · open': ballot('open'),
  'ballots.result · closed': ballot('closed'),
  'ballots.roll · open': ballot('open'),
  'ballots.roll · closed': ballot('closed'),
  'ballots.trackers · open': ballot('open'),
  'ballots.trackers · closed': ballot('closed'),
  'ballots.findTracker · open': of((w) => ({ id: w.ballots.open.id, words: 'agua cobre luna' })),
  'ballots.findTracker · closed': of((w) => ({ id: w.ballots.closed.id, words: 'agua cobre luna' })),
  'ballots.archive · open': ballot('open'),
  'ballots.archive · closed': ballot('closed'),
  'ballots.published': bare,
  'ballots.prepare': of((w) => ({
    key: uuid(),
    title: 'Votación de prueba',
    versionId: w.document.versionId,
    scope: 'whole',
    quorumPercent: 50,
    majorityPercent: 50,
    closesAt: inDays(5),
    urgent: false,
  })),
  'ballots.counting': bare,
  'ballots.countMe': of(
    () => ({ agree: true }),
    (db) => db.update(persons).set({ sex: 'mujer' }),
  ),
  'ballots.again': of((w) => ({
    key: uuid(),
    id: w.ballots.silent.id,
    title: 'Segunda convocatoria',
    closesAt: inDays(9),
  })),
  'ballots.table': ballot('open'),
  'ballots.table · at the table': of((w) => ({ id: w.ballots.open.id }), seated(true)),
  'ballots.nameTeller': of(async (w, _me, db) => ({
    id: w.ballots.open.id,
    number: await numberOf(db, w.cast.member!),
  })),
  'ballots.removeTeller': of((w) => ({ id: w.ballots.open.id, personId: w.cast.member! })),
  'ballots.giveOut': urnGiven(false),
  'ballots.giveOut · at the table': urnGiven(true),
  'ballots.handPaper': paper(false),
  'ballots.handPaper · at the table': paper(true),
  'ballots.takePaperBack': paperBack(false),
  'ballots.takePaperBack · at the table': paperBack(true),
  'ballots.countUrn': urnCounted(false),
  'ballots.countUrn · at the table': urnCounted(true),
  'ballots.setUrnAside': of(
    (w) => ({ id: w.ballots.open.id, urn: '', reason: 'El río se llevó la urna.' }),
    urnToCount,
  ),
  'ballots.confirmUrgency': ballot('urgent'),
  'ballots.drop': ballot('prepared'),
  // On a text of its own: beside an open ballot on the same one none is opened.
  'ballots.open': of(async (_w, _me, db) => ({ id: (await preparedBallot(db)).id })),
  'ballots.cast': of((w) => ({
    id: w.ballots.open.id,
    sheet: uuid(),
    choices: w.questions.map(({ id }) => ({ question: id, choice: 'si' })),
  })),
  'ballots.castSealed': of((w, me, db) =>
    sealedSheet(db, { ballotId: w.ballots.open.id, personId: me ?? w.cast.member! }),
  ),
  'ballots.annul': of(async (w, _me, db) => {
    const { id } = await openedBallot(db, { versionId: w.document.versionId });
    destroyKey(id);
    return { id, reason: 'Se dañó el disco de la máquina.' };
  }),
  'ballots.reasons': ballot('closed'),
  'ballots.reasonsOfArticle': article,
  'ballots.giveReason': of((w) => ({
    id: w.returned.question,
    group: 'all',
    words: 'No dice dónde queda la balanza.',
  })),
  'ballots.hideReason': of(async (w, _me, db) => {
    const row = { questionId: w.returned.question, words: 'Nombra a una persona.' };
    const [made] = await db.insert(ballotReasons).values(row).returning();
    return { id: made!.id, why: 'Nombraba a una persona.' };
  }),
  'ballots.chamber': ballot('associations'),
  'ballots.chamber · of a vote without one': ballot('open'),
  'ballots.takePosition': of(async (w, _me, db) => ({
    id: w.ballots.associations.id,
    association: w.base.id,
    choices: (await sheetOf(db, w.ballots.associations.id, 'si')).choices,
  })),
  'ballots.giveProxy': of((w) => ({
    id: w.ballots.associations.id,
    association: w.base.id,
    to: w.otherBase.id,
  })),
  'ballots.revokeProxy': of(
    (w) => ({ id: w.ballots.associations.id, association: w.base.id }),
    (db, w) =>
      db
        .insert(proxies)
        .values({ ballotId: w.ballots.associations.id, giverId: w.base.id, holderId: w.freeBase.id }),
  ),
  'ballots.room · of a secret vote': ballot('open'),
  'ballots.room · held in the room': ballot('room'),
  'ballots.countRoom': of((w) => ({ id: w.ballots.room.id, position: 1, present: 1, objections: 0 })),
  'ballots.recordObjection': of((w) => ({
    key: uuid(),
    id: w.ballots.room.id,
    position: 1,
    words: 'Falta el plazo.',
  })),
  'ballots.withdrawObjection': objection({}),
  'ballots.hideObjection': objection({ why: 'Nombraba a una persona.' }),
  'ballots.closeRoom': of(
    (w) => ({ id: w.ballots.room.id }),
    async (db, w) => {
      const [question] = await questionsOf(db, w.ballots.room.id);
      for (const counterId of [w.cast.officer!, w.cast['secretary elsewhere']!])
        await db.insert(roomCounts).values({
          ...{ ballotId: w.ballots.room.id, questionId: question!.id, attempt: 1, counterId },
          entry: { present: 1, objections: 0 },
        });
    },
  ),
  'booths.ofBallot': ballot('open'),
  'booths.ofBallot · standing by': of(async (w, me, db) => {
    await booth(w, me, db, true);
    return { id: w.ballots.open.id };
  }),
  'booths.open': of(async (w, _me, db) => ({
    id: w.ballots.open.id,
    first: await numberOf(db, w.cast.member!),
    second: await numberOf(db, w.cast['member elsewhere']!),
  })),
  'booths.close': of(async (w, me, db) => ({ id: (await booth(w, me, db)).id })),
  'booths.close · standing by': of(async (w, me, db) => ({ id: (await booth(w, me, db, true)).id })),
  'booths.sayAbsent': of(async (w, me, db) => ({ id: (await booth(w, me, db)).id })),
  'booths.sayAbsent · standing by': of(async (w, me, db) => ({ id: (await booth(w, me, db, true)).id })),
  'booths.enter': of(async (w, me, db) => ({ code: (await booth(w, me, db)).code })),
  'booths.look': of(atTablet),
  'booths.begin': of(async (w, me, db) => ({
    token: (await atTablet(w, me, db)).token,
    number: await numberOf(db, w.cast.delegate!),
    passphrase,
  })),
  'booths.cast': of(async (w, me, db) => {
    const { sheet, choices } = await sheetOf(db, w.ballots.open.id, 'si');
    return { ...(await atTablet(w, me, db)), sheet, choices };
  }),
  'ballots.claims': ballot('prepared'),
  'ballots.claim': of(
    (w) => ({ id: w.ballots.prepared.id, article: w.versionArticleId, wants: 'separate' }),
    (db, w) => db.update(ballots).set({ scope: 'whole' }).where(eq(ballots.id, w.ballots.prepared.id)),
  ),
  'ballots.close': of(async (w, _me, db) => {
    const { id } = await openedBallot(db, { versionId: w.document.versionId, closesAt: hours(-1) });
    return { id };
  }),

  'notices.mine': of(() => ({})),
  'notices.unread': bare,
  'releases.open': bare,
  'notices.seen': of(() => ({ upTo: '2026-01-01T12:00:00.000Z' })),

  'library.list': of(() => ({})),
  'library.item': of(() => ({ slug: 'ley-27651' })),
  'thread.citing': of(() => ({ slug: 'ley-27651' })),
  'thread.ofConcern': openConcern,
  'thread.ofConcern · kept': keptConcern,
  'thread.ofDraft': openDraft,
  'thread.ofDraft · in a base’s house': keptDraft,
  'thread.ofVersionArticle': of((w) => ({ id: w.versionArticleId })),
};
