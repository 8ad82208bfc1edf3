/** Reads the article aloud, line by line, with a Spanish voice of the phone itself; without one there is no button. */
export function startVoice(): void {
  const control = document.getElementById('voz') as HTMLButtonElement | null;
  const speech = window.speechSynthesis;
  if (!control || !speech) return;
  // A voice that is not on the phone would send elsewhere what she reads.
  const voice = () => speech.getVoices().find((one) => one.localService && /^es/.test(one.lang));
  const look = () => {
    control.hidden = !voice();
  };
  let lines: HTMLElement[] = [];
  const read = () => {
    document.querySelector('.said')?.classList.remove('said');
    const line = lines.shift();
    control.setAttribute('aria-pressed', String(!!line));
    if (!line) return;
    line.classList.add('said');
    const words = new SpeechSynthesisUtterance(line.textContent ?? '');
    words.voice = voice()!;
    words.lang = words.voice.lang;
    words.onend = read;
    speech.speak(words);
  };
  const stop = () => {
    lines = [];
    speech.cancel();
    read();
  };
  control.onclick = () => {
    if (speech.speaking) return stop();
    lines = [...document.querySelectorAll<HTMLElement>('h1, .lead, [data-said] p')];
    read();
  };
  addEventListener('pagehide', stop);
  speech.onvoiceschanged = look;
  look();
}
