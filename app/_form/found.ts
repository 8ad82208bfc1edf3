import { TRPCError } from '@trpc/server';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { Denied } from '~/server/rule';

/** Runs a query for a page: what may not be seen is not found, with the same bytes as what is not there. */
export async function found<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof Denied && cause.code === 'sign_in') redirect(await doorTo());
    // Zod: an address that is no id leads nowhere either.
    if (cause instanceof Denied || (error instanceof TRPCError && error.code === 'BAD_REQUEST')) notFound();
    throw error;
  }
}

/** The way in, and back to the page that was asked for (the pipeline names its path). */
export async function doorTo(): Promise<string> {
  return `/entrar?a=${encodeURIComponent((await headers()).get('x-forum-path') ?? '/')}`;
}
