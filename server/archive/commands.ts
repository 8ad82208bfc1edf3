import type { DbOrTx } from '~/db/client';
import { addJob, addJobOnce } from '../jobs';

export const archiveKind = 'archive.make';

/** Sees to it that there is an archive soon after the start, and a new one each day. */
export const planArchive = (db: DbOrTx) => addJobOnce(db, archiveKind, {}, new Date(Date.now() + 60_000));

/** Asks for a new one now, as when a version has been frozen. */
export const renewArchive = (tx: DbOrTx) => addJob(tx, archiveKind, {});
