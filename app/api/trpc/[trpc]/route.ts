import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { contextOf } from '~/server/caller';
import { forumRouter } from '~/server/root';

const handle = (req: Request) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: forumRouter,
    createContext: () => contextOf(req.headers.get('x-owner')),
    maxBatchSize: 10,
  });

export { handle as GET, handle as POST };
