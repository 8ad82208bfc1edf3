const speech = window.speechSynthesis as SpeechSynthesis | undefined;
// A voice that is not on the phone would send elsewhere what it reads.
const voice = () => speech?.getVoices().find((one) => one.localService && /^es/.test(one.lang));

let turn = 0;
let reading = false;
/** Whether a voice is reading: then nobody is idle. */
export const isReading = () => reading;

/** Stops what is being read. */
export function hush(): void {
  turn++;
  reading = false;
  speech?.cancel();
}

/** Reads these lines one after the other, in place of what was being read. */
export function tell(lines: readonly string[]): void {
  hush();
  const mine = turn;
  const left = [...lines];
  const next = () => {
    if (mine !== turn) return;
    const line = left.shift();
    reading = line !== undefined;
    if (line === undefined) return;
    const words = new SpeechSynthesisUtterance(line);
    words.voice = voice()!;
    words.lang = words.voice.lang;
    words.onend = words.onerror = next;
    speech!.speak(words);
  };
  next();
}

/** Calls at once, and whenever that changes, with whether this phone has a Spanish voice of its own. */
export function whenVoiced(then: (voiced: boolean) => void): void {
  const look = () => then(!!voice());
  speech?.addEventListener?.('voiceschanged', look);
  look();
}
