import { cover } from './leaving';
import { button, owner, say } from './page';

const restMs = 600;

/** What is left to type, told when the fingers rest; aloud only when it becomes little. */
function countDown(area: HTMLTextAreaElement): void {
  const most = Number(area.dataset.max);
  const line = document.getElementById(`${area.id}-n`);
  if (!most || !line) return;
  let timer = 0;
  area.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const left = most - [...area.value].length;
      if (left < 100) line.setAttribute('aria-live', 'polite');
      line.textContent = say(left < 0 ? 'over' : 'left', Math.abs(left));
    }, restMs);
  });
}

/** What is typed unseen can be looked at. */
export function showable(field: HTMLInputElement): void {
  const toggle = button(say('show'), () => {
    const hidden = field.type === 'password';
    field.type = hidden ? 'text' : 'password';
    field.autocapitalize = 'off';
    field.spellcheck = false;
    toggle.textContent = say(hidden ? 'hide' : 'show');
  });
  field.after(toggle);
  // A text field would teach the phone's keyboard her words.
  field.form?.addEventListener('submit', () => {
    field.type = 'password';
  });
}

const lockMs = 10_000;

/** One submission at a time: the button says that it is on its way, and a second press does nothing. */
function once(form: HTMLFormElement): void {
  let free: (() => void) | undefined;
  form.addEventListener('submit', (event) => {
    if (free || event.defaultPrevented) return event.preventDefault();
    const pressed = ((event as SubmitEvent).submitter ??
      form.querySelector('[type=submit]')) as HTMLElement | null;
    const nodes = [...(pressed?.childNodes ?? [])];
    const timer = setTimeout(() => free?.(), lockMs);
    free = () => {
      clearTimeout(timer);
      free = undefined;
      if (!pressed) return;
      pressed.textContent = '';
      pressed.append(...nodes);
      pressed.removeAttribute('aria-disabled');
    };
    // Not `disabled`: that would take the button's own value out of what is sent.
    pressed?.setAttribute('aria-disabled', 'true');
    if (pressed) pressed.textContent = say('sending');
  });
  addEventListener('pageshow', () => free?.());
}

/** @param passwords what is done with each field for one, on the pages that have any */
export function startComforts(passwords: (field: HTMLInputElement) => void = () => {}): void {
  for (const form of document.querySelectorAll('form'))
    if (form.method === 'post' && !form.dataset.outbox) once(form);
  for (const area of document.querySelectorAll('textarea')) countDown(area);
  document.querySelectorAll<HTMLInputElement>('input[type=password]').forEach(passwords);
  document.getElementById('errors')?.focus();
  addEventListener('pageshow', (event) => {
    if (!event.persisted || !owner) return;
    // A page kept alive for «back» may be of somebody who has left since.
    cover();
    location.reload();
  });
}
