import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { rooms } from '~/db/schema/rooms';
import { hashHex } from '~/server/rooms/rules/orders';

/** A room as the server knows it, with what opens its door. */
export type Door = { id: string; access: Uint8Array };

/** One PostgreSQL for all who write to one, writing as safely as in real life. */
export async function layGround() {
  const dataDir = mkdtempSync(join(tmpdir(), 'frente-unido-rooms-'));
  chmodSync(dataDir, 0o711);
  const embedded = await startEmbedded({ dataDir });
  await migrate(embedded.url);
  setDatabaseUrl(embedded.url);
  const db = database();
  await db.$client`create table bench_frames (seq bigserial primary key, room text not null, bytes bytea not null)`;
  return {
    db,
    env: { DATABASE_URL: embedded.url, DATA_DIR: dataDir },
    /** Rooms that were founded some time ago; what is in them the server could not read anyway. */
    async doors(count: number): Promise<Door[]> {
      const doors = Array.from({ length: count }, () => ({
        id: randomBytes(16).toString('hex'),
        access: new Uint8Array(randomBytes(32)),
      }));
      const hex = () => randomBytes(32).toString('hex');
      await db.insert(rooms).values(
        doors.map(({ id, access }) => ({
          ...{ id, access: hashHex(access), epoch: 1, turn: 0, lastSeq: 0, bytes: 0 },
          ...{ stewards: [hex(), hex(), hex()], tree: hex(), count: hex() },
        })),
      );
      return doors;
    },
    async remove() {
      await closeDatabase();
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
export type Ground = Awaited<ReturnType<typeof layGround>>;
