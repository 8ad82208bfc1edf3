import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { translator } from '~/messages/catalogue';
import { words } from '~/server/caller';
import { runtime } from '~/server/runtime';

/** `GET /api/open/archive.zip`: the whole process as static pages, the last one that was made. */
export async function GET() {
  const file = join(runtime().config.dataDir, 'archivo.zip');
  if (!existsSync(file)) {
    const { locale } = await words();
    return Response.json({ error: translator(locale)('document.archive.missing') }, { status: 404 });
  }
  return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Length': String(statSync(file).size),
      'Content-Disposition': 'attachment; filename="frente-unido.zip"',
    },
  });
}
