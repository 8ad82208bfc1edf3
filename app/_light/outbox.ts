import { forgetTyped } from './autosave';
import { button, element, notice, owner, say, store } from './page';

// Each person's own list: whoever else uses the phone neither sees nor sends it.
const place = `bandeja ${owner}`;
type Waiting = { input: Record<string, unknown>; problem?: string };
type Answer =
  | { is: 'sent'; id: string; number: number }
  | { is: 'refused'; sentence: string }
  | { is: 'later' };

const waiting = () => store.read<Waiting[]>(place) ?? [];
const keep = (list: Waiting[]) => store.write(place, list.length > 0 ? list : null);

/** Posts one concern; only the server's own word makes it sent. Its key makes sending it twice harmless. */
async function send(input: Waiting['input']): Promise<Answer> {
  try {
    const answer = await fetch('/api/trpc/concerns.raise', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const body = await answer.json();
    const data = body?.result?.data;
    if (answer.ok && data?.id) return { is: 'sent', id: data.id, number: data.number };
    // Busy, broken, or signed out for the moment: it waits. Anything else is for its owner to mend.
    if (answer.status >= 500 || answer.status === 429 || answer.status === 401) return { is: 'later' };
    return { is: 'refused', sentence: body?.error?.data?.sentence ?? say('problem') };
  } catch {
    return { is: 'later' };
  }
}

/** The fields of the page's form as the procedure takes them. */
function inputOf(form: HTMLFormElement): Waiting['input'] {
  const data = new FormData(form);
  // The oldest browsers of the light script take no pattern on the left.
  const from = String(data.get('from') ?? '').split(' ');
  const associationId = from[0];
  const spaceId = from[1];
  const audience = data.get('audience') === 'space' && spaceId ? 'space' : 'public';
  const one = (name: string) => data.get(name) ?? '';
  return {
    key: one('key'),
    words: one('words'),
    areas: data.getAll('areas'),
    place: one('place'),
    barrier: one('barrier'),
    associationId,
    spaceId,
    audience,
  };
}

function show(): void {
  const list = waiting();
  document.getElementById('bandeja')?.remove();
  if (list.length === 0) return;
  const parts = list.map((one, i) => {
    const row = element('p', 'hint', `«${String(one.input.words).slice(0, 80)}» ${one.problem ?? ''} `);
    row.append(
      button(say('drop'), () => {
        keep(waiting().filter((_, j) => j !== i));
        show();
      }),
    );
    return row;
  });
  notice(
    'bandeja',
    'warn',
    say('waiting', list.length),
    ...parts,
    button(say('send'), () => void sendAll()),
  );
}

let sending = false;
/** Sends what waits, oldest first; stops at the first that the network does not take. */
export async function sendAll(): Promise<void> {
  if (sending || !owner) return;
  sending = true;
  for (const one of waiting()) {
    const answer = await send(one.input);
    if (answer.is === 'later') break;
    const rest = waiting().filter((other) => other.input.key !== one.input.key);
    if (answer.is === 'sent') {
      keep(rest);
      const link = element('a', '', say('see')) as HTMLAnchorElement;
      link.href = `/planteamientos/${answer.id}`;
      notice('enviado', 'ok', say('sent', answer.number), link);
    } else if (one.problem !== answer.sentence) keep([...rest, { ...one, problem: answer.sentence }]);
  }
  sending = false;
  show();
}

/** Takes over the form of a concern: sent at once, or kept on the phone until there is a network. */
function takeOver(form: HTMLFormElement): void {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const input = inputOf(form);
    notice('enviando', '', say('sending'));
    const answer = await send(input);
    // The server writes its sentences at the fields itself, as it does where no script runs.
    if (answer.is === 'refused') return form.submit();
    if (answer.is === 'sent') {
      forgetTyped(form);
      location.href = `/planteamientos/${answer.id}?nuevo`;
      return;
    }
    const kept = keep([...waiting().filter((one) => one.input.key !== input.key), { input }]);
    document.getElementById('enviando')?.remove();
    if (!kept) {
      notice('guardado', 'bad', say('unkept'));
      form.dispatchEvent(new Event('again'));
      return;
    }
    forgetTyped(form);
    form.replaceWith(notice('guardado', 'ok', say('kept')));
    show();
    scrollTo(0, 0);
  });
}

export const pending = () => waiting().length;

export function startOutbox(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-outbox]'))
    if (owner) takeOver(form);
  addEventListener('online', () => void sendAll());
  if (owner && pending() > 0) {
    show();
    void sendAll();
  }
}
