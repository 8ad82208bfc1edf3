import type { Actor } from '../actor';
import { type DraftFacts, read as readDraft } from '../drafts/policy';
import { anyone, both, can, type Rule } from '../rule';

/** Frozen versions are everybody's. */
export const readVersion: Rule<unknown> = anyone;

/** The editing committee writes the one document: nobody else, and no State. */
export const edit: Rule<unknown> = (actor) => actor.forum.has('editor');

const coordinates = (actor: Actor) => actor.coordinates.has('table') || actor.coordinates.has('plenary');
const isDelegate = (actor: Actor) => [...actor.associations.values()].some((held) => held.has('delegate'));

/** The document in the making: the committee, the forum's secretaries, coordinators of tables or plenary, delegates. */
export const readWorking: Rule<unknown> = (actor) => {
  if (actor.forum.has('liaison') || actor.forum.has('admin')) return false;
  return (
    actor.forum.has('editor') || actor.forum.has('forumSecretary') || coordinates(actor) || isDelegate(actor)
  );
};

/** How much of what was raised is answered: by a frozen version for everybody, in the making for its readers. */
export const readCoverage: Rule<{ making: boolean }> = (actor, { making }) =>
  can(making ? readWorking : readVersion, actor, null);

/** Once frozen, an article is found by everybody; before, by those who may see the document in the making. */
export const findArticle: Rule<{ frozen: unknown }> = (actor, { frozen }) =>
  can(frozen ? readVersion : readWorking, actor, null);

/** Where an article comes from is as open as the article. */
export const readOrigin: Rule<{ frozen: boolean }> = (actor, { frozen }) =>
  can(frozen ? readVersion : readWorking, actor, null);

/** The committee takes up the drafts it may read; those of a private space reach it only from there. */
export const takeUp: Rule<DraftFacts> = both<DraftFacts>(edit, readDraft);
