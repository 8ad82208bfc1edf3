import { caller } from '~/server/caller';

/** `GET /api/open/concerns.json?page=N`: the public concerns, a thousand a page, as the public pages show them. */
export async function GET(req: Request) {
  const page = Number(new URL(req.url).searchParams.get('page') ?? 1);
  const found = await (await caller()).concerns.open({ page });
  const next = found.next ? `/api/open/concerns.json?page=${found.next}` : null;
  return Response.json({ concerns: found.concerns, next });
}
