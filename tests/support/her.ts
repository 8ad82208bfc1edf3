import type { FrameLocator } from 'playwright-core';
import { expect } from 'vitest';
import { derive, openKeyring } from '~/app/_keyring/lock';
import { entryKinds } from '~/app/_room/entry';
import { type KeptRoom, readRoom } from '~/app/_room/kept';
import { pictureWords } from '~/db/reference/words';
import type { Name, Phone, phoneStories } from './phones';
import { press, says, touch } from './sitting';

const patience = 30_000;

/** One woman at her phone, her keyring open in «Mi espacio»: what she presses, reads and hears. */
export class Her {
  /** Whatever her phone tells the forum. */
  readonly sent: string[] = [];
  /** When something came to her by a socket, and when her last one was closed. */
  readonly heardAt: number[] = [];
  closedAt = 0;
  words: string[] = [];
  private constructor(
    readonly phone: Phone,
    readonly frame: FrameLocator,
    readonly name: string,
  ) {
    phone.context.on('request', (request) => this.sent.push(`${request.url()} ${request.postData() ?? ''}`));
    phone.page.on('websocket', (socket) => {
      socket.on('framereceived', () => this.heardAt.push(Date.now()));
      socket.on('close', () => {
        this.closedAt = Date.now();
      });
    });
  }

  /** She signs in, makes her six words, and her keyring opens. */
  static async atHome(stories: ReturnType<typeof phoneStories>, person: Name, name: string): Promise<Her> {
    const phone = await stories.phone();
    await stories.enters(phone, person);
    await stories.open(phone, '/mi-espacio');
    await phone.page.click('#clave button');
    const her = new Her(phone, phone.page.frameLocator('#clave iframe'), name);
    await her.says('Haz tus palabras');
    await her.press('Ver mis palabras');
    her.words = await her.frame.locator('ol.words span').allTextContents();
    await her.press('Ya las tengo');
    for (const word of her.words) await her.touch(word);
    await her.says('Tu llavero está abierto');
    return her;
  }

  /** What her keyring holds of her rooms, opened with her six words as nobody else could. */
  async rooms(): Promise<KeptRoom[]> {
    const written = this.sent.flatMap((one) =>
      /^\S+people\.(make|write)Keyring /.test(one) ? [JSON.parse(one.slice(one.indexOf(' ') + 1))] : [],
    );
    const [salt, sealed] = [written[0].salt, written.at(-1).keyring].map((text) =>
      Buffer.from(text, 'base64url'),
    );
    const numbers = this.words.map((word) => pictureWords.indexOf(word));
    const { wrap } = await derive(numbers, salt!);
    return openKeyring(wrap, new Uint8Array(sealed!))!
      .filter(({ kind }) => kind === entryKinds.room)
      .map(({ bytes }) => readRoom(bytes));
  }

  /** Waits for a screen by its heading. */
  async says(heading: string): Promise<void> {
    await this.frame
      .locator('h2')
      .filter({ hasText: heading })
      .waitFor({ timeout: patience })
      .catch(async (error) => {
        const body = await this.frame.locator('body').innerText();
        throw new Error(`${this.name}: ${error.message}\nIt says: ${body}`);
      });
  }
  /** Waits for a sentence anywhere on the screen. */
  async sees(text: string): Promise<void> {
    await this.frame
      .locator('#screen')
      .filter({ hasText: text })
      .waitFor({ timeout: patience })
      .catch(async (error) => {
        const body = await this.frame.locator('body').innerText();
        throw new Error(`${this.name} does not see «${text}»: ${error.message}\nIt says: ${body}`);
      });
  }
  press(button: string): Promise<void> {
    return press(this.frame, button);
  }
  touch(word: string): Promise<void> {
    return touch(this.frame, word);
  }
  async writes(label: string, text: string): Promise<void> {
    await this.frame.getByLabel(label).fill(text);
  }
  async body(): Promise<string> {
    return this.frame.locator('body').innerText();
  }

  /** The eight words on her screen. */
  async reads(): Promise<string[]> {
    await this.frame.locator('ol.spell li').nth(7).waitFor({ timeout: patience });
    const words = await this.frame.locator('ol.spell span').allTextContents();
    expect(words).toHaveLength(8);
    return words;
  }
  /** Eight words that she was told: letters, and a touch. */
  async picksCode(words: readonly string[]): Promise<void> {
    for (const word of words) {
      await this.frame.locator('#code-letters').fill(word);
      await this.touch(word);
    }
  }
  /** Says her six words again, and is in «Mi espacio». */
  async unlocks(): Promise<void> {
    await this.says('Tu llavero está cerrado');
    for (const word of this.words) {
      await this.frame.locator('#letters').fill(word.slice(0, 4));
      await this.touch(word);
    }
    await this.says('Tu llavero está abierto');
  }
  /** Says something in the room. */
  async tells(text: string): Promise<void> {
    await this.writes('Di algo a la sala', text);
    await this.press('Decirlo');
    await this.hears(text);
  }
  hears(text: string): Promise<void> {
    return says(this.frame, '.talk .words-said', text);
  }

  async picture(name: string): Promise<void> {
    if (!process.env.SHOTS) return;
    for (const width of [360, 1280]) {
      await this.phone.page.setViewportSize({ width, height: 800 });
      await this.phone.page.waitForTimeout(150);
      await this.phone.page
        .locator('#clave')
        .screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png` });
    }
    await this.phone.page.setViewportSize({ width: 360, height: 800 });
  }
}
