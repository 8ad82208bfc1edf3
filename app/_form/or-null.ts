import { TRPCError } from '@trpc/server';
import { Denied } from '~/server/rule';

/** Runs a query for a part of a page; null where this is not for her, and the part is left out. */
export async function orNull<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if ((error instanceof TRPCError ? error.cause : error) instanceof Denied) return null;
    throw error;
  }
}
