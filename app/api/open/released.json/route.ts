import { caller } from '~/server/caller';

/** `GET /api/open/released.json`: what collectives without a base have let out, and what became of it. */
export async function GET() {
  const found = await (await caller()).releases.open();
  // Read by a frame that has no origin: it asks for the whole list as anybody may, and says not who it is.
  return Response.json(found, { headers: { 'Access-Control-Allow-Origin': '*' } });
}
