/** What the page around tells the frame at the start: its sentences, and in which language. */
export type Told = { words: Record<string, string>; lang?: string };
type Answer = { id: number; data?: unknown; sentence?: string };

/** What the forum said, or the sentence of what failed. */
export class Refused extends Error {}

let port: MessagePort | null = null;
let told: Told = { words: {} };
const waiting = new Map<number, (answer: Answer) => void>();
let last = 0;

/** A sentence of the catalogue, with `{n}` put in. */
export const say = (key: string, n: number | string = ''): string =>
  (told.words[key] ?? '').replace('{n}', String(n));

export const language = (): 'es' | 'en' => (told.lang === 'en' ? 'en' : 'es');

/**
 * Waits for the page around to give the frame its one line out. The frame has no network of its own: what it may
 * ask for is what the page passes on (app/_light/keyring.ts).
 */
export function connect(begin: () => void): void {
  addEventListener('message', (event) => {
    if (event.source !== parent || port || !event.ports[0]) return;
    port = event.ports[0];
    told = event.data as Told;
    port.onmessage = ({ data }: MessageEvent<Answer>) => {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    };
    new ResizeObserver(() => port!.postMessage({ height: document.documentElement.offsetHeight })).observe(
      document.documentElement,
    );
    begin();
  });
}

/** Asks the forum through the page. @throws Refused with the sentence to show. */
export async function ask<Out>(what: string, input?: Record<string, unknown>): Promise<Out> {
  const id = ++last;
  const answer = await new Promise<Answer>((resolve) => {
    waiting.set(id, resolve);
    port!.postMessage({ id, ask: what, input });
  });
  if (answer.sentence !== undefined) throw new Refused(answer.sentence || say('no_network'));
  return answer.data as Out;
}

export const toText = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

export const toBytes = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
