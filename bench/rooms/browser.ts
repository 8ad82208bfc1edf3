import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';

/** A script as the forum builds it. */
export async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.', loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'chrome73',
    write: false,
  });
  return outputFiles[0]!.text;
}

/** A page of a phone whose processor is so many times slower than this machine's. */
export async function slowPage(browser: Browser, rate: number): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate });
  return page;
}
