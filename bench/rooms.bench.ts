import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { launchBrowser } from '../tests/support/browser';

// Time to unlock: what six words cost a phone, in a browser whose processor is slowed down, beside other costs that
// might be chosen. Opening the 16 KiB of the keyring is measured with it.
const slowdowns = [1, 6];
const tries = 5;

const { outputFiles } = await build({
  stdin: {
    contents: `
      import { derive, sealKeyring, openKeyring } from './app/_keyring/lock';
      window.unlock = async () => {
        const salt = crypto.getRandomValues(new Uint8Array(16));
        const began = performance.now();
        const keys = await derive([1, 2, 3, 4, 5, 6], salt);
        const derived = performance.now();
        const sealed = sealKeyring(keys.wrap, [{ kind: 1, bytes: new Uint8Array(900) }]);
        const before = performance.now();
        openKeyring(keys.wrap, sealed);
        return { derive: derived - began, open: performance.now() - before };
      };`,
    resolveDir: '.',
  },
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'chrome73',
  write: false,
});

const browser = await launchBrowser();
const page = await (await browser.newContext()).newPage();
const cdp = await page.context().newCDPSession(page);
await page.addScriptTag({ content: outputFiles[0]!.text });
type Took = { derive: number; open: number };
const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
const rows: Record<string, Record<string, number>> = {};
for (const rate of slowdowns) {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate });
  const took: Took[] = [];
  for (let i = 0; i < tries; i++)
    took.push(await page.evaluate(() => (window as unknown as { unlock: () => Promise<Took> }).unlock()));
  rows[`CPU slowed ${rate}×`] = {
    'words to keys, ms': Math.round(median(took.map((one) => one.derive))),
    'first time, ms': Math.round(took[0]!.derive),
    'open 16 KiB, ms': Math.round(median(took.map((one) => one.open)) * 10) / 10,
  };
}
await browser.close();
console.table(rows);
if (process.env.BENCH_OUT) writeFileSync(process.env.BENCH_OUT, JSON.stringify(rows, null, 1));
