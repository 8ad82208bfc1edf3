import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Db } from '~/db/client';
import { addJobOnce, type JobHandler } from '../jobs';
import { runtime } from '../runtime';
import { archiveKind } from './commands';
import { type Keep, type KeptVersion, keepVersion } from './jobs/version';
import { everyBoard, everyConcern } from './queries';
import { ballotsPage, hasReceipts } from './rules/ballots';
import { concernPath, concernsPage, perPage, type TakenUp } from './rules/concerns';
import { boardPage, boardPath } from './rules/counts';
import { articlePath, homePage } from './rules/document';
import { style } from './rules/html';
import type { Reader } from './rules/reader';

const everyMs = 24 * 3_600_000;

/** Where the last archive lies. */
export const archiveFile = () => join(runtime().config.dataDir, 'archivo.zip');

/** A zip that is written as it grows; nothing of it stays in memory. */
function zipTo(file: string, at: Date) {
  const out = createWriteStream(file);
  const ended = new Promise<void>((done, failed) => out.once('finish', done).once('error', failed));
  ended.catch(() => {});
  let full = false;
  const zip = new Zip((error, chunk, last) => {
    if (error) return void out.destroy(error);
    full = !out.write(chunk);
    if (last) out.end();
  });
  const keep: Keep = async (path, words) => {
    if (out.destroyed) await ended;
    const entry = new ZipDeflate(path, { level: 6 });
    entry.mtime = at;
    zip.add(entry);
    entry.push(strToU8(words), true);
    // What goes wrong is told with the next page, or at the end.
    if (full) await once(out, 'drain').catch(() => {});
  };
  return {
    keep,
    end: () => {
      zip.end();
      return ended;
    },
    /** Ends when the file is closed: one that is still being opened would come back after it was taken away. */
    drop: async () => {
      if (out.closed) return;
      out.destroy();
      await new Promise<void>((done) => out.once('close', () => done()));
    },
  };
}

async function keepBallots(forum: Reader, keep: Keep) {
  const ballots = await forum.ballots.published();
  await keep('votaciones/index.html', ballotsPage(ballots));
  await keep('datos/votaciones.json', JSON.stringify({ ballots }, null, 1));
  for (const { id } of ballots.filter(hasReceipts)) {
    const trackers: string[] = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
      const found = await forum.ballots.trackers({ id, page });
      trackers.push(...found.trackers);
      pages = found.pages;
    }
    await keep(`datos/comprobantes-${id}.txt`, trackers.map((one) => `${one}\n`).join(''));
  }
  return ballots.length;
}

/**
 * The whole process as static pages and data, in a zip that reads without a server. What is in it is what these
 * procedures tell somebody who is not signed in. It is put in the place of the last one when it is whole.
 */
export async function writeArchive(forum: Reader, file: string, at = new Date()): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  const zip = zipTo(unfinished, at);
  const { keep } = zip;
  try {
    await keep('estilo.css', style);
    const [versions, { list, key }, concerns, boards] = await Promise.all([
      forum.document.versions(),
      forum.document.signed(),
      everyConcern(forum),
      everyBoard(forum),
    ]);
    const placeOf = new Map(
      concerns.map(({ id, number }, i) => [id, { number, path: concernPath(i, number) }]),
    );
    const all: KeptVersion[] = [];
    const taken = new Map<string, TakenUp[]>();
    // The newest first: the version in force.
    for (const [i, version] of versions.entries()) {
      const made = await keepVersion(forum, keep, version, placeOf);
      all.push(made);
      if (i > 0) continue;
      for (const { number, concerns: ids } of made.sealed)
        for (const id of ids)
          taken.set(id, [...(taken.get(id) ?? []), { number, path: articlePath(version.number, number) }]);
    }
    const pages = Math.max(1, Math.ceil(concerns.length / perPage));
    for (let at = 1; at <= pages; at++) {
      const some = concerns.slice((at - 1) * perPage, at * perPage);
      await keep(
        `planteamientos/${at}.html`,
        concernsPage(at, pages, some, (id) => taken.get(id) ?? []),
      );
    }
    const ballots = await keepBallots(forum, keep);
    await keep('datos/planteamientos.json', JSON.stringify({ concerns }, null, 1));
    await keep(
      'datos/respuestas.json',
      JSON.stringify({ answers: all.flatMap((one) => one.answers) }, null, 1),
    );
    await keep(
      'datos/enmiendas.json',
      JSON.stringify({ amendments: all.flatMap((one) => one.amendments) }, null, 1),
    );
    await keep(
      'datos/comentarios.json',
      JSON.stringify({ comments: all.flatMap((one) => one.comments) }, null, 1),
    );
    await keep('datos/tablero.json', JSON.stringify(boards, null, 1));
    await keep(boardPath, boardPage(boards));
    await keep('datos/versiones.json', list);
    await keep('datos/clave.pem', key);
    await keep('index.html', homePage(at, versions, concerns.length, ballots));
    await zip.end();
    await rename(unfinished, file);
  } catch (error) {
    await zip.drop();
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** @param anybody the forum as somebody who is not signed in may use it */
export function archiveJobs(anybody: (db: Db) => Reader): Record<string, JobHandler> {
  return {
    [archiveKind]: async (db, job) => {
      await writeArchive(anybody(db), archiveFile());
      await addJobOnce(db, archiveKind, {}, new Date(Date.now() + everyMs), job.id);
    },
  };
}
