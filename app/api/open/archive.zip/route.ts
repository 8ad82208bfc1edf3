import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { translator } from '~/messages/catalogue';
import { words } from '~/server/caller';
import { runtime } from '~/server/runtime';

/** `GET /api/open/archive.zip`: the whole process as static pages, the last one that was made. */
export async function GET() {
  const file = await open(join(runtime().config.dataDir, 'archivo.zip')).catch(() => null);
  if (!file) {
    const { locale } = await words();
    return Response.json({ error: translator(locale)('document.archive.missing') }, { status: 404 });
  }
  // Of the file that is open: a new archive may take its place while somebody still loads this one.
  const { size } = await file.stat();
  return new Response(Readable.toWeb(file.createReadStream()) as ReadableStream, {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Length': String(size),
      'Content-Disposition': 'attachment; filename="frente-unido.zip"',
    },
  });
}
