// Takes the README's pictures and those of the forms in which the document leaves, from a fresh demo forum:
// npm run build, then node scripts/screenshots.mjs. Pages on paper need pdftoppm, the DOCX LibreOffice.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';
import './mend.mjs';

register();
const { launchBrowser } = await import('../tests/support/browser.ts');
const { startTestForum } = await import('../tests/support/forum.ts');
const { enterWithCard } = await import('../tests/support/visitor.ts');
const { cardFor } = await import('../tests/support/demo.ts');

const folder = 'docs/screenshots';
mkdirSync(folder, { recursive: true });
const forum = await startTestForum({ demo: true });
const browser = await launchBrowser();
/** The second page of a PDF as a picture in greys, as a printer would make it. */
async function paper(name, bytes) {
  const there = mkdtempSync(join(tmpdir(), 'paper-'));
  writeFileSync(join(there, 'in.pdf'), bytes);
  const words = ['-gray', '-png', '-r', '70', '-f', '2', '-l', '2', '-singlefile', join(there, 'in.pdf')];
  const { status, error } = spawnSync('pdftoppm', [...words, join(folder, name)]);
  if (status !== 0) throw error ?? new Error('pdftoppm failed');
  rmSync(there, { recursive: true });
}

try {
  const view = (width, height) => browser.newContext({ viewport: { width, height }, locale: 'es-PE' });
  const phone = await (await view(360, 740)).newPage();
  await enterWithCard(phone, forum.address, cardFor('delegate'), 'lluvia sobre la cancha');
  await phone.goto(forum.address, { waitUntil: 'networkidle' });
  await phone.screenshot({ path: `${folder}/home.png` });
  const desk = await (await view(900, 1400)).newPage();
  await desk.goto(`${forum.address}/documento/v/1/art/1`, { waitUntil: 'networkidle' });
  await desk.screenshot({ path: `${folder}/article.png` });

  await desk.goto(`${forum.address}/documento/v/2/imprimir`, { waitUntil: 'networkidle' });
  const printed = await desk.pdf({ format: 'A4' });
  await paper('export-print', printed);
  const taken = async (form) =>
    Buffer.from(await (await fetch(`${forum.address}/api/open/document.${form}`)).arrayBuffer());
  await paper('export-pdf', await taken('pdf'));
  const { convertedByWord } = await import('../tests/support/word.ts');
  await paper('export-docx', convertedByWord(await taken('docx'), 'pdf'));
} finally {
  await browser.close();
  await forum.remove();
}
