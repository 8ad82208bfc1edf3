import { button, notice, owner, say, store } from './page';

// What is being typed, for its owner alone, until the form has gone through.
const placeOf = (form: HTMLFormElement) => `escrito ${owner} ${form.dataset.autosave}`;
type Typed = Record<string, string[]>;

export function forgetTyped(form: HTMLFormElement): void {
  if (form.dataset.autosave) store.write(placeOf(form), null);
}

const fields = (form: HTMLFormElement) =>
  [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>('[name]')].filter(
    (field) => field.type !== 'hidden' && field.type !== 'password',
  );
const ticks = (field: Element): field is HTMLInputElement =>
  field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type);

function typedIn(form: HTMLFormElement): Typed {
  const typed: Typed = {};
  for (const field of fields(form)) {
    if (ticks(field) && !field.checked) continue;
    if (field.value) typed[field.name] = [...(typed[field.name] ?? []), field.value];
  }
  return typed;
}

function restore(form: HTMLFormElement, typed: Typed): void {
  for (const field of fields(form)) {
    const values = typed[field.name] ?? [];
    if (ticks(field)) field.checked = values.includes(field.value) || (field.checked && values.length === 0);
    else if (values[0]) field.value = values[0];
  }
}

function watch(form: HTMLFormElement): void {
  const place = placeOf(form);
  const earlier = store.read<Typed>(place);
  const empty = [...form.querySelectorAll('textarea')].every((field) => field.value === '');
  if (earlier && empty) {
    restore(form, earlier);
    notice(
      'recuperado',
      '',
      say('restored'),
      button(say('clear'), () => {
        store.write(place, null);
        form.reset();
        document.getElementById('recuperado')?.remove();
      }),
    );
  }
  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => store.write(place, typedIn(form)), 700) as unknown as number;
  });
  // Sent without the outbox: whether it went through shows on the next page (see below).
  form.addEventListener('submit', () => store.write('enviado', place));
}

export function startAutosave(): void {
  const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-autosave]')];
  const sent = store.read<string>('enviado');
  if (sent && !forms.some((form) => placeOf(form) === sent)) store.write(sent, null);
  if (sent) store.write('enviado', null);
  if (owner) for (const form of forms) watch(form);
}
