import { element, link, notice, sign } from './page';

// The same marks as app/_ui/field.tsx and form-errors.tsx write: a reader meets one way of saying it.

const summary = 'errors';

/** Takes away what the last try left, whether the server or the script wrote it. */
export function cleanErrors(form: HTMLFormElement): void {
  document.getElementById(summary)?.remove();
  for (const field of form.querySelectorAll('.fld.bad')) {
    field.classList.remove('bad');
    for (const said of field.querySelectorAll('.err')) said.remove();
    for (const control of field.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
  }
}

function mark(form: HTMLFormElement, name: string, sentence: string): void {
  const controls = form.querySelectorAll<HTMLElement>(`[name="${name}"]`);
  const field = controls[0]?.closest('.fld');
  if (!field) return;
  field.classList.add('bad');
  const said = element('p', 'err');
  said.id = `f-${name}-e`;
  said.append(sign('bad'), sentence);
  (field.querySelector(':scope > .hint') ?? field.querySelector('.lab'))?.after(said);
  for (const control of controls) control.setAttribute('aria-invalid', 'true');
  const told = controls.length > 1 ? field : controls[0]!;
  const others = (told.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .filter((id) => id && id !== said.id);
  told.setAttribute('aria-describedby', [said.id, ...others].join(' '));
}

/** The forum's sentences: above the form all together, and each at its field. */
export function showErrors(form: HTMLFormElement, title: string, fields: Record<string, string>): void {
  for (const [name, sentence] of Object.entries(fields)) mark(form, name, sentence);
  const list = element('ul', '');
  for (const [name, sentence] of Object.entries(fields)) {
    const line = element('li', '');
    line.append(link(sentence, `#f-${name}`));
    list.append(line);
  }
  const all = notice(summary, 'bad', title, list);
  all.setAttribute('role', 'alert');
  form.before(all);
  all.focus();
}
