import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from './debian';

/** Whether there is a LibreOffice to try with: the machine's, or Debian's; says it loudly where none can be had. */
export function wordHere(): boolean {
  const found = () => spawnSync('soffice', ['--version']).status === 0;
  if (!found()) install('libreoffice-writer-nogui');
  const there = found();
  if (!there)
    console.warn('\n!!! No LibreOffice on this machine: that it opens our DOCX is NOT TRIED here.\n');
  return there;
}

/** A file opened by LibreOffice and saved by it in another form: «txt:Text (encoded):UTF8», «docx», «pdf». */
export function convertedByWord(bytes: Uint8Array, form: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'word-'));
  try {
    writeFileSync(join(folder, 'documento.docx'), bytes);
    const out = join(folder, 'out');
    const home = `-env:UserInstallation=file://${join(folder, 'home')}`;
    const words = [home, '--headless', '--convert-to', form, '--outdir', out, join(folder, 'documento.docx')];
    const { status, stderr } = spawnSync('soffice', words, { timeout: 120_000 });
    if (status !== 0) throw new Error(`soffice ended with ${status}: ${stderr}`);
    return readFileSync(join(out, readdirSync(out)[0]!));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
