import { button, h } from '~/app/_keyring/frame/dom';
import { Malformed } from '~/server/rooms/rules/bytes';
import { mediaTypes, writeVoiceNote } from '../../media/notes';
import { readOgg } from '../../media/ogg';
import { secondsAtMost, secondsOf, type Voice, writeVoice } from '../../media/opus';
import { readWebm } from '../../media/webm';
import type { Ctx } from '../context';
import { today } from '../day';
import { about, note } from '../parts';
import { lasting, sendParcel, sizeOf, troubleOf } from './parcels';
import { inUse, play, silence, whileShown } from './player';

type Told = { began?: true; fault?: 'old' | 'denied' | 'none'; bytes?: ArrayBuffer };

const sound = (bytes: Uint8Array): Voice => (bytes[0] === 0x1a ? readWebm(bytes) : readOgg(bytes));

/** Where a voice note is begun: nothing is heard before she touches. */
export function recordScreen(ctx: Ctx, message: HTMLElement | null = null): void {
  ctx.show(
    ctx.say('media.voice'),
    message,
    about(ctx.host, 'boca'),
    h('p', { class: 'lead' }, ctx.say('media.voice.lead')),
    h('p', { class: 'hint' }, ctx.say('media.voice.known')),
    button('pri', ctx.say('media.voice.begin'), () => record(ctx)),
    h('p', { class: 'hint' }, ctx.say('media.voice.once')),
    button('qui', ctx.say('back'), () => ctx.back()),
  );
}

function record(ctx: Ctx): void {
  const port = ctx.host.hear();
  let timer = 0;
  let over = false;
  const end = (how: 'stop' | 'drop') => {
    clearInterval(timer);
    if (how === 'drop') over = true;
    port.postMessage(how);
  };
  ctx.host.onLock(() => end('drop'));
  const clock = h('p', { class: 'lead' }, ctx.say('media.voice.asking'));
  const stop = button('pri', ctx.say('media.voice.end'), () => end('stop'));
  stop.disabled = true;
  ctx.show(
    ctx.say('media.voice.now'),
    clock,
    stop,
    button('qui', ctx.say('media.drop'), () => {
      end('drop');
      recordScreen(ctx);
    }),
  );
  const began = () => {
    const from = Date.now();
    stop.disabled = false;
    stop.focus();
    const look = () => {
      // Whatever way she left this screen, the microphone goes with it.
      if (!clock.isConnected) return end('drop');
      inUse();
      const n = Math.min(secondsAtMost, Math.floor((Date.now() - from) / 1000));
      clock.textContent = ctx.say('media.voice.clock', { n, most: secondsAtMost });
    };
    look();
    timer = window.setInterval(look, 500);
  };
  port.onmessage = ({ data }: MessageEvent<Told>) => {
    if (over) return;
    if (data.began) return began();
    clearInterval(timer);
    over = true;
    if (data.fault) return recordScreen(ctx, note(ctx.say(`media.voice.${data.fault}`), 'bad'));
    try {
      review(ctx, sound(new Uint8Array(data.bytes!)));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      recordScreen(ctx, note(ctx.say('media.voice.unread'), 'bad'));
    }
  };
}

/** Hers alone until she sends it: she can listen to it first. */
function review(ctx: Ctx, voice: Voice, message: HTMLElement | null = null): void {
  const bytes = writeVoice(voice);
  const seconds = secondsOf(voice);
  const line = `${lasting(ctx, seconds)} · ${sizeOf(ctx, { size: bytes.length })}`;
  let sounding = false;
  const hear = button('sec', ctx.say('media.voice.play'), () => {
    if (sounding) return silence();
    sounding = true;
    ctx.host.onLock(silence);
    hear.textContent = ctx.say('media.voice.stop');
    const over = () => {
      sounding = false;
      hear.textContent = ctx.say('media.voice.play');
    };
    void play(voice, over).catch(() => hear.replaceWith(note(ctx.say('media.voice.deaf'), 'bad')));
    whileShown(hear);
  });
  ctx.show(
    ctx.say('media.voice.ready'),
    message,
    h('p', { class: 'lead' }, line),
    hear,
    button('pri', ctx.say('media.send'), () => send()),
    button('qui', ctx.say('media.voice.again'), () => recordScreen(ctx)),
    button('qui', ctx.say('media.drop'), () => ctx.back()),
  );

  async function send(): Promise<void> {
    silence();
    const bar = h('progress', { max: 1, value: 0 });
    ctx.show(ctx.say('media.sending'), bar, h('p', { class: 'hint' }, ctx.say('media.sending.stay')));
    const sent = await sendParcel(ctx, bytes, {
      type: mediaTypes.voice,
      body: (label) => writeVoiceNote({ day: today(), seconds, label }),
      far: (far) => {
        bar.value = far;
      },
    });
    // Locked or left meanwhile: there is no screen of this room any more.
    if (!bar.isConnected) return;
    if (sent === 'kept') ctx.back();
    else review(ctx, voice, troubleOf(ctx, sent));
  }
}
