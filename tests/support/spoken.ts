import type { Page } from 'playwright-core';

/** A Spanish voice that says nothing aloud and keeps what it was given to say; each line ends at once. */
export async function withVoice(page: Page, local = true): Promise<void> {
  await page.addInitScript((localService) => {
    type Words = { text: string; onend?: () => void };
    const said: string[] = [];
    let turn = 0;
    Object.assign(window, {
      said,
      SpeechSynthesisUtterance: class {
        constructor(public text: string) {}
      },
    });
    Object.defineProperty(window, 'speechSynthesis', {
      value: {
        getVoices: () => [{ lang: 'es-PE', localService }],
        speak: (words: Words) => {
          const mine = turn;
          said.push(words.text);
          queueMicrotask(() => mine === turn && words.onend?.());
        },
        cancel: () => {
          turn++;
        },
      },
    });
  }, local);
}

const linesOf = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said);

/** Does something, and waits until a line that fits has been said since. @returns all that was said since */
export async function saidAfter(page: Page, act: () => Promise<unknown>, last: RegExp): Promise<string[]> {
  const before = (await linesOf(page)).length;
  await act();
  await page.waitForFunction(
    ({ from, source }) =>
      (window as unknown as { said: string[] }).said
        .slice(from)
        .some((line) => new RegExp(source).test(line)),
    { from: before, source: last.source },
  );
  return (await linesOf(page)).slice(before);
}
