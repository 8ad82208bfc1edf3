import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

// What the editor costs on the wire, counted as the build counts: one file, made small, without React, which the page
// has already. The exchanged modules are those of next.config.ts.
const quiet = (name: string) => `./app/_editor/quiet/${name}.ts`;

async function bytesOf(code: string, alone: readonly string[] = []): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome111'],
    conditions: ['production', 'browser'],
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: {
      '~': process.cwd(),
      'lib0/logging': quiet('logging'),
      'lib0/buffer': quiet('buffer'),
      'lib0/broadcastchannel': quiet('broadcastchannel'),
    },
    external: ['react', 'react/jsx-runtime', ...alone],
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}
const kB = 1024;

describe('the editor', () => {
  const ground =
    "export * from './app/_editor/rescue'; export { put } from './server/drafts/rules/edits'; export { Doc, UndoManager, applyUpdate } from 'yjs';";

  it('is at most 95 kB with formatting, without the socket', async () => {
    const bytes = await bytesOf(`export * from './app/_editor/rich/rich-text'; ${ground}`);
    const all = await bytesOf(
      "export * from './app/_editor/live-text'; export * from './app/_editor/rich/rich-text';",
    );
    console.info(
      `with formatting: ${(bytes / kB).toFixed(1)} kB; with all that a draft's page brings: ${(all / kB).toFixed(1)} kB`,
    );
    expect(bytes).toBeLessThanOrEqual(95 * kB);
    expect(all).toBeLessThanOrEqual(103 * kB);
  });

  it('is at most 25 kB as a plain field, without the socket', async () => {
    const bytes = await bytesOf(`export * from './app/_editor/binding'; ${ground}`);
    console.info(`the plain field: ${(bytes / kB).toFixed(1)} kB`);
    expect(bytes).toBeLessThanOrEqual(25 * kB);
  });

  it('brings nothing of the one with formatting to who writes plainly', async () => {
    const plain = await bytesOf("export * from './app/_editor/live-text';", ['./rich/*']);
    const rich = await bytesOf("export * from './app/_editor/rich/rich-text';");
    console.info(
      `the plain editor with its socket: ${(plain / kB).toFixed(1)} kB; formatting alone: ${(rich / kB).toFixed(1)} kB`,
    );
    expect(plain).toBeLessThanOrEqual(40 * kB);
  });
});

describe('a page that is read', () => {
  const pages = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? pages(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
    });

  it('asks for no editor: only where one writes is it named, and its parts only behind a press', () => {
    const naming = pages('app')
      .filter((path) => !path.startsWith('app/_editor/'))
      .filter((path) => /from '~\/app\/_editor\/(?!words')/.test(readFileSync(path, 'utf8')))
      .sort();
    expect(naming).toEqual([
      'app/(foro)/borradores/[id]/editar/page.tsx',
      'app/(foro)/consolidar/articulo/[id]/escribir/page.tsx',
    ]);
    const rich = pages('app/_editor')
      .filter((path) => !path.startsWith('app/_editor/rich/'))
      .flatMap((path) => readFileSync(path, 'utf8').match(/^import (?!type).*\.\/rich\/.*$/gm) ?? []);
    expect(rich).toEqual([]);
  });
});
