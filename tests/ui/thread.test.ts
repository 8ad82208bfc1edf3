import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { Thread, type ThreadStep } from '~/app/_ui/thread';

/** Sabina's concern about the water: taken up in two articles, in a ballot now, not answered yet. */
const steps: ThreadStep[] = [
  {
    key: 'concern',
    drawing: createElement(StepDrawing, { name: 'concern' }),
    name: 'Planteamiento',
    state: 'done',
    stateWord: 'recibido',
    items: [{ href: '/planteamientos/1', title: 'El relave baja al bofedal', line: 'Ananea' }],
    more: { href: '/planteamientos/1/parecidos', label: '+3', spoken: 'Tres planteamientos parecidos' },
  },
  {
    key: 'article',
    drawing: null,
    name: 'Artículo',
    state: 'done',
    stateWord: 'hecho',
    items: [
      { href: '/articulo/12', title: 'Art. 12' },
      { href: '/articulo/13', title: 'Art. 13' },
    ],
  },
  {
    key: 'ballot',
    drawing: null,
    name: 'Votación',
    state: 'current',
    stateWord: 'ahora',
    items: [{ href: '/votaciones/2', title: 'Cierra el viernes' }],
  },
  {
    key: 'response',
    drawing: null,
    name: 'Respuesta',
    state: 'pending',
    stateWord: 'falta',
    line: 'En 30 días.',
  },
];
const markup = renderToStaticMarkup(createElement(Thread, { label: 'El hilo', steps }));
const knots = markup.match(/<li.*?<\/li>/g) ?? [];

describe('the thread of Sabina’s concern', () => {
  test('is one ordered list with a name', () => {
    expect(markup).toMatch(/<ol aria-label="El hilo">/);
    expect(knots).toHaveLength(4);
  });

  test('keeps the order in which things happen', () => {
    const places = steps.map((step) => markup.indexOf(step.name));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  test('leads to every thing on it, once', () => {
    const hrefs = [...markup.matchAll(/href="([^"]+)"/g)].map((m) => m[1]);
    expect(hrefs).toEqual([
      '/planteamientos/1',
      '/planteamientos/1/parecidos',
      '/articulo/12',
      '/articulo/13',
      '/votaciones/2',
    ]);
  });

  test('says each state in a word, and marks where it stands now', () => {
    for (const [i, step] of steps.entries()) expect(knots[i]).toContain(step.stateWord);
    expect(knots.map((knot) => knot.includes('aria-current="step"'))).toEqual([false, false, true, false]);
  });

  test('reads the short link in full to those who listen', () => {
    expect(knots[0]).toContain('aria-label="Tres planteamientos parecidos">+3</a>');
  });

  test('says what will happen where nothing has yet', () => {
    expect(knots[3]).toContain('En 30 días.');
    expect(knots[3]).not.toContain('<a ');
  });
});
