import type { TRPCError } from '@trpc/server';
import type { Db } from '~/db/client';
import { actorOfPerson, actorOfSession, anonymous } from '~/server/actor';
import { describe, type Problem } from '~/server/problem';
import { forumCaller } from '~/server/root';

/** The forum as this person may use it: every procedure, through the same gate as pages and the API. */
export async function callAs(db: Db, personId: string | null, address = '198.51.100.7') {
  const actor = personId ? await actorOfPerson(db, personId) : anonymous;
  return forumCaller({ db, actor, address, locale: 'es' });
}

/** The same from a signed-in phone: the actor has a session. */
export async function callIn(db: Db, sessionId: string, address = '198.51.100.7') {
  return forumCaller({ db, actor: await actorOfSession(db, sessionId), address, locale: 'es' });
}

/** The problem a call ends in; fails the test where it succeeds. */
export async function problemOf(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (error) {
    return describe(error as TRPCError, 'es');
  }
  throw new Error('the call succeeded, and should not have');
}
