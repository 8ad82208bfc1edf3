import { caller } from '~/server/caller';

/** `GET /api/open/versions.pem`: the public key that the list of versions is checked with. */
export async function GET() {
  const { key } = await (await caller()).document.signed();
  return new Response(key, { headers: { 'Content-Type': 'application/x-pem-file' } });
}
