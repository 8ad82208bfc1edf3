import type { ForumRole } from '../actor';
import type { Rule } from '../rule';

/** What is hers alone: nobody else finds it, whatever her role. */
export const own: Rule<{ personId: string }> = (actor, thing) => actor.personId === thing.personId;

/** The forum is set up once, by whoever reads the console; afterwards there is no such page. */
export const setUp: Rule<{ open: boolean }> = (_actor, forum) => forum.open;

/** She names admin, committees and liaisons. */
export const appoint: Rule<unknown> = (actor) => actor.forum.has('forumSecretary');

/** The list of who holds what in the forum, with names. */
export const readRoles: Rule<unknown> = (actor) =>
  actor.forum.has('forumSecretary') || actor.forum.has('credentials');

/** Whoever may name or enroll somebody may ask whose number it is. */
export const lookUp: Rule<unknown> = (actor) =>
  readRoles(actor, null) ||
  [...actor.associations.values()].some((held) => held.has('secretary') || held.has('officer')) ||
  [...actor.spaces.values()].includes('coordinator');

export type Appointment = {
  personId: string;
  role: ForumRole;
  appointedBy: string | null;
  waiting: boolean;
};

/** A third person confirms: neither the one who named nor the one who is named. */
export const confirm: Rule<Appointment> = (actor, appointment) =>
  readRoles(actor, null) &&
  appointment.waiting &&
  actor.personId !== appointment.appointedBy &&
  actor.personId !== appointment.personId;

/** A role is given back by who holds it, or taken by the forum's secretary. */
export const endRole: Rule<Appointment> = (actor, appointment) =>
  appoint(actor, null) || own(actor, appointment);

export type CardOwner = {
  personId: string;
  /** Associations she belongs to, and whether she is the secretary of one. */
  associationIds: readonly string[];
  secretary: boolean;
  /**
   * She holds something outside one base: a role in the forum, a mandate, a place at a table, another base, or an account
   * that she had before she came to it. Who gives her a card could act there, and as her.
   */
  beyond: boolean;
};

/**
 * A lost card: by the secretary or an officer of one's own association; by the forum's secretary for who has
 * no association, for secretaries, and for who holds something beyond her base. Nobody gives herself one.
 */
export const reissueCard: Rule<CardOwner> = (actor, owner) => {
  if (actor.personId === owner.personId) return false;
  const ours = owner.associationIds.some((id) => {
    const held = actor.associations.get(id);
    return held !== undefined && (held.has('secretary') || held.has('officer'));
  });
  const forums = owner.beyond || owner.secretary || owner.associationIds.length === 0;
  return (ours && !owner.beyond) || (forums && actor.forum.has('forumSecretary'));
};

/** Enrolls who belongs to no association: liaisons, administrators, first secretaries. */
export const enroll: Rule<unknown> = appoint;
