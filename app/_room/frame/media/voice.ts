import { button, h } from '~/app/_keyring/frame/dom';
import { Malformed, readAll } from '~/server/rooms/rules/bytes';
import { mediaTypes, readVoiceNote, type VoiceNote } from '../../media/notes';
import { readVoice } from '../../media/opus';
import type { Composer, Ctx, MessageKind, Said } from '../context';
import { note } from '../parts';
import { fetched, lasting, share, sizeOf } from './parcels';
import { play, silence, whileShown } from './player';
import { recordScreen } from './record';

function read({ body }: Said): VoiceNote | null {
  try {
    return readAll(body, readVoiceNote);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return null;
  }
}

// What is shown of a note stays the same element while the talk around it is drawn anew: it may be sounding.
const shown = new WeakMap<object, HTMLElement>();

function card(ctx: Ctx, said: Said, { seconds, label }: VoiceNote): HTMLElement {
  const wrong = h('div', {});
  const name = ctx.say('media.voice.of', { name: ctx.name(said.by), long: lasting(ctx, seconds) });
  const rest = () => {
    control.textContent = ctx.say('media.voice.play');
    control.setAttribute('aria-label', `${ctx.say('media.voice.play')}. ${name}`);
  };
  let busy = false;
  let sounding = false;
  const control = button('sec', '', async () => {
    if (sounding) return silence();
    if (busy) return;
    busy = true;
    wrong.replaceChildren();
    share(ctx, control, 0);
    const came = await fetched(ctx, label, readVoice, (far) => share(ctx, control, far));
    busy = false;
    // She has gone elsewhere meanwhile: nothing begins to sound behind her back.
    if (!made.isConnected) return rest();
    if ('why' in came) {
      rest();
      return wrong.replaceChildren(note(ctx.say(came.why), 'bad'));
    }
    sounding = true;
    ctx.host.onLock(silence);
    control.textContent = ctx.say('media.voice.stop');
    control.setAttribute('aria-label', ctx.say('media.voice.stop'));
    const over = () => {
      sounding = false;
      rest();
    };
    await play(came.value, over).catch(() => wrong.replaceChildren(note(ctx.say('media.voice.deaf'), 'bad')));
    whileShown(made);
  });
  rest();
  const line = `${lasting(ctx, seconds)} · ${sizeOf(ctx, label)}`;
  const made = h(
    'div',
    { class: 'stack media' },
    h('p', {}, ctx.say('media.voice.is')),
    control,
    h('p', { class: 'hint' }, line),
    wrong,
  );
  return made;
}

/** A voice that somebody left: its length and its size, and it sounds when it is touched. */
export const voiceKind: MessageKind = {
  type: mediaTypes.voice,
  render(ctx, said) {
    const there = shown.get(said.frame);
    if (there) return there;
    const voice = read(said);
    if (!voice) return null;
    const made = card(ctx, said, voice);
    shown.set(said.frame, made);
    return made;
  },
  dayOf: (said) => read(said)?.day ?? null,
};

export const voiceComposer: Composer = {
  name: 'media.voice',
  drawn: 'boca',
  offered: ({ session }) => session.state !== null,
  open: (ctx) => recordScreen(ctx),
};
