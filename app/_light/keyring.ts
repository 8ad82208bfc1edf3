import { startBallots } from './ballots';
import { showable, startComforts } from './comforts';
import { startLeaving } from './leaving';
import { startOutbox } from './outbox';
import { button, owner } from './page';
import { hearFor } from './recorder';
import { startTexts } from './texts';
import { startWorker } from './worker';

// What the frame may ask the forum for. What opens the keyring never comes out of it (docs/decisions/108).
const asks = new Set(['keyring', 'openKeyring', 'makeKeyring', 'writeKeyring', 'changeKeyring', 'tokens']);
type Asked = { id: number; ask: string; input?: unknown; height?: number; hear?: true };

async function pass({ id, ask, input }: Asked) {
  try {
    const read = ask === 'keyring';
    const answer = await fetch(`/api/trpc/people.${ask}`, {
      method: read ? 'GET' : 'POST',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', 'x-owner': owner },
      ...(read ? {} : { body: JSON.stringify(input) }),
    });
    const { result, error } = await answer.json();
    return answer.ok ? { id, data: result.data } : { id, sentence: error.data.sentence as string };
  } catch {
    // The frame says that there is no network.
    return { id, sentence: '' };
  }
}

/** «Mi espacio»: puts the frame that knows the words where the page says that it needs a script. */
function startKeyring(): void {
  const place = document.getElementById('clave');
  if (!place) return;
  const open = button(place.dataset.open ?? '', () => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.title = place.dataset.title ?? '';
    frame.style.cssText = 'width:100%;height:20rem;border:0';
    frame.onload = () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = async ({ data, ports }: MessageEvent<Asked>) => {
        if (data.height) frame.style.height = `${data.height + 8}px`;
        else if (data.hear) await hearFor(ports[0]!);
        else if (asks.has(data.ask)) port1.postMessage(await pass(data));
      };
      const lang = document.documentElement.lang;
      frame.contentWindow!.postMessage({ words: JSON.parse(place.dataset.words!), lang }, '*', [port2]);
    };
    frame.src = '/clave.html';
    place.replaceChildren(frame);
  });
  open.className = 'btn pri';
  place.replaceChildren(open);
}

// What any light page has, but for what «Mi espacio» has no use for (a concern's form, words kept while they are typed,
// an article read aloud, a card in the address): in its place the sending of a vote that waits, with what signing out asks.
startLeaving();
startComforts(showable);
startOutbox();
void startTexts();
startWorker();
// Its words come with the mark alone (app/_frame/for-script.tsx).
if (document.cookie.includes('papeleta-espera')) void startBallots();
startKeyring();
