// Takes the README's two pictures from a fresh demo forum: npm run build, then node scripts/screenshots.mjs.
import { mkdirSync } from 'node:fs';
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
try {
  const view = (width, height) => browser.newContext({ viewport: { width, height }, locale: 'es-PE' });
  const phone = await (await view(360, 740)).newPage();
  await enterWithCard(phone, forum.address, cardFor('delegate'), 'lluvia sobre la cancha');
  await phone.goto(forum.address, { waitUntil: 'networkidle' });
  await phone.screenshot({ path: `${folder}/home.png` });
  const desk = await (await view(900, 1400)).newPage();
  await desk.goto(`${forum.address}/documento/v/1/art/1`, { waitUntil: 'networkidle' });
  await desk.screenshot({ path: `${folder}/article.png` });
} finally {
  await browser.close();
  await forum.remove();
}
