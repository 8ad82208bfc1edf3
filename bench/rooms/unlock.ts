import type { Page } from 'playwright-core';
import { median } from '../measure';
import { bundled } from './browser';

const tries = 5;
type Took = { derive: number; open: number };
export type Unlock = { derive: number; first: number; open: number };

/** What six words cost a phone, and the 16 KiB of the keyring behind them. */
export async function unlock(page: Page): Promise<Unlock> {
  await page.addScriptTag({
    content: await bundled(`
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
      };`),
  });
  const took: Took[] = [];
  for (let i = 0; i < tries; i++)
    took.push(await page.evaluate(() => (window as unknown as { unlock: () => Promise<Took> }).unlock()));
  return {
    derive: median(took.map((one) => one.derive)),
    first: took[0]!.derive,
    open: median(took.map((one) => one.open)),
  };
}
