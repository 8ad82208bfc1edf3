import { button, owner, say } from './page';

/** What is left to type, told when it becomes little. */
function countDown(area: HTMLTextAreaElement): void {
  const most = Number(area.dataset.max);
  const line = document.getElementById(`${area.id}-n`);
  if (!most || !line) return;
  const count = () => {
    const left = most - [...area.value].length;
    line.textContent = say(left < 0 ? 'over' : 'left', Math.abs(left));
    if (left < 100) line.setAttribute('aria-live', 'polite');
  };
  area.addEventListener('input', count);
}

function showable(field: HTMLInputElement): void {
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

/** One submission at a time: a second press while the first is on its way does nothing. */
function once(form: HTMLFormElement): void {
  let gone = 0;
  form.addEventListener('submit', (event) => {
    if (Date.now() - gone < 10_000) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    gone = Date.now();
  });
  form.addEventListener('again', () => {
    gone = 0;
  });
}

export function startComforts(): void {
  for (const form of document.querySelectorAll('form')) if (form.method === 'post') once(form);
  for (const area of document.querySelectorAll('textarea')) countDown(area);
  for (const field of document.querySelectorAll<HTMLInputElement>('input[type=password]')) showable(field);
  addEventListener('pageshow', (event) => {
    // A page kept alive for «back» may be of somebody who has left since.
    if (event.persisted && owner) location.reload();
  });
}
