import { caller } from '~/server/caller';

/** `GET /api/open/versions.json`: the signed list of all versions; the signature is of these very bytes. */
export async function GET() {
  const { list } = await (await caller()).document.signed();
  return new Response(list, { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
}
