import { button } from './dom';

const spoken =
  '#screen h2, #screen h3, #screen legend, #screen p, #screen label, #screen .said b, #screen .spell li, #screen summary, #screen .btn:not(.small, .listen), #screen .row';
const speech = (): SpeechSynthesis | undefined => window.speechSynthesis;
// A voice that is not on the phone would send elsewhere what is said in the room.
const voice = () =>
  speech()
    ?.getVoices()
    .find((one) => one.localService && one.lang.startsWith('es'));

/** What the button says: at rest, while it reads, and how one names what can be touched. */
type Words = { hear: string; stop: string; press(text: string): string };

let rest = () => {};
/** Ends whatever is being read. */
export const quiet = (): void => {
  rest();
  speech()?.cancel();
};
addEventListener('pagehide', quiet);

/** Whether this phone has a voice of its own. */
export const canSpeak = (): boolean => voice() !== undefined;

/** Says one thing with the phone's own voice; nothing where there is none. */
export function speak(text: string, rate = 1, done?: () => void): void {
  const mine = voice();
  if (!mine) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = mine;
  words.lang = mine.lang;
  words.rate = rate;
  if (done) words.onend = done;
  speech()!.speak(words);
}

// What lies in a closed drawer has a place and is not seen; an old browser cannot tell the two apart.
const isSeen = (one: HTMLElement) =>
  one.checkVisibility ? one.checkVisibility() : one.offsetParent !== null;

/** «Escuchar»: reads the screen from its heading on; null where the phone has no voice of its own. */
export function listenButton({ hear, stop, press }: Words): HTMLElement | null {
  if (!speech()) return null;
  const atRest = () => {
    control.textContent = hear;
    rest = () => {};
  };
  const control = button('qui listen', hear, () => {
    if (speech()!.speaking) return quiet();
    const parts = [...document.querySelectorAll<HTMLElement>(spoken)].filter(isSeen);
    control.textContent = stop;
    rest = atRest;
    parts.forEach((part, at) => {
      const text = part.innerText;
      const last = at === parts.length - 1;
      // Who does not read is told what can be touched, in the order in which it stands there.
      speak(part.matches('button') ? press(text) : text, 1, last ? atRest : undefined);
    });
  });
  control.hidden = !voice();
  speech()!.onvoiceschanged = () => {
    control.hidden = !voice();
  };
  return control;
}
