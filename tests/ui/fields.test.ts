import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { FileField } from '~/app/_ui/file-field';
import { FormErrors } from '~/app/_ui/form-errors';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';

const html = (element: ReactElement) => renderToStaticMarkup(element);
/** The start tag of the control, as text. */
const tag = (markup: string, name: string) => markup.match(new RegExp(`<${name}\\b[^>]*>`))?.[0] ?? '';

const wrong = { name: 'place', label: 'Lugar', hint: 'El más cercano.', error: 'Elige un lugar.' };
const controls: [string, string, ReactElement][] = [
  ['a line of text', 'input', createElement(TextField, { ...wrong, value: 'Ananea' })],
  ['several lines', 'textarea', createElement(TextArea, { ...wrong, value: 'Ananea' })],
  ['a list', 'select', createElement(Select, { ...wrong, options: [{ value: 'a', label: 'Ananea' }] })],
  ['a file', 'input', createElement(FileField, wrong)],
];

describe.each(controls)('%s that Sabina left wrong', (_, name, element) => {
  const markup = html(element);
  const control = tag(markup, name);

  test('has its label, and says what is wrong before the hint', () => {
    expect(markup).toContain('for="f-place"');
    expect(control).toContain('id="f-place"');
    expect(control).toContain('name="place"');
    expect(control).toContain('aria-describedby="f-place-e f-place-h"');
    expect(control).toContain('aria-invalid="true"');
  });

  test('shows the sentence above the control, with a sign', () => {
    expect(markup.indexOf('Elige un lugar.')).toBeLessThan(markup.indexOf(control));
    expect(markup).toMatch(/<p class="err" id="f-place-e"><svg[^>]*aria-hidden="true".*Elige un lugar\./);
  });
});

describe('a field that is right', () => {
  test('carries no error marks, and what Sabina typed is still there', () => {
    const markup = html(
      createElement(TextField, { name: 'title', label: 'Título', value: 'Agua "turbia" <ya>' }),
    );
    expect(tag(markup, 'input')).toContain('value="Agua &quot;turbia&quot; &lt;ya&gt;"');
    expect(markup).not.toMatch(/aria-invalid|aria-describedby|class="err"/);
  });

  test('a long text is neither cut nor lost: the limit is said, not forced', () => {
    const value = 'a'.repeat(2500);
    const markup = html(
      createElement(TextArea, {
        name: 'text',
        label: 'Texto',
        value,
        limit: { max: 2000, words: 'Caben 2000.' },
      }),
    );
    expect(markup).toContain(value);
    expect(markup).not.toMatch(/maxlength/i);
    expect(tag(markup, 'textarea')).toContain('aria-describedby="f-text-n"');
    expect(markup).toContain('<p class="hint" id="f-text-n">Caben 2000.</p>');
  });

  test('a password never comes back in the page', () => {
    const markup = html(
      createElement(TextField, { name: 'p', label: 'Clave', kind: 'password', value: 'oro-y-agua' }),
    );
    expect(markup).not.toContain('oro-y-agua');
  });

  test('an optional field says so in words', () => {
    expect(html(createElement(TextField, { name: 't', label: 'Título', optional: 'si quieres' }))).toContain(
      '(si quieres)',
    );
  });
});

describe('choices', () => {
  const options = [
    { value: 'yes', label: 'Sí', meaning: 'Queda como está.' },
    { value: 'no', label: 'No', meaning: 'Vuelve a la mesa.' },
  ];

  test('Rufino chose no, and no alone stays chosen', () => {
    const markup = html(
      createElement(RadioGroup, { name: 'v', label: '¿Qué dices?', value: 'no', required: true, options }),
    );
    const chosen = markup.match(/<input[^>]*checked=""[^>]*>/g) ?? [];
    expect(chosen).toHaveLength(1);
    expect(chosen[0]).toContain('value="no"');
    expect(markup).toMatch(/<fieldset[^>]*role="radiogroup"[^>]*aria-required="true"/);
    expect(markup).toMatch(/<legend[^>]*>¿Qué dices\?<\/legend>/);
  });

  test('each card holds its meaning inside its label', () => {
    const markup = html(createElement(RadioGroup, { name: 'v', label: '¿Qué dices?', options }));
    expect(markup.match(/<label class="opt">.*?<\/label>/g)).toHaveLength(2);
    expect(markup).toMatch(/<label class="opt">.*?Sí.*?Queda como está\..*?<\/label>/);
  });

  test('Elvira ticked two of three; both stay, and the group says what is wrong', () => {
    const markup = html(
      createElement(CheckboxGroup, {
        name: 'areas',
        label: 'Temas',
        error: 'Elige hasta uno.',
        value: ['a', 'c'],
        options: ['a', 'b', 'c'].map((value) => ({ value, label: value })),
      }),
    );
    expect(markup.match(/checked=""/g)).toHaveLength(2);
    expect(markup.match(/aria-invalid="true"/g)).toHaveLength(3);
    expect(tag(markup, 'fieldset')).toContain('aria-describedby="f-areas-e"');
  });

  test('the first choice carries the id that the list of errors leads to', () => {
    const errors = [{ name: 'v', message: 'Elige una.' }];
    const list = html(createElement(FormErrors, { title: 'Falta algo', errors }));
    const group = html(createElement(RadioGroup, { name: 'v', label: '¿Qué dices?', options }));
    expect(list).toContain('href="#f-v"');
    expect(group.match(/id="f-v"/g)).toHaveLength(1);
  });
});

describe('the list of errors', () => {
  test('takes the focus when the page opens, without a script', () => {
    const markup = html(
      createElement(FormErrors, { title: 'Falta algo', errors: [{ name: 'a', message: 'Escribe.' }] }),
    );
    expect(tag(markup, 'div')).toMatch(/role="alert".*tabindex="-1".*autofocus=""/i);
  });

  test('says one error once, and it still leads to its field', () => {
    const once = 'No conocemos este código.';
    const markup = html(
      createElement(FormErrors, { title: once, errors: [{ name: 'code', message: once }] }),
    );
    expect(markup.split(once)).toHaveLength(2);
    expect(markup).toContain('href="#f-code"');
  });

  test('is not there when nothing is wrong', () => {
    expect(html(createElement(FormErrors, { title: 'Falta algo', errors: [] }))).toBe('');
  });
});

describe('a button', () => {
  test('with an address is a link', () => {
    expect(html(createElement(Button, { href: '/documento' }, 'Leer'))).toBe(
      '<a class="btn pri" href="/documento">Leer</a>',
    );
  });

  test('without one it submits, and says which one was pressed', () => {
    const button = tag(
      html(createElement(Button, { kind: 'quiet', name: 'back', value: '1' }, 'Volver')),
      'button',
    );
    for (const part of ['type="submit"', 'name="back"', 'value="1"']) expect(button).toContain(part);
  });
});
