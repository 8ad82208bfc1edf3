import { linesOf, sent, showPage, startEar } from './ear';
import { hush, isReading, tell, whenVoiced } from './speech';

// The assembly's tablet. Nobody is signed in there and nothing is kept, so none of what other pages have. Every press
// is sent and answered beside the page: the tablet's history has one entry, and nothing of a turn is in it.

const wipe = '/caseta/borrar';
const idleMs = 60_000;
const warnMs = 15_000;
const notice = 'aviso';
let words: Record<string, string> = {};
let voiced = false;

/**
 * Everything that was on the screen goes first; then the cookies, the caches, and what was kept. Where there is no network
 * at that moment, the mark still tells the forum later that nobody stands here.
 */
function wiped(): void {
  hush();
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not on the tablets we mean.
  document.cookie = 'turno-acabado=1;path=/caseta;samesite=strict;max-age=86400';
  document.body.textContent = '';
  location.replace(wipe);
}

function say(text: string): void {
  document.getElementById(notice)?.remove();
  const line = document.createElement('p');
  line.id = notice;
  line.className = 'note warn';
  // Spoken by the voice where there is one; then nothing else is to say it too.
  if (!voiced) line.setAttribute('role', 'status');
  line.textContent = text;
  (document.querySelector('#tapa > p') ?? document.querySelector('main > .stack'))?.prepend(line);
  if (voiced) tell([text]);
}

/** What a fresh screen needs: its button to be heard, and its printer. */
function ready(): void {
  const hear = document.getElementById('oye');
  if (!hear) return;
  words = JSON.parse(hear.dataset.words!);
  hear.hidden = !voiced;
  hear.onclick = () => (isReading() ? hush() : tell(linesOf(document, 'legend', '.opt b', '.opt .hint')));
  const print = document.querySelector<HTMLElement>('[data-print]');
  if (print) {
    print.hidden = false;
    print.onclick = () => window.print();
  }
}

let busy = false;
async function send(form: HTMLFormElement, pressed: HTMLElement | null): Promise<void> {
  if (busy) return;
  busy = true;
  const button = pressed as HTMLButtonElement | null;
  const answer = await sent(form, button?.name ? { [button.name]: button.value } : {});
  busy = false;
  if (answer) {
    hush();
    showPage(answer);
    ready();
  } else say(words.offline!);
}

// Whoever left is not known to have left. A voice that reads is somebody who listens, and so is a typed letter.
let touched = Date.now();
let warned = false;
const typed = () =>
  [...document.querySelectorAll('input')].some(({ type, value }) => type !== 'hidden' && value);
const inUse = () => document.querySelector('main')?.dataset.turn !== undefined || typed();
function touch(): void {
  touched = Date.now();
  if (!warned) return;
  warned = false;
  document.getElementById(notice)?.remove();
}
function look(): void {
  if ((isReading() && !warned) || !inUse()) touch();
  const idle = Date.now() - touched;
  if (idle >= idleMs) wiped();
  else if (idle >= idleMs - warnMs && !warned) {
    warned = true;
    say(words.idle!);
  }
}

for (const kind of ['pointerdown', 'keydown', 'input', 'wheel']) addEventListener(kind, touch, true);
setInterval(look, 1000);
addEventListener('submit', (event) => {
  event.preventDefault();
  const pressed = (event as SubmitEvent).submitter ?? document.activeElement;
  void send(event.target as HTMLFormElement, pressed as HTMLElement | null);
});
addEventListener('click', (event) => {
  if (!(event.target as Element).closest?.(`a[href="${wipe}"]`)) return;
  event.preventDefault();
  wiped();
});
addEventListener('contextmenu', (event) => event.preventDefault());
// A page kept alive for «back» is of a turn that is over.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) wiped();
});
whenVoiced((now) => {
  voiced = now;
  ready();
});
startEar();
