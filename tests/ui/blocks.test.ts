import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Bars } from '~/app/_ui/bars';
import { Changed } from '~/app/_ui/changed';
import { DefinitionList } from '~/app/_ui/definition-list';
import { Notice } from '~/app/_ui/notice';
import { Pager } from '~/app/_ui/pager';
import { ProgressBar } from '~/app/_ui/progress-bar';
import { QuickExit } from '~/app/_ui/quick-exit';
import { Seal } from '~/app/_ui/seal';
import { Shell } from '~/app/_ui/shell';
import { type State, StatePill } from '~/app/_ui/state-pill';
import { Steps } from '~/app/_ui/steps';
import { Table } from '~/app/_ui/table';

const html = (element: ReactElement) => renderToStaticMarkup(element);
const text = (markup: string) => markup.replace(/<[^>]+>/g, '');

describe('the frame', () => {
  const exit = createElement(QuickExit, { href: '/salir', label: 'Salir' });
  const markup = html(
    createElement(Shell, { name: 'Foro', skip: 'Ir al contenido', exit, demo: 'Muestra' }, 'Hola'),
  );

  test('lets a keyboard jump over it first of all', () => {
    expect(markup.startsWith('<a class="skip" href="#main">')).toBe(true);
    expect(markup).toMatch(/<main[^>]*id="main"[^>]*>Hola<\/main>/);
  });

  test('keeps the way out above the line that may come and go, so that it never moves', () => {
    expect(markup.indexOf('href="/salir"')).toBeLessThan(markup.indexOf('Muestra'));
  });
});

describe('Ysabel pages through the register', () => {
  const pager = (page: number, pages: number) =>
    html(
      createElement(Pager, {
        label: 'Páginas',
        page,
        pages,
        href: (n: number) => `/lista?pagina=${n}`,
        previous: 'Anterior',
        next: 'Siguiente',
        position: `Página ${page} de ${pages}`,
      }),
    );

  test('from the first page only forwards, from the last only backwards', () => {
    expect(pager(1, 3).match(/href="[^"]*"/g)).toEqual(['href="/lista?pagina=2"']);
    expect(pager(2, 3).match(/href="[^"]*"/g)).toEqual(['href="/lista?pagina=1"', 'href="/lista?pagina=3"']);
    expect(pager(3, 3).match(/href="[^"]*"/g)).toEqual(['href="/lista?pagina=2"']);
  });

  test('one page needs no pager', () => {
    expect(pager(1, 1)).toBe('');
  });

  test('on a phone each cell still says its column', () => {
    const columns = [{ label: 'Nombre' }, { label: 'Base' }, { label: 'Años', numeric: true }];
    const markup = html(
      createElement(Table, {
        caption: 'Padrón',
        columns,
        rows: [{ key: '1', cells: ['Elvira', 'Secocha', 12] }],
      }),
    );
    expect(markup).toContain('<th scope="row">Elvira</th>');
    expect(markup).toContain('<td data-l="Base">Secocha</td>');
    expect(markup).toContain('<td data-l="Años" class="n">12</td>');
  });
});

describe('a tally', () => {
  const widths = (rows: { label: string; value: number; text: string }[], max?: number) =>
    [...html(createElement(Bars, { label: 'Votos', rows, max })).matchAll(/width="([^"]+)"/g)].map(
      (m) => m[1],
    );
  const row = (label: string, value: number) => ({ label, value, text: `${value} votos` });

  test('is drawn to the largest, or to the whole that is given', () => {
    expect(widths([row('Sí', 40), row('No', 10)])).toEqual(['100%', '25%']);
    expect(widths([row('Sí', 40), row('No', 10)], 60)).toEqual(['66.7%', '16.7%']);
  });

  test('without a single vote draws nothing and does not divide by it', () => {
    expect(widths([row('Sí', 0), row('No', 0)])).toEqual(['0%', '0%']);
    expect(widths([row('Sí', 0)], 0)).toEqual(['0%']);
  });

  test('says its numbers in words beside the bars', () => {
    expect(text(html(createElement(Bars, { label: 'Votos', rows: [row('Sí', 40)] })))).toBe('Sí40 votos');
  });
});

describe('nothing speaks by colour alone', () => {
  const states: State[] = ['open', 'moving', 'done', 'refused', 'late', 'closed'];
  const tones = ['info', 'success', 'warning', 'error'] as const;

  test('each state has a shape of its own', () => {
    const shapes = states.map(
      (state) => html(createElement(StatePill, { state }, 'x')).match(/<svg.*<\/svg>/)?.[0],
    );
    expect(new Set(shapes).size).toBe(states.length);
  });

  test('each notice has a sign of its own and its word', () => {
    const notices = tones.map((tone) => html(createElement(Notice, { tone, word: 'Recibido' }, 'Gracias.')));
    expect(new Set(notices.map((notice) => notice.match(/<svg.*<\/svg>/)?.[0])).size).toBe(tones.length);
    for (const notice of notices) expect(notice).toContain('<b>Recibido</b>Gracias.');
  });
});

describe('small things', () => {
  test('a seal copied from the page has no gaps', () => {
    const hash = '3fa91bc277d0e1185a6b0c9d2e4f71833fa91bc277d0e1185a6b0c9d2e4f7183';
    const codes = [...html(createElement(Seal, { label: 'Sello', hash })).matchAll(/<code.*?<\/code>/g)];
    expect(codes.map(([code]) => text(code))).toEqual([hash.slice(0, 16), hash]);
  });

  test('a fact nobody knows is left out, a zero is not', () => {
    const items = [
      { term: 'Lugar', value: undefined },
      { term: 'Votos', value: 0 },
    ];
    expect(text(html(createElement(DefinitionList, { items })))).toBe('Votos0');
  });

  test('progress says itself to those who listen', () => {
    const bar = createElement(ProgressBar, {
      label: 'Leyendo',
      value: 120,
      max: 300,
      text: '120 de 300 filas',
    });
    expect(html(bar)).toMatch(
      /<progress aria-label="Leyendo" aria-valuetext="120 de 300 filas" value="120" max="300"/,
    );
  });

  test('a form of several pages marks the one Sabina is on', () => {
    const names = ['Tema', 'Lugar', 'Revisar'];
    const markup = html(
      createElement(Steps, { label: 'Avance', position: 'Paso 2 de 3', names, current: 1 }),
    );
    expect(markup.match(/<li[^>]*>/g)).toEqual(['<li class="past">', '<li aria-current="step">', '<li>']);
    expect(text(markup)).toContain('Paso 2 de 3: Lugar');
  });
});

describe('Sabina reads what changed', () => {
  const words = { out: 'se quita:', in: 'se pone:', end: 'fin de párrafo' };
  const changed = (...pieces: { kind: 'same' | 'in'; text: string }[]) =>
    html(createElement(Changed, { pieces, words }));

  test('a paragraph that is all new ends without a sign, and ears hear where', () => {
    const markup = changed({ kind: 'in', text: 'Vender juntas.\n' });
    expect(markup).not.toContain('¶');
    expect(markup).toContain('fin de párrafo');
  });

  test('a paragraph that was cut in two shows where', () => {
    expect(changed({ kind: 'same', text: 'Vender' }, { kind: 'in', text: '\n' })).toContain('¶');
  });
});
