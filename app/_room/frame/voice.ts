import { button } from '~/app/_keyring/frame/dom';
import type { Say } from './words';

const spoken =
  '#screen h2, #screen h3, #screen legend, #screen p, #screen label, #screen .said b, #screen .spell li, #screen summary';
const speech = (): SpeechSynthesis | undefined => window.speechSynthesis;
// A voice that is not on the phone would send elsewhere what is said in the room.
const voice = () =>
  speech()
    ?.getVoices()
    .find((one) => one.localService && one.lang.startsWith('es'));

/** Ends whatever is being read. */
export const quiet = (): void => speech()?.cancel();
addEventListener('pagehide', quiet);

/** Whether this phone has a voice of its own. */
export const canSpeak = (): boolean => voice() !== undefined;

/** Says one thing with the phone's own voice; nothing where there is none. */
export function speak(text: string, rate = 1): void {
  const mine = voice();
  if (!mine) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = mine;
  words.lang = mine.lang;
  words.rate = rate;
  speech()!.speak(words);
}

/** «Escuchar»: reads the screen from its heading on; null where the phone has no voice of its own. */
export function listenButton(say: Say): HTMLElement | null {
  if (!speech()) return null;
  const control = button('qui listen', say('hear'), () => {
    if (speech()!.speaking) return quiet();
    for (const part of document.querySelectorAll<HTMLElement>(spoken))
      if (part.offsetParent && part.textContent) speak(part.textContent);
  });
  control.hidden = !voice();
  speech()!.onvoiceschanged = () => {
    control.hidden = !voice();
  };
  return control;
}
