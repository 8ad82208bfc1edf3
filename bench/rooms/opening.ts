import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import * as Y from 'yjs';
import { Draft } from '~/app/_room/drafts';
import type { AskServer, Held } from '~/app/_room/session';
import { modulusLength } from '~/server/rooms/rules/tokens';
import { foundRoom } from '~/tests/support/box';
import { woman } from '~/tests/support/rooms';
import { bundled } from './browser';

export type Size = { messages: number; drafts: number; letters: number };
/**
 * `ms` until every message and every text is there; bytes of the bodies both ways. `back`: coming in again within the sitting, where
 * only what is new is read.
 */
type Come = { ms: number; bytes: number };
export type Opened = Come & { messages: number; letters: number; back: Come };

const words =
  'Hoy no nos dejaron pasar a la cancha; mañana vamos temprano con las compañeras de la otra bocamina. ';
const sentence = (i: number) => `${i} ${words}`.slice(0, 20 + ((i * 37) % 90));

/** What a room is paid with is not what is measured: the bench's server takes every token (ours.ts). */
const anyToken = async () => ({
  key: '00'.repeat(8),
  nonce: new Uint8Array(randomBytes(32)),
  signature: new Uint8Array(modulusLength),
});

/** A room in which three women have talked and written: each text compacted once, and gone on with. */
export async function fullRoom(ask: AskServer, size: Size) {
  const women = [woman('Luna'), woman('Cerro'), woman('Quena')] as const;
  const { room, key, sessions } = await foundRoom(ask, [...women], anyToken);
  const held: Held = { room, epoch: 1, key, mine: women[0].keys, after: 0, state: null };
  const [ana, berta] = sessions;
  const ids = Array.from({ length: size.drafts }, () => randomBytes(16).toString('hex'));
  const texts: string[] = [];
  const encoder = new TextEncoder();
  for (let i = 0; i < size.messages; i++)
    await sessions[i % 3]!.say('words', encoder.encode(`\u0001${sentence(i)}`));
  for (const id of ids) {
    const [hers, other] = [new Draft(id, ana), new Draft(id, berta)];
    const read = [ana.heard.length, berta.heard.length];
    const catchUp = async () => {
      for (const [at, [session, draft]] of (
        [
          [ana, hers],
          [berta, other],
        ] as const
      ).entries()) {
        await session.catchUp();
        for (const heard of session.heard.slice(read[at])) draft.take(heard);
        read[at] = session.heard.length;
      }
    };
    const part = Math.ceil(size.letters / 80);
    const writeMore = async (from: number, to: number) => {
      for (let i = from; i < to; i++) {
        await hers.write((doc) => {
          const text = doc.getText('text');
          text.insert(text.length, words.repeat(20).slice(0, part));
        });
        await catchUp();
      }
    };
    await writeMore(0, 60);
    await hers.offer();
    await catchUp();
    if (!(await other.settle())) throw new Error('not compacted');
    await catchUp();
    await writeMore(60, 80);
    texts.push(Buffer.from(Y.encodeStateAsUpdate(hers.doc)).toString('base64'));
  }
  await ana.catchUp();
  const plain = {
    messages: Array.from({ length: size.messages }, (_none, i) => ({
      by: `compañera ${i % 3}`,
      seq: i,
      text: sentence(i),
    })),
    texts,
  };
  return { held, trusted: sessions.map(({ me }) => me), ids, plain: JSON.stringify(plain) };
}
export type FullRoom = Awaited<ReturnType<typeof fullRoom>>;

/** The script that a phone runs: the session and the texts as the rooms' own script has them, and beside them the bare way. */
const script = () =>
  bundled(`
    import * as Y from 'yjs';
    import { Draft } from './app/_room/drafts';
    import { Session } from './app/_room/session';
    const revive = (text) => JSON.parse(text, (_key, value) => (value && value.bytes64 !== undefined
      ? Uint8Array.from(atob(value.bytes64), (letter) => letter.charCodeAt(0)) : value));
    window.openRoom = async ({ held, trusted, ids, url }) => {
      let bytes = 0;
      const ask = async (body) => {
        const answer = await fetch(url, { method: 'POST', body });
        const got = new Uint8Array(await answer.arrayBuffer());
        bytes += body.length + got.length;
        return got;
      };
      const began = performance.now();
      const session = new Session(revive(held), ask, trusted);
      if (!(await session.catchUp())) throw new Error('she does not come in');
      const drafts = ids.map((id) => new Draft(id, session));
      for (const heard of session.heard) for (const draft of drafts) draft.take(heard);
      const messages = session.heard.filter(({ kind }) => kind === 'words')
        .map(({ body }) => new TextDecoder().decode(body));
      const letters = drafts.reduce((sum, { doc }) => sum + doc.getText('text').toString().length, 0);
      const [ms, all] = [performance.now() - began, bytes];
      const left = performance.now();
      if (!(await session.catchUp())) throw new Error('she does not come back');
      const back = { ms: performance.now() - left, bytes: bytes - all };
      return { ms, bytes: all, messages: messages.length, letters, back };
    };
    window.openBare = async ({ url }) => {
      const began = performance.now();
      const text = await (await fetch(url)).text();
      const { messages, texts } = JSON.parse(text);
      const docs = texts.map((one) => {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, Uint8Array.from(atob(one), (letter) => letter.charCodeAt(0)));
        return doc.getText('text').toString();
      });
      const letters = docs.reduce((sum, one) => sum + one.length, 0);
      const come = { ms: performance.now() - began, bytes: new TextEncoder().encode(text).length };
      // Whoever keeps nothing back reads all of it again.
      return { ...come, messages: messages.length, letters, back: come };
    };`);

const asText = (held: Held) =>
  JSON.stringify(held, (_key, value) =>
    value instanceof Uint8Array ? { bytes64: Buffer.from(value).toString('base64') } : value,
  );

/** Opens it in this page, the blind way and the bare one; in a browser that knows Ed25519, or in an older one. */
export async function openBoth(
  page: Page,
  port: number,
  full: FullRoom,
  browser: 'of today' | 'older' = 'of today',
): Promise<{ ours: Opened; bare: Opened }> {
  const server = createServer((req, res) => {
    res.setHeader('Access-Control-Allow-Origin', '*');
    if (req.url === '/') return void res.setHeader('Content-Type', 'text/html').end('<!doctype html>');
    res.end(full.plain);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bareUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Only an address that is believed to be safe, as the frame's is, has the browser's own Ed25519.
  await page.goto(`${bareUrl}/`);
  if (browser === 'older')
    await page.evaluate(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
  await page.addScriptTag({ content: await script() });
  const { held, trusted, ids } = full;
  type Window = Record<'openRoom' | 'openBare', (given: unknown) => Promise<Opened>>;
  const ours = await page.evaluate((given) => (window as unknown as Window).openRoom(given), {
    held: asText(held),
    trusted,
    ids,
    url: `http://127.0.0.1:${port}/api/box`,
  });
  const bare = await page.evaluate((given) => (window as unknown as Window).openBare(given), {
    url: `${bareUrl}/plain`,
  });
  await new Promise((resolve) => server.close(resolve));
  return { ours, bare };
}
