import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import tailwind from '@tailwindcss/postcss';
import postcss, { type Rule } from 'postcss';
import { describe, expect, test } from 'vitest';

const tokens = Object.fromEntries(
  [...readFileSync('app/_ui/tokens.css', 'utf8').matchAll(/--color-(\w+): (#[0-9a-f]{6});/g)].map((m) => [
    m[1],
    m[2],
  ]),
) as Record<string, string>;

const folder = 'app/_ui/css';
const sheets = readdirSync(folder).map((name) => ({
  name,
  root: postcss.parse(readFileSync(`${folder}/${name}`)),
}));

/** Relative luminance of #rrggbb as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(tokens[one]!), luminance(tokens[other]!)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const grounds = ['white', 'quartz', 'sand', 'straw', 'lake', 'grass', 'clay'];
const inks = ['ink', 'stone', 'oxide', 'teal', 'azul', 'moss'];

describe('Sabina reads in the sun at 5,000 m', () => {
  test('black on white is the measure: 21 to 1', () => {
    expect((1.05 / (luminance('#000000') + 0.05)).toFixed(1)).toBe('21.0');
  });

  test.each(inks.flatMap((ink) => grounds.map((ground) => [ink, ground])))(
    '%s on %s holds 7:1',
    (ink, ground) => {
      expect(contrast(ink!, ground!)).toBeGreaterThanOrEqual(7);
    },
  );

  test('ink stands on the ochre of the big action, and white on the teal of its button', () => {
    expect(contrast('ink', 'ochre')).toBeGreaterThanOrEqual(7);
    expect(contrast('white', 'teal')).toBeGreaterThanOrEqual(7);
    expect(contrast('white', 'ink')).toBeGreaterThanOrEqual(7);
  });

  test('frames of controls stand out from every ground they lie on by 3:1', () => {
    for (const ground of ['white', 'quartz', 'sand'])
      expect(contrast('rope', ground)).toBeGreaterThanOrEqual(3);
  });

  test('where a rule sets both ground and letters, the two hold 7:1', () => {
    const seen: string[] = [];
    for (const { name, root } of sheets) {
      if (name === 'modes.css') continue;
      root.walkRules((rule) => {
        const ground = token(rule, 'background');
        const ink = token(rule, 'color');
        if (!ground || !ink) return;
        seen.push(rule.selector);
        expect(contrast(ink, ground), `${name} ${rule.selector}`).toBeGreaterThanOrEqual(7);
      });
    }
    expect(seen).toContain('.btn.pri');
  });

  test('every colour is a token, but for the black and white of paper', () => {
    for (const { name, root } of sheets) {
      if (name === 'modes.css') continue;
      expect(root.toString().match(/#(?!0000\b)[0-9a-f]{3,8}\b/gi) ?? [], name).toEqual([]);
      for (const [, used] of root.toString().matchAll(/var\(--color-(\w+)\)/g))
        expect(tokens).toHaveProperty(used!);
    }
  });
});

/** The colour token that a rule gives to a property, if it gives one. */
function token(rule: Rule, property: string): string | undefined {
  let found: string | undefined;
  rule.each((node) => {
    if (node.type === 'decl' && node.prop === property)
      found = node.value.match(/^var\(--color-(\w+)\)$/)?.[1];
  });
  return found;
}

describe('the style sheet of the whole app', () => {
  const compiled = postcss([tailwind({ optimize: { minify: true } })]).process(
    readFileSync('app/globals.css', 'utf8'),
    { from: `${process.cwd()}/app/globals.css` },
  );

  test('weighs at most 7 kB on the wire', async () => {
    const { css } = await compiled;
    expect(css).toContain('.btn');
    expect(brotliCompressSync(css).length).toBeLessThanOrEqual(7 * 1024);
  });

  test('fetches nothing: no font, no picture, no other sheet', async () => {
    expect((await compiled).css).not.toMatch(/url\(|@import|@font-face/);
  });

  test('speaks to those who want less motion, their own colours, or paper', async () => {
    const { css } = await compiled;
    expect(css).toContain('prefers-reduced-motion');
    expect(css).toContain('forced-colors');
    expect(css).toContain('@media print');
  });
});
