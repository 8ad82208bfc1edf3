import type { Actor } from '../actor';
import { anyone, type Rule } from '../rule';
import { read as readSpace, type SpaceFacts } from '../spaces/policy';

/** In whose name somebody proposes: a base, or a table. */
export type NameFacts = { associationId: string | null; space: SpaceFacts | null };
export type AmendmentFacts = NameFacts & { proposedBy: string | null };

/** What is proposed to a frozen text is as public as that text. */
export const read: Rule<unknown> = anyone;

const takesPart = (actor: Actor) =>
  actor.personId !== null && !actor.forum.has('liaison') && !actor.forum.has('admin');
const speaksFor = (actor: Actor, associationId: string) =>
  actor.associations.get(associationId)?.has('delegate') ?? false;

/** A base proposes through its accredited delegate, a table that is open to all through who coordinates it. */
export const propose: Rule<NameFacts> = (actor, { associationId, space }) => {
  if (!takesPart(actor)) return false;
  if (associationId !== null) return speaksFor(actor, associationId);
  if (space === null || space.kind !== 'table' || space.private || space.closed) return false;
  return actor.spaces.get(space.id) === 'coordinator';
};

/** That bases and open tables are there is no secret. */
export const seeProposing: Rule<NameFacts> = (actor, { space }) => space === null || readSpace(actor, space);

/** Who may propose it may take it back. */
export const withdraw: Rule<AmendmentFacts> = propose;

/** Another base stands behind it, or no longer does, by its delegate. */
export const back: Rule<AmendmentFacts & { by: string }> = (actor, { associationId, by }) =>
  takesPart(actor) && by !== associationId && speaksFor(actor, by);

/** The editing committee decides, and nobody on it about what she, her base or the table she leads has proposed. */
export const decide: Rule<AmendmentFacts> = (actor, { associationId, space, proposedBy }) => {
  if (!actor.forum.has('editor') || actor.personId === proposedBy) return false;
  if (associationId !== null && actor.associations.has(associationId)) return false;
  return space === null || actor.spaces.get(space.id) !== 'coordinator';
};
