import { writeOgg } from '../../media/ogg';
import type { Voice } from '../../media/opus';

// One voice at a time. By Web Audio and not by an <audio> element: that would put a player, with the forum's name,
// among the phone's notifications and on its locked screen (docs/decisions/116).
let playing: { context: AudioContext; over: () => void } | null = null;

/** Ends what is being played, and forgets it. */
export function silence(): void {
  const now = playing;
  playing = null;
  if (!now) return;
  void now.context.close().catch(() => {});
  now.over();
}

/** @param over when it has ended, however it did. @throws where this browser knows no Opus */
export async function play(voice: Voice, over: () => void): Promise<void> {
  silence();
  // Speech needs no more, and two minutes of it take a quarter of the memory.
  const context = new AudioContext({ sampleRate: 16_000 });
  playing = { context, over };
  try {
    const sound = await context.decodeAudioData(writeOgg(voice).buffer as ArrayBuffer);
    if (playing?.context !== context) return;
    const source = context.createBufferSource();
    source.buffer = sound;
    source.connect(context.destination);
    source.onended = () => {
      if (playing?.context === context) silence();
    };
    source.start();
  } catch (error) {
    if (playing?.context === context) silence();
    throw error;
  }
}

/** Who speaks or listens touches nothing for two minutes, and uses it all the same: the idle clock begins anew. */
export const inUse = (): void => void dispatchEvent(new Event('input'));

/** As long as what shows it stands on the screen. */
export function whileShown(node: Node): void {
  const mine = playing;
  if (!mine) return;
  const timer = setInterval(() => {
    if (playing !== mine) return clearInterval(timer);
    if (!node.isConnected) return silence();
    inUse();
  }, 250);
}
addEventListener('pagehide', silence);
