import { randomUUID } from 'node:crypto';
import type { AccessWorld, Role } from './world';

type Sample = (world: AccessWorld, role: Role) => unknown;
const none: Sample = () => undefined;
const id =
  (pick: (world: AccessWorld) => string): Sample =>
  (world) => ({ id: pick(world) });
const reason = 'Porque así lo pide la asamblea.';
const closesAt = () => new Date(Date.now() + 100 * 3_600_000).toISOString();

/** For every procedure, an input about a thing that is there, so that only the rule decides. */
export const samples: Record<string, Sample> = {
  'forum.face': none,
  'forum.home': none,

  'people.checkCard': () => ({ code: 'AAAA-BBBB-CCCC' }),
  'people.enterWithCard': () => ({ code: 'AAAA-BBBB-CCCC', passphrase: 'lluvia sobre la cancha' }),
  'people.signIn': () => ({ number: '1234-5678', passphrase: 'lluvia sobre la cancha' }),
  'people.signOut': none,
  'people.me': none,
  'people.mySessions': none,
  // A session of Sabina's: hers to end, and nobody else's.
  'people.endSession': id((world) => world.sabinasSession),
  'people.endOtherSessions': none,
  'people.changePassphrase': () => ({ old: 'no es esta', passphrase: 'lluvia sobre la cancha' }),
  'people.setLanguage': () => ({ locale: 'es' }),
  'people.declareSex': () => ({ sex: 'mujer', consent: true }),
  'people.roles': none,
  'people.appoint': (world) => ({ key: randomUUID(), number: world.newcomerNumber, role: 'editor' }),
  'people.confirmAppointment': id((world) => world.waiting.id),
  'people.endRole': id((world) => world.waiting.id),
  'people.personByNumber': (world) => ({ number: world.newcomerNumber }),
  'people.enroll': () => ({ key: randomUUID(), name: 'Persona Nueva' }),
  'people.reissueCard': (world) => ({ personId: world.people.sabina.id }),
  'people.setUpOpen': none,
  'people.setUp': () => ({ code: 'x', forum: 'Foro', name: 'Ana Ana', passphrase: 'lluvia sobre la cancha' }),

  'associations.found': () => ({
    name: `Base ${randomUUID()}`,
    kind: 'asociacion',
    place: '21',
    person: 'Ana Luz',
  }),
  'associations.dissolve': (world) => ({ id: world.florDeCuarzo.id, sure: true }),
  'associations.enrollMember': (world) => ({ id: world.florDeCuarzo.id, name: 'Nina Ticona' }),
  'associations.addMember': (world) => ({ id: world.florDeCuarzo.id, number: world.newcomerNumber }),
  'associations.leave': (world) => ({ id: world.florDeCuarzo.id, personId: world.people.sabina.id }),
  'associations.issueCards': (world) => ({ id: world.florDeCuarzo.id, persons: [world.people.sabina.id] }),
  'associations.appointOfficer': (world) => ({ id: world.florDeCuarzo.id, personId: world.people.sabina.id }),
  'associations.appointSecretary': (world) => ({
    id: world.florDeCuarzo.id,
    personId: world.people.sabina.id,
  }),
  'associations.endRole': (world) => ({
    id: world.florDeCuarzo.id,
    personId: world.people.elvira.id,
    role: 'officer',
  }),
  'associations.presentMandate': (world) => ({
    id: world.florDeCuarzo.id,
    personId: world.people.sabina.id,
    actaReference: 'Libro 1, folio 3',
    actaDate: '2026-10-01',
    actaWords: 'La asamblea la nombra su delegada.',
  }),
  'associations.withdrawMandate': id((world) => world.mandate.id),
  'associations.accredit': id((world) => world.mandate.id),
  'associations.refuseMandate': (world) => ({ id: world.mandate.id, reason }),
  'associations.upload': (world) => {
    const form = new FormData();
    form.set('id', world.florDeCuarzo.id);
    form.set('file', world.file);
    return form;
  },
  'associations.importPadron': id((world) => world.preview.id),
  'associations.dropPadron': id((world) => world.preview.id),
  'associations.list': () => ({ page: 1 }),
  'associations.detail': id((world) => world.florDeCuarzo.id),
  'associations.padron': (world) => ({ id: world.florDeCuarzo.id, page: 1 }),
  'associations.member': (world) => ({ id: world.florDeCuarzo.id, personId: world.people.sabina.id }),
  'associations.cardsDue': (world) => ({ id: world.florDeCuarzo.id, page: 1 }),
  'associations.openImport': id((world) => world.florDeCuarzo.id),
  'associations.padronImport': id((world) => world.preview.id),
  'associations.desk': none,
  'associations.delegates': none,

  'spaces.createTable': (world) => ({
    title: 'Mesa nueva',
    purpose: 'Tratar lo que falta tratar.',
    areas: ['salud'],
    number: world.newcomerNumber,
  }),
  'spaces.appointToSpace': (world) => ({
    id: world.mesaAgua.id,
    number: world.newcomerNumber,
    role: 'reader',
  }),
  'spaces.endSpaceRole': (world) => ({ id: world.mesaAgua.id, personId: world.people.hilario.id }),
  'spaces.setPurpose': (world) => ({
    id: world.mesaAgua.id,
    purpose: 'Tratar el agua y la salud.',
    areas: ['agua'],
  }),
  'spaces.closeSpace': id((world) => world.mesaAgua.id),
  'spaces.list': none,
  // A private one: the house of Flor de Cuarzo.
  'spaces.detail': id((world) => world.casaFlor.id),

  'concerns.raise': () => ({
    key: randomUUID(),
    words: 'Lavamos con agua de la mina.',
    areas: ['agua'],
    place: '21',
    barrier: 'otro',
  }),
  'concerns.reword': (world) => ({ id: world.concern.id, words: 'Lavamos con agua sucia.' }),
  'concerns.setAside': (world) => ({ id: world.concern.id, reasonCode: 'repetida', reason }),
  'concerns.reconsider': id((world) => world.aside.id),
  'concerns.publish': id((world) => world.kept.id),
  'concerns.list': () => ({ page: 1 }),
  'concerns.board': none,
  // One kept inside Flor de Cuarzo.
  'concerns.detail': id((world) => world.kept.id),
  'concerns.mine': none,
  'concerns.origins': none,
  'concerns.open': () => ({ page: 1 }),

  'drafts.create': (world) => ({
    key: randomUUID(),
    spaceId: world.mesaAgua.id,
    title: 'Borrador nuevo',
    concernIds: [],
  }),
  'drafts.retitle': (world) => ({ id: world.draft.id, title: 'Otro título' }),
  'drafts.takeUpConcern': (world) => ({ id: world.draft.id, concernId: world.aside.id }),
  'drafts.releaseConcern': (world) => ({ id: world.draft.id, concernId: world.concern.id }),
  'drafts.close': id((world) => world.draft.id),
  'drafts.reopen': id((world) => world.shut.id),
  'drafts.editByForm': (world) => ({
    id: world.draft.id,
    key: randomUUID(),
    seq: 0,
    text: 'Agua para todas.',
  }),
  'drafts.list': () => ({ page: 1 }),
  'drafts.ofSpace': (world) => ({ spaceId: world.mesaAgua.id }),
  'drafts.mine': none,
  'drafts.homes': none,
  'drafts.candidates': (world) => ({ spaceId: world.mesaAgua.id }),
  // One of a private space.
  'drafts.detail': id((world) => world.inside.id),

  'document.inForce': none,
  'document.version': (world) => ({ number: world.version.number }),
  'document.versions': none,
  'document.canonical': (world) => ({ number: world.version.number }),
  'document.article': (world) => ({ number: world.version.number, article: 1 }),
  'document.printable': (world) => ({ number: world.version.number }),
  // Not yet in any version.
  'document.find': id((world) => world.article.id),
  'document.working': none,
  'document.workingArticle': id((world) => world.article.id),
  'document.desk': () => ({ page: 1 }),
  'document.draftToTake': id((world) => world.shut.id),
  'document.freezeCheck': none,
  'document.takeUp': (world) => ({
    key: randomUUID(),
    draftId: world.shut.id,
    area: 'agua',
    title: 'Agua limpia',
  }),
  'document.linkConcern': (world) => ({ id: world.article.id, concernId: world.aside.id }),
  'document.unlinkConcern': (world) => ({ id: world.article.id, concernId: world.concern.id }),
  'document.setFields': (world) => ({
    id: world.article.id,
    revision: 1,
    title: 'Agua segura',
    summary: '',
    areas: ['agua'],
    law: '',
    reality: '',
    addressees: [],
    library: [],
    genderCheck: '',
  }),
  'document.editText': (world) => ({
    key: randomUUID(),
    id: world.article.id,
    base: 1,
    text: 'Agua limpia.',
  }),
  'document.place': (world) => ({ id: world.article.id, revision: 1, area: 'agua' }),
  'document.retire': (world) => ({ id: world.article.id, revision: 1 }),
  'document.freeze': (world) => ({ key: randomUUID(), title: 'Versión nueva', after: world.version.number }),

  'ballots.list': () => ({ page: 1 }),
  'ballots.detail': id((world) => world.open.id),
  'ballots.questions': id((world) => world.open.id),
  'ballots.mine': none,
  'ballots.versionsToVote': none,
  'ballots.result': id((world) => world.done.id),
  'ballots.roll': id((world) => world.done.id),
  'ballots.trackers': (world) => ({ id: world.done.id, page: 1 }),
  'ballots.published': none,
  'ballots.prepare': (world) => ({
    key: randomUUID(),
    title: 'Votación nueva',
    versionId: world.version.id,
    scope: 'whole',
    quorumPercent: 50,
    majorityPercent: 50,
    closesAt: closesAt(),
  }),
  'ballots.confirmUrgency': id((world) => world.urgent.id),
  'ballots.drop': id((world) => world.prepared.id),
  'ballots.open': id((world) => world.prepared.id),
  'ballots.cast': (world) => ({
    id: world.open.id,
    sheet: randomUUID(),
    choices: world.questions.map((question) => ({ question: question.id, choice: 'si' })),
  }),
  'ballots.close': id((world) => world.open.id),

  'responses.createOffice': () => ({ key: randomUUID(), name: 'Oficina nueva de prueba', country: 'PE' }),
  'responses.askResponse': (world) => ({
    key: randomUUID(),
    versionArticleId: world.frozen[2]!.id,
    officeId: world.officeId,
    dueOn: '2027-03-01',
  }),
  'responses.respond': (world) => ({
    key: randomUUID(),
    id: world.request.id,
    kind: 'acogida',
    words: 'Se acoge todo.',
  }),
  'responses.revise': (world) => ({
    key: randomUUID(),
    id: world.answered.id,
    revision: 1,
    kind: 'acogida',
    words: 'Se acoge ahora.',
  }),
  'responses.forArticle': (world) => ({ versionArticleId: world.frozen[0]!.id }),
  'responses.desk': () => ({ state: 'all', page: 1 }),
  'responses.request': id((world) => world.request.id),
  'responses.offices': none,

  'library.list': () => ({}),
  'library.item': () => ({ slug: 'ley-27651' }),
  'thread.citing': () => ({ slug: 'ley-27651' }),
  'thread.ofConcern': id((world) => world.kept.id),
  'thread.ofVersionArticle': id((world) => world.frozen[0]!.id),
};
