import { button, h } from '~/app/_keyring/frame/dom';
import { Malformed, readAll } from '~/server/rooms/rules/bytes';
import {
  altAtMost,
  mediaTypes,
  type PictureNote,
  readPictureNote,
  writePictureNote,
} from '../../media/notes';
import { barePicture, type Picture } from '../../media/picture';
import type { Composer, Ctx, MessageKind, Said } from '../context';
import { today } from '../day';
import { about, note } from '../parts';
import { drawn, redrawn } from './draw';
import { fetched, sendParcel, share, sizeOf, troubleOf } from './parcels';

function read({ body }: Said): PictureNote | null {
  try {
    return readAll(body, readPictureNote);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return null;
  }
}

const shown = new WeakMap<object, HTMLElement>();

function card(ctx: Ctx, { alt, label }: PictureNote): HTMLElement {
  const words = alt || ctx.say('media.picture.unsaid');
  const place = h('div', {});
  const look = ctx.say('media.picture.show', { size: sizeOf(ctx, label) });
  let open = false;
  let busy = false;
  const control = button('sec', look, async () => {
    if (busy) return;
    if (open) {
      open = false;
      place.replaceChildren();
      control.textContent = look;
      return;
    }
    busy = true;
    share(ctx, control, 0);
    const came = await fetched(ctx, label, barePicture, (far) => share(ctx, control, far));
    busy = false;
    control.textContent = look;
    if ('why' in came) return place.replaceChildren(note(ctx.say(came.why), 'bad'));
    try {
      place.replaceChildren(await drawn(came.value, words));
      open = true;
      control.textContent = ctx.say('media.picture.hide');
    } catch {
      place.replaceChildren(note(ctx.say('media.bad'), 'bad'));
    }
  });
  return h(
    'div',
    { class: 'stack media' },
    h('p', {}, ctx.say('media.picture.is', { alt: words })),
    control,
    place,
  );
}

/** A picture: its words and its size, and it is shown when it is touched. */
export const pictureKind: MessageKind = {
  type: mediaTypes.picture,
  render(ctx, said) {
    const there = shown.get(said.frame);
    if (there) return there;
    const picture = read(said);
    if (!picture) return null;
    const made = card(ctx, picture);
    shown.set(said.frame, made);
    return made;
  },
  dayOf: (said) => read(said)?.day ?? null,
};

/** Where she chooses one. */
function chooseScreen(ctx: Ctx, message: HTMLElement | null = null): void {
  // The browser's own button speaks the browser's language and is wider than a phone: ours lies over it.
  const field = h('input', { id: 'picture', class: 'under', type: 'file', accept: 'image/*' });
  field.addEventListener('click', () => ctx.host.choosing(true));
  field.addEventListener('cancel', () => ctx.host.choosing(false));
  field.addEventListener('change', async () => {
    ctx.host.choosing(false);
    const [file] = field.files ?? [];
    if (!file) return;
    const wait = h('p', { class: 'lead', role: 'status' }, ctx.say('media.picture.redrawing'));
    ctx.show(ctx.say('media.picture'), wait);
    const picture = await redrawn(file).catch((error) => {
      if (!(error instanceof Malformed)) throw error;
      return null;
    });
    if (!wait.isConnected) return;
    if (picture) void review(ctx, picture);
    else chooseScreen(ctx, note(ctx.say('media.picture.unread'), 'bad'));
  });
  ctx.show(
    ctx.say('media.picture'),
    message,
    about(ctx.host, 'retrato'),
    h('p', { class: 'lead' }, ctx.say('media.picture.lead')),
    h('p', {}, ctx.say('media.picture.known')),
    field,
    h('label', { for: 'picture', class: 'btn pri' }, ctx.say('media.picture.choose')),
    h('p', { class: 'hint' }, ctx.say('media.picture.gallery')),
    button('qui', ctx.say('back'), () => ctx.back()),
  );
}

/** As the others will see it, and her words for who does not. */
async function review(
  ctx: Ctx,
  picture: Picture,
  said = '',
  message: HTMLElement | null = null,
): Promise<void> {
  const canvas = await drawn(picture, ctx.say('media.picture.yours'));
  const field = h('textarea', { id: 'alt', rows: 3 });
  field.value = said;
  const wrong = h('div', {});
  ctx.show(
    ctx.say('media.picture.ready'),
    message,
    canvas,
    h('label', { for: 'alt' }, ctx.say('media.picture.alt')),
    h('p', { class: 'hint' }, ctx.say('media.picture.alt.why')),
    wrong,
    field,
    button('pri', ctx.say('media.picture.send', { size: sizeOf(ctx, { size: picture.bytes.length }) }), () =>
      send(),
    ),
    button('qui', ctx.say('media.picture.other'), () => chooseScreen(ctx)),
    button('qui', ctx.say('media.drop'), () => ctx.back()),
  );

  async function send(): Promise<void> {
    const alt = field.value.trim().normalize('NFC');
    if (new TextEncoder().encode(alt).length > altAtMost) {
      wrong.replaceChildren(note(ctx.say('media.picture.alt.long'), 'bad'));
      return field.focus();
    }
    const bar = h('progress', { max: 1, value: 0 });
    ctx.show(ctx.say('media.sending'), bar, h('p', { class: 'hint' }, ctx.say('media.sending.stay')));
    const sent = await sendParcel(ctx, picture.bytes, {
      type: mediaTypes.picture,
      body: (label) => writePictureNote({ day: today(), alt, label }),
      far: (far) => {
        bar.value = far;
      },
    });
    if (!bar.isConnected) return;
    if (sent === 'kept') ctx.back();
    else void review(ctx, picture, alt, troubleOf(ctx, sent));
  }
}

export const pictureComposer: Composer = {
  name: 'media.picture',
  drawn: 'retrato',
  offered: ({ session }) => session.state !== null,
  open: (ctx) => chooseScreen(ctx),
};
