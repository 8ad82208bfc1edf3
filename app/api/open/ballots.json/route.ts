import { caller } from '~/server/caller';

/** `GET /api/open/ballots.json`: the faces of all ballots and the results of those that are over. */
export async function GET() {
  return Response.json({ ballots: await (await caller()).ballots.published() });
}
