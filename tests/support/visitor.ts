import type { Browser, BrowserContext, Page } from 'playwright-core';

export const phone = { width: 360, height: 740 };
export const desk = { width: 1280, height: 900 };

/** Opens a card's QR, as a phone's camera does, and chooses a passphrase. */
export async function enterWithCard(
  page: Page,
  address: string,
  code: string,
  passphrase: string,
): Promise<void> {
  await page.goto(`${address}/entrar`);
  await page.fill('[name=code]', code);
  await Promise.all([
    page.waitForLoadState(),
    page.locator('form:has([name=code]) button[type=submit]').click(),
  ]);
  await page.waitForSelector('[name=passphrase] >> nth=0');
  const form = page.locator('form:has(input[type=hidden][name=code])');
  await form.locator('[name=passphrase]').fill(passphrase);
  if ((await form.locator('[name=again]').count()) > 0) await form.locator('[name=again]').fill(passphrase);
  await form.locator('button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/entrar'));
}

/** A person with a browser of her own: cookies, storage and history apart from everybody else's. */
export async function visitor(
  browser: Browser,
  options: { viewport?: { width: number; height: number }; javaScriptEnabled?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page }> {
  // On a busy machine the worker would answer with its copies; tests/browser/offline.test.ts is about it.
  const context = await browser.newContext({
    viewport: phone,
    locale: 'es-PE',
    serviceWorkers: 'block',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return { context, page };
}
