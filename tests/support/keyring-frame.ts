import type { FrameLocator, Page } from 'playwright-core';

const patience = 20_000;
const button = (frame: FrameLocator, name: string) => frame.getByRole('button', { name }).press('Enter');
/** By key: where a finger would touch, the page's own bar may lie over the frame's edge until she scrolls. */
const touch = (frame: FrameLocator, word: string) =>
  frame
    .locator('button.word')
    .filter({ hasText: new RegExp(`^${word}$`) })
    .press('Enter');

/** Opens the frame in «Mi espacio», where she already is. */
export async function openFrame(page: Page): Promise<FrameLocator> {
  await page.click('#clave button');
  return page.frameLocator('#clave iframe');
}
/** Waits until the frame's heading says this. */
export async function says(frame: FrameLocator, words: string): Promise<void> {
  await frame.locator('h2').filter({ hasText: words }).waitFor({ timeout: patience });
}
/** Makes her words, as somebody does who has none yet. @returns them */
export async function makeWords(frame: FrameLocator): Promise<string[]> {
  await says(frame, 'Haz tus palabras');
  await button(frame, 'Ver mis palabras');
  const words = await frame.locator('ol.words span').allTextContents();
  await button(frame, 'Ya las tengo');
  for (const word of words) await touch(frame, word);
  await says(frame, 'abierto');
  return words;
}
/** Says them again where the frame is closed. */
export async function sayWords(frame: FrameLocator, words: readonly string[]): Promise<void> {
  await says(frame, 'cerrado');
  for (const word of words) {
    await frame.locator('#letters').fill(word.slice(0, 4));
    await touch(frame, word);
  }
  await says(frame, 'abierto');
}
