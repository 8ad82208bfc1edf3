import { button, notice, owner, say } from './page';
import { drop, placeOf, read, write } from './store';

// What is being typed, for its owner alone, until the form has gone through.
const kind = 'escrito';
/** Field name → values. */
export type Typed = Record<string, string[]>;
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Kept = { form: HTMLFormElement; place: string; timer: number };
const kept: Kept[] = [];

const soon = 500;

/** Puts words where the form of that name will find them. */
export const keepTyped = (name: string, typed: Typed) => write(placeOf(kind, name), typed);

/** Forgets what was typed in this form, and keeps no more of it. */
export function forgetTyped(form: HTMLFormElement): void {
  const at = kept.findIndex((one) => one.form === form);
  for (const one of at < 0 ? [] : kept.splice(at, 1)) {
    clearTimeout(one.timer);
    one.timer = 0;
    drop(one.place);
  }
}

// Of what is hidden only what the words were typed upon, such as the version of a text.
const fields = (form: HTMLFormElement) =>
  [...form.querySelectorAll<Field>('[name]')].filter(
    ({ type, dataset }) => !/^(hidden|password|file)$/.test(type) || 'keep' in dataset,
  );
const ticks = (field: Field): field is HTMLInputElement => /^(radio|checkbox)$/.test(field.type);

export function typedIn(form: HTMLFormElement): Typed {
  const typed: Typed = {};
  for (const field of fields(form))
    if (!ticks(field) || field.checked) typed[field.name] = [...(typed[field.name] ?? []), field.value];
  return typed;
}

function restore(form: HTMLFormElement, typed: Typed): void {
  for (const field of fields(form)) {
    const values = typed[field.name];
    if (ticks(field)) field.checked = values ? values.includes(field.value) : field.defaultChecked;
    else if (values) field.value = values[0]!;
  }
}

const note = 'recuperado';
/** Brings back what was typed before: at once into an empty form, on demand where the form already has words. */
function offer(form: HTMLFormElement, place: string, typed: Typed): void {
  const before = typedIn(form);
  if (JSON.stringify(before) === JSON.stringify(typed)) return;
  const clear = button(say('clear'), () => {
    restore(form, before);
    drop(place);
    document.getElementById(note)?.remove();
    form.querySelector('textarea')?.focus();
  });
  const recover = () => {
    restore(form, typed);
    notice(note, 'info', say('restored'), clear);
  };
  if ([...form.querySelectorAll('textarea')].every((area) => area.value === '')) recover();
  else notice(note, 'info', say('unsaved'), button(say('recover'), recover), clear);
}

async function watch(form: HTMLFormElement): Promise<void> {
  const one: Kept = { form, place: placeOf(kind, form.dataset.autosave!), timer: 0 };
  kept.push(one);
  const keep = () => {
    one.timer = 0;
    void write(one.place, typedIn(form));
  };
  form.addEventListener('input', () => {
    clearTimeout(one.timer);
    one.timer = window.setTimeout(keep, soon);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && one.timer > 0) keep();
  });
  // Sent without the outbox: whether it went through shows on the next page.
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    keep();
    try {
      sessionStorage.setItem('enviado', JSON.stringify([one.place, location.pathname]));
    } catch {
      // Then it is offered once more, and she clears it.
    }
  });
  const typed = await read<Typed>(one.place);
  if (typed) offer(form, one.place, typed);
}

/**
 * A form that went through leads from its own page onwards by a redirect; one that failed is shown again without.
 * A page that came after a broken network, or from elsewhere, proves nothing: the words stay.
 */
function forgetSent(): void {
  try {
    const [place, from] = JSON.parse(sessionStorage.getItem('enviado') ?? '[]') as string[];
    sessionStorage.removeItem('enviado');
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const came = document.referrer && new URL(document.referrer).pathname === from;
    if (place && came && visit!.redirectCount > 0) drop(place);
  } catch {
    // As above.
  }
}

export function startAutosave(): void {
  if (!owner) return;
  forgetSent();
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) void watch(form);
}
