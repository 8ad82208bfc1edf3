import { forgetTyped, typedIn } from './autosave';
import { cleanErrors, showErrors } from './errors';
import { hold, quoted, release, retry, seen, send, show, type Waiting } from './outbox';
import { notice, owner, say } from './page';

/** The fields of the page's form as the procedure takes them. */
function inputOf(form: HTMLFormElement): Waiting['input'] {
  const data = new FormData(form);
  const one = (name: string) => data.get(name) ?? '';
  // «from» is one choice on the page and two facts in the forum: the base, and its private space.
  const [associationId, spaceId] = String(one('from')).split(' ');
  const audience = one('audience') === 'space' && spaceId ? 'space' : 'public';
  const [words, place, barrier] = ['words', 'place', 'barrier'].map(one);
  return {
    key: one('key'),
    words,
    areas: data.getAll('areas'),
    place,
    barrier,
    associationId,
    spaceId,
    audience,
  };
}

/**
 * Takes over the form of a concern. It is kept on the phone before it is sent, so that neither a dead battery nor
 * a dropped network loses it, and let go when the forum has answered with its number.
 */
function takeOver(form: HTMLFormElement): void {
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    cleanErrors(form);
    const one: Waiting = { at: Date.now(), input: inputOf(form), typed: typedIn(form) };
    const card = (tone: 'info' | 'ok', text: string, ...parts: HTMLElement[]) =>
      notice('enviando', tone, text, quoted(one), ...parts);
    form.hidden = true;
    scrollTo(0, 0);
    card('info', say('sending')).focus();
    const held = await hold(one);
    const answer = await send(one);
    busy = false;
    if (answer.is === 'sent') {
      release(one);
      forgetTyped(form);
      card('ok', say('sent', answer.number), seen(answer));
      // In place of the form: «back» does not lead to it again.
      location.replace(`/planteamientos/${answer.id}?nuevo`);
      return;
    }
    if (answer.is === 'later' && held) {
      forgetTyped(form);
      form.remove();
      await show();
      card('ok', say(answer.why)).focus();
      retry();
      return;
    }
    form.hidden = false;
    document.getElementById('enviando')?.remove();
    if (answer.is === 'later') notice('enviando', 'bad', say('unkept')).focus();
    else {
      release(one);
      showErrors(form, answer.sentence, answer.fields);
    }
  });
}

export function startRaising(): void {
  if (owner)
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-outbox]')) takeOver(form);
}
