import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { install } from './debian';

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

// Its own switches hold --single-process, under which a second person's window crashes; these are ours.
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Its own list of fonts names a folder that is not ours, and without one font a page ends at its first letter. */
function fontsOf(folder: string): string {
  const file = join(folder, 'fonts.conf');
  const folders = [join(folder, 'fonts'), '/usr/share/fonts'].map((path) => `<dir>${path}</dir>`).join('');
  const cache = `<cachedir>${join(folder, 'fonts-cache')}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?>\n<fontconfig>${folders}${cache}</fontconfig>\n`);
  return file;
}

/** The packaged browser for Linux x64; unpacks once into a folder of our own. */
async function packaged(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = join(tmpdir(), `frente-unido-chromium-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true });
  // It brings its own NSS and expat only where it believes itself in a certain cloud, and unpacks into TMPDIR.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: bundled } = await import('@sparticuz/chromium');
    const path = await bundled.executablePath();
    process.env.FONTCONFIG_FILE = fontsOf(folder);
    return path;
  } catch {
    return null;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function installed(): string | null {
  install('chromium');
  return known.find((path) => existsSync(path)) ?? null;
}

let found: string | undefined;
let said = false;

/**
 * Where Chromium is: CHROMIUM_PATH, the system's, else Debian's is installed where one may, else the package's.
 * The package's is a shell whose workers know nothing of a network that is away: a whole browser comes first.
 * @throws Error with one sentence when none can be had.
 */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  found ??= given || known.find((path) => existsSync(path)) || installed() || (await packaged()) || undefined;
  if (!found) throw new Error('No Chromium was found and none could be installed: set CHROMIUM_PATH.');
  if (!said) console.info(`The browser is ${found}`);
  said = true;
  return found;
}

/** A real browser; each person gets a context of her own. @param more switches that one story needs */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: [...switches, ...more] });
}

/** The same with a profile on the disk, as a phone has one: what it keeps lies in `folder` after it is closed. */
export async function launchProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath: await findChromium(),
    args: switches,
    viewport: { width: 360, height: 740 },
    locale: 'es-PE',
  });
}
