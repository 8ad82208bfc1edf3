import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { requestContext } from '~/server/caller';
import { forumRouter } from '~/server/root';

const handle = (req: Request) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: forumRouter,
    createContext: requestContext,
    maxBatchSize: 10,
  });

export { handle as GET, handle as POST };
