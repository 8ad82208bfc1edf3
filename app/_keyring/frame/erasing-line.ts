import { h } from './dom';
import type { Told } from './erasing';
import { say } from './line';

/**
 * How far the erasing is, for the list of an open keyring: it names no room, since whoever makes her open it reads it
 * too. What is left is counted in silence; only that it is over, or that nobody answers, is read out.
 */
export function erasingLine(): { told(now: Told): void; line(): HTMLElement; forget(): void } {
  let now: Told | null = null;
  let box: HTMLElement | null = null;
  let put = '';
  const fill = () => {
    if (!box) return;
    box.hidden = now === null;
    const key = now && `erasing.${now.how}${now.left === 1 && now.how === 'going' ? '.one' : ''}`;
    const text = key ? say(key, now!.left) : '';
    if (text === put) return;
    put = text;
    const tone = now?.how === 'done' ? 'ok' : now?.how === 'away' ? 'warn' : 'info';
    box.replaceChildren(
      h('p', { class: `note ${tone}`, role: now?.how === 'going' ? false : 'status' }, text),
    );
    // Said once: on the next screen it is no news.
    if (now?.how === 'done' && box.isConnected) now = null;
  };
  return {
    told(next) {
      now = next;
      fill();
    },
    line() {
      box = h('div', {});
      put = '';
      fill();
      if (now?.how === 'done') now = null;
      return box;
    },
    forget() {
      now = null;
      box = null;
    },
  };
}
