import '../support/runtime';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GET } from '~/app/api/open/archive.zip/route';
import { jobs } from '~/db/schema/kernel';
import { archiveFile } from '~/server/archive/jobs';
import { jobHandlers } from '~/server/root';
import { testDatabase } from '../support/db';
import { documentWorld, freezing, readyArticle } from '../support/document';

// Which language she reads stands in her request, and here there is none.
vi.mock('~/server/caller', () => ({ words: async () => ({ locale: 'es' }) }));

const test = testDatabase();
afterEach(() => rmSync(archiveFile(), { force: true }));

describe('the archive, for whoever takes it along', () => {
  it('says in words that there is none yet', async () => {
    const answer = await GET();
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ error: expect.stringContaining('Vuelve en unos minutos.') });
  });

  it('is there once the job of a frozen version has been done, and is made again a day later', async () => {
    const world = await documentWorld(test.db);
    await readyArticle(world);
    await (await world.as('emilia')).document.freeze(freezing(0, 'La primera'));
    const [job] = await test.db.select().from(jobs);
    expect(job!.kind).toBe('archive.make');
    await jobHandlers['archive.make']!(test.db, job!, async () => {});
    const answer = await GET();
    expect(answer.headers.get('Content-Type')).toBe('application/zip');
    expect(answer.headers.get('Content-Disposition')).toContain('frente-unido.zip');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get('Content-Length')).toBe(String(bytes.length));
    expect(strFromU8(unzipSync(bytes)['index.html']!)).toContain('La primera');
    const dues = await test.db.select({ due: jobs.runAt }).from(jobs);
    expect(dues.filter(({ due }) => due.getTime() > Date.now() + 23 * 3_600_000)).toHaveLength(1);
  });

  it('comes whole to who is loading it while a new one takes its place', async () => {
    writeFileSync(archiveFile(), 'viejo'.repeat(100_000));
    const answer = await GET();
    writeFileSync(`${archiveFile()}.new`, 'nuevo');
    renameSync(`${archiveFile()}.new`, archiveFile());
    expect(await answer.text()).toBe('viejo'.repeat(100_000));
    expect(await (await GET()).text()).toBe('nuevo');
  });
});
