import type { Actor, AssociationRole } from '../actor';
import type { Rule } from '../rule';

export type AssociationFacts = {
  id: string;
  kind: 'asociacion' | 'cooperativa' | 'federacion' | 'comite' | 'base_libre';
  dissolved: boolean;
  /** How many secretaries it has at this moment. */
  secretaries: number;
};

const holds = (actor: Actor, associationId: string, ...roles: AssociationRole[]) =>
  roles.some((role) => actor.associations.get(associationId)?.has(role));
const office = (actor: Actor) => actor.forum.has('forumSecretary') || actor.forum.has('credentials');

/** She belongs to it, in whatever role. */
export const inside: Rule<{ id: string }> = (actor, { id }) => actor.associations.has(id);

/** Its public face is for everybody; of one that was dissolved only the forum's office still knows. */
export const read: Rule<Pick<AssociationFacts, 'dissolved'>> = (actor, association) =>
  !association.dissolved || office(actor);

export const found: Rule<unknown> = (actor) => actor.forum.has('forumSecretary');

export const dissolve: Rule<AssociationFacts> = (actor, association) =>
  !association.dissolved && actor.forum.has('forumSecretary');

/** Enrolls, adds and imports people: its secretary; a free base is also open through the forum's office. */
export const keepPadron: Rule<AssociationFacts> = (actor, association) => {
  if (association.dissolved) return false;
  if (holds(actor, association.id, 'secretary')) return true;
  return association.kind === 'base_libre' && office(actor);
};

/** Names officers and secretaries: its secretary; the first of a free base, the forum's secretary. */
export const appoint: Rule<AssociationFacts> = (actor, association) => {
  if (association.dissolved) return false;
  if (holds(actor, association.id, 'secretary')) return true;
  return (
    association.kind === 'base_libre' && association.secretaries === 0 && actor.forum.has('forumSecretary')
  );
};

export type MembershipFacts = {
  association: AssociationFacts;
  personId: string;
  role: 'member' | 'officer' | 'secretary';
};

/**
 * Who belongs is for those inside. In a free base, where people do not know each other, a member sees
 * herself and who leads; the whole list is for who keeps it.
 */
export const readMembership: Rule<MembershipFacts> = (actor, { association, personId, role }) => {
  if (keepPadron(actor, association)) return true;
  if (association.dissolved || !inside(actor, association)) return false;
  return association.kind !== 'base_libre' || role !== 'member' || personId === actor.personId;
};

/** The list as a whole, with what its keepers need beside the names. */
export const readPadron: Rule<AssociationFacts> = (actor, association) =>
  keepPadron(actor, association) || (!association.dissolved && inside(actor, association));

/** An office is given back by who holds it, or ended by the secretary. */
export const endRole: Rule<MembershipFacts> = (actor, membership) =>
  !membership.association.dissolved &&
  (actor.personId === membership.personId || appoint(actor, membership.association));

/** She leaves by herself; the secretary writes down who has left. */
export const leave: Rule<MembershipFacts> = (actor, membership) =>
  !membership.association.dissolved &&
  (actor.personId === membership.personId || keepPadron(actor, membership.association));

export type MandateFacts = { association: AssociationFacts; personId: string };

/** Its own base, the committee and the forum's secretary know of a mandate. */
export const readMandate: Rule<MandateFacts> = (actor, { association }) =>
  office(actor) || (!association.dissolved && inside(actor, association));

/** Officers and the secretary carry the assembly's decision to the forum. */
export const present: Rule<AssociationFacts> = (actor, association) =>
  !association.dissolved && holds(actor, association.id, 'officer', 'secretary');

/** The base takes its mandate back, or the delegate gives it back. */
export const withdraw: Rule<MandateFacts> = (actor, mandate) =>
  present(actor, mandate.association) ||
  (actor.personId === mandate.personId && inside(actor, mandate.association));

/** The committee decides, and nobody on it about her own base. */
export const decideMandate: Rule<MandateFacts> = (actor, mandate) =>
  !mandate.association.dissolved && actor.forum.has('credentials') && !inside(actor, mandate.association);

/** The desk of credentials: what waits, and who is a delegate. */
export const credentialsDesk: Rule<unknown> = office;

export type CardsFacts = {
  association: AssociationFacts;
  /** Whose cards: `beyond` holds something outside this base, so that who gave her a card could act there. */
  owners: readonly { personId: string; beyond: boolean }[];
};

/** Cards for members, by who keeps the padrón; not her own, and none for who holds something beyond the base. */
export const giveCards: Rule<CardsFacts> = (actor, { association, owners }) =>
  keepPadron(actor, association) &&
  owners.every(({ personId, beyond }) => !beyond && personId !== actor.personId);

/** That the association is there is no secret. */
export const seeCards: Rule<CardsFacts> = (actor, { association }) => read(actor, association);

export type ImportFacts = { association: AssociationFacts; uploadedBy: string };

/** What was uploaded is seen, imported or dropped by whoever keeps the padrón. */
export const keepImport: Rule<ImportFacts> = (actor, { association }) => keepPadron(actor, association);
