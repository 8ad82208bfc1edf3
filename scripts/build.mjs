// Builds the forum: the light script, Next's pages, the server; compresses what is served as files.
// The server is bundled by esbuild, because Next's standalone output cannot be combined with our own server.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import './mend.mjs';

process.env.NEXT_TELEMETRY_DISABLED = '1';
const dist = process.env.NEXT_DIST_DIR ?? '.next';
const started = Date.now();

/** Of which entry each light script is made, by the name that server/http/statics.ts knows it by. */
const lightEntries = {
  script: 'light',
  keyring: 'keyring',
  vote: 'vote',
  sheet: 'without-signal',
  waiting: 'waiting',
  booth: 'booth',
};

/** The script of the light pages, and those of the few pages that have one of their own; named by their content. */
async function lightScripts() {
  const { outputFiles } = await build({
    entryPoints: Object.values(lightEntries).map((name) => `app/_light/${name}.ts`),
    outdir: 'public',
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['chrome73', 'firefox78', 'safari14.1'],
    write: false,
  });
  mkdirSync('public', { recursive: true });
  for (const name of readdirSync('public')) if (/^light\..*\.js/.test(name)) rmSync(join('public', name));
  const named = {};
  for (const [as, entry] of Object.entries(lightEntries)) {
    const bytes = outputFiles.find(({ path }) => path.endsWith(`/${entry}.js`)).contents;
    named[as] = `/light.${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.js`;
    writeFileSync(join('public', named[as]), bytes);
  }
  return named;
}

/** The frame of the clave de palabras: a page, a script with every drawing in it, and a style, named by their content. */
async function keyringFrame() {
  const { outputFiles } = await build({
    entryPoints: ['app/_keyring/frame/frame.ts', 'app/_keyring/frame/frame.css'],
    outdir: 'public',
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['chrome73', 'firefox78', 'safari14.1'],
    write: false,
  });
  for (const name of readdirSync('public')) if (/^clave\./.test(name)) rmSync(join('public', name));
  const [script, style] = ['.js', '.css'].map((end) => {
    const bytes = outputFiles.find(({ path }) => path.endsWith(end)).contents;
    const path = `/clave.${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}${end}`;
    writeFileSync(join('public', path), bytes);
    return path;
  });
  // The rooms' script, once for each language: the frame asks for it when a room is opened.
  const rooms = await build({
    entryPoints: ['app/_room/frame/es.ts', 'app/_room/frame/en.ts'],
    outdir: 'public',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome73', 'firefox78', 'safari14.1'],
    write: false,
  });
  const data = rooms.outputFiles.map(({ path, contents }) => {
    const name = `/clave.${createHash('sha256').update(contents).digest('hex').slice(0, 12)}.js`;
    writeFileSync(join('public', name), contents);
    return `data-${path.endsWith('es.js') ? 'es' : 'en'}="${name}"`;
  });
  writeFileSync(
    'public/clave.html',
    `<!doctype html><html lang="es"><meta charset="utf-8"><title>Frente Unido</title>` +
      `<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="${style}">` +
      `<main id="screen"></main><script src="${script}" ${data.join(' ')}></script></html>\n`,
  );
}

function compressed(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) compressed(path);
    else if (/\.(js|css|json|svg|webmanifest|txt)$/.test(entry.name) && statSync(path).size > 512) {
      const bytes = readFileSync(path);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
      writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    }
  }
}

await keyringFrame();
const scripts = await lightScripts();
const next = spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
  stdio: ['ignore', process.env.QUIET_BUILD ? 'ignore' : 'inherit', 'inherit'],
  env: { ...process.env, NODE_ENV: 'production' },
});
if (next.status !== 0) process.exit(next.status ?? 1);
writeFileSync(join(dist, 'light.json'), JSON.stringify(scripts));
await build({
  // What only the demo needs lies in files of its own, which a real forum never opens.
  entryPoints: {
    server: 'server/boot.ts',
    cards: 'db/demo/cards.ts',
    'fold-worker': 'server/realtime/fold-worker.ts',
    'leaf-worker': 'server/document/rules/leaf-worker.ts',
  },
  splitting: true,
  outdir: join(dist, 'forum'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
});
compressed(join(dist, 'static'));
compressed('public');
// What tells scripts/start.mjs that this build is of these sources.
writeFileSync(join(dist, 'built.json'), JSON.stringify({ at: started }));
console.info(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
