import type { inferRouterOutputs } from '@trpc/server';
import { createCaller, router } from './act';
import { anonymous } from './actor';
import { amendmentsRouter } from './amendments/router';
import { archiveJobs } from './archive/jobs';
import { importPadronJob } from './associations/jobs';
import { associationsRouter } from './associations/router';
import { ballotJobs } from './ballots/jobs';
import { ballotsRouter } from './ballots/router';
import { boothsRouter } from './booths/router';
import { commentsRouter } from './comments/router';
import { concernsRouter } from './concerns/router';
import { documentJobs } from './document/jobs';
import { openDoc as openArticle } from './document/live';
import { documentRouter } from './document/router';
import { openDoc as openDraft } from './drafts/live';
import { draftsRouter } from './drafts/router';
import { forumFace } from './forum/router';
import type { JobHandler } from './jobs';
import { libraryRouter } from './library/router';
import { noticesRouter } from './notices/router';
import { peopleJobs } from './people/jobs';
import { peopleRouter } from './people/router';
import type { OpenDoc } from './realtime/server';
import { releaseJobs } from './releases/jobs';
import { releasesRouter } from './releases/router';
import { responsesRouter } from './responses/router';
import { spacesRouter } from './spaces/router';
import { threadRouter } from './thread/router';
import { tokenJobs } from './tokens/jobs';

/** The router of routers: every procedure of the forum is below it, and nothing else is. */
export const forumRouter = router({
  forum: forumFace,
  people: peopleRouter,
  associations: associationsRouter,
  spaces: spacesRouter,
  concerns: concernsRouter,
  drafts: draftsRouter,
  document: documentRouter,
  amendments: amendmentsRouter,
  comments: commentsRouter,
  responses: responsesRouter,
  ballots: ballotsRouter,
  booths: boothsRouter,
  library: libraryRouter,
  thread: threadRouter,
  notices: noticesRouter,
  releases: releasesRouter,
});
export type ForumRouter = typeof forumRouter;
/** What each procedure answers, by its path: the types pages and components work with. */
export type ForumOutputs = inferRouterOutputs<ForumRouter>;
export const forumCaller = createCaller(forumRouter);

/** The co-written texts that sockets may open, at `/yjs/KIND:ID`: what may be done with each is asked there. */
export const liveTexts: Record<string, OpenDoc> = { draft: openDraft, article: openArticle };

/** Every job's handler, by kind. */
export const jobHandlers: Record<string, JobHandler> = {
  'associations.padron': importPadronJob,
  ...peopleJobs,
  ...releaseJobs,
  ...tokenJobs,
  ...ballotJobs,
  ...documentJobs,
  ...archiveJobs((db) => forumCaller({ db, actor: anonymous, address: 'archive', locale: 'es' })),
};

export type ActionRow = { path: string; action: string; kind: 'command' | 'query'; audit: string };
/** Every action with its kind and what the audit keeps of it, read off the router itself. */
export function actionTable(): ActionRow[] {
  type Procedure = { _def: { meta?: { action: string; kind: 'command' | 'query'; audit: string } } };
  const procedures = (forumRouter as unknown as { _def: { procedures: Record<string, Procedure> } })._def
    .procedures;
  return Object.entries(procedures).map(([path, procedure]) => {
    const meta = procedure._def.meta;
    if (!meta) throw new Error(`${path} was not made by command() or query()`);
    return { path, action: meta.action, kind: meta.kind, audit: meta.audit };
  });
}
