import type { Made } from '~/app/_keyring/frame/dom';
import type { Host } from '~/app/_keyring/frame/host';
import { listenButton, quiet } from '~/app/_keyring/frame/voice';
import { busy } from './busy';
import { note, type Tone } from './parts';
import { hears, type Say } from './words';

/** What a screen outside of any room is given: founding one, and waiting at its door. */
export type Outside = {
  host: Host;
  say: Say;
  show(title: string, ...children: Made[]): void;
  home(message?: string, tone?: Tone): void;
  busy: typeof busy;
  /** Looks again every so often, until the next screen or the lock. */
  every(ms: number, look: () => Promise<void>): void;
  /** Whether the frame was locked, or left, since: a slow answer then changes nothing. */
  over(): boolean;
  /** She goes in: nothing is looked for out here any more. */
  end(): void;
  /** Tells what the keyring could not take. @returns whether it was written */
  kept(write: Promise<void>): Promise<string | null>;
};

export function outside(host: Host, say: Say): Outside {
  let over = false;
  let timer = 0;
  let screen = 0;
  host.onLock(() => {
    over = true;
    clearTimeout(timer);
    quiet();
  });
  return {
    host,
    say,
    busy,
    over: () => over,
    end() {
      over = true;
      clearTimeout(timer);
    },
    show(title, ...children) {
      screen++;
      clearTimeout(timer);
      quiet();
      if (!over) host.show(title, listenButton(hears(say)), ...children);
    },
    home(message, tone = 'info') {
      clearTimeout(timer);
      quiet();
      const gone = over;
      over = true;
      if (!gone) host.home(message ? note(message, tone) : null);
    },
    every(ms, look) {
      const mine = screen;
      const away = note(say('away.looking'), 'warn');
      const again = () => {
        timer = window.setTimeout(async () => {
          // Without network it is looked for again the next time, and she is told meanwhile.
          const reached = await look().then(
            () => true,
            () => false,
          );
          if (over || screen !== mine) return;
          if (reached) away.remove();
          else document.querySelector('#screen h2')?.after(away);
          again();
        }, ms);
      };
      again();
    },
    async kept(write) {
      try {
        await write;
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : say('failed');
      }
    },
  };
}
