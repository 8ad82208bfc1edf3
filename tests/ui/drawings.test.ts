import { readdirSync, readFileSync } from 'node:fs';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { AreaDrawing, areaSlugs } from '~/app/_ui/drawings/area-drawing';
import { Logo } from '~/app/_ui/drawings/logo';
import { StepDrawing, stepNames } from '~/app/_ui/drawings/step-drawing';
import { Icon, iconNames } from '~/app/_ui/icon';
import { areas } from '~/db/reference/areas';

const html = (element: ReactElement) => renderToStaticMarkup(element);
const drawings: [name: string, markup: string][] = [
  ['logo', html(createElement(Logo))],
  ...areaSlugs.map((slug): [string, string] => [slug, html(createElement(AreaDrawing, { slug }))]),
  ...stepNames.map((name): [string, string] => [name, html(createElement(StepDrawing, { name }))]),
];

describe.each(drawings)('the drawing %s', (_, markup) => {
  test('weighs at most 700 bytes', () => {
    expect(Buffer.byteLength(markup)).toBeLessThanOrEqual(700);
    expect(markup).toMatch(/<(path|circle|ellipse)/);
  });

  test('is silent, and takes its colours from the tokens', () => {
    expect(markup).toContain('aria-hidden="true"');
    expect(markup).not.toMatch(/fill=|stroke=|style=|#[0-9a-f]{3}/i);
  });
});

describe('the drawings as a whole', () => {
  test('there is one for every area of concern', () => {
    expect([...areaSlugs].sort()).toEqual(areas.map((area) => area.slug).sort());
  });

  test('no two are the same', () => {
    expect(new Set(drawings.map(([, markup]) => markup)).size).toBe(drawings.length);
  });

  test('an area without one shows nothing in its place', () => {
    expect(html(createElement(AreaDrawing, { slug: 'toString' }))).toBe('');
  });

  test('with a title it speaks', () => {
    const markup = html(createElement(StepDrawing, { name: 'yes', title: 'A favor' }));
    expect(markup).toContain('role="img" aria-label="A favor"');
    expect(markup).not.toContain('aria-hidden');
  });

  test('every sign is drawn', () => {
    for (const name of iconNames)
      expect(html(createElement(Icon, { name })), name).toMatch(/<(path|circle|rect|line)/);
  });
});

describe('the kit is for light pages', () => {
  const files = readdirSync('app/_ui', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );

  test.each(files)(
    '%s runs on the server alone, and holds no style that a strict policy would refuse',
    (file) => {
      const source = readFileSync(`app/_ui/${file}`, 'utf8');
      expect(source).not.toMatch(
        /['"]use client['"]|\bon[A-Z]\w*=|\bstyle=|\buse(State|Effect|Ref)\b|next\/link/,
      );
      expect(source).not.toMatch(/from '~\/(server|db)/);
    },
  );
});
