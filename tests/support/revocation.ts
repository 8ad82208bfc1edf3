import { and, eq } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { spaceRoles } from '~/db/schema/spaces';
import { publish } from '~/server/events';
import { type Place, pause, plainClient, rawSocket, signIn, until } from '~/tests/support/clients';
import { buildDraft } from '~/tests/support/drafts';
import { buildPerson, buildSpace, buildSpaceRole } from '~/tests/support/factories';

/**
 * Again and again Julia's right at a private table ends while Rosa writes there without a pause.
 * @returns how long after the commit her socket was closed or the last byte came, whichever was later, in ms, from
 *   the shortest to the longest; and with which codes it was closed.
 */
export async function revocations(db: Db, place: Place, tries: number) {
  const space = await buildSpace(db, { private: true });
  const [julia, rosa] = [await buildPerson(db), await buildPerson(db)];
  for (const { id } of [julia, rosa]) await buildSpaceRole(db, space.id, id, 'writer');
  const draft = await buildDraft(db, space.id, { text: 'Entre nosotras. ' });
  const room = `draft:${draft.id}`;
  const writer = plainClient(place, room, (await signIn(db, rosa.id)).cookie);
  await writer.synced();
  const { cookie } = await signIn(db, julia.id);
  const hers = and(eq(spaceRoles.personId, julia.id), eq(spaceRoles.spaceId, space.id));
  const took: number[] = [];
  const codes = new Set<number>();
  const stream = setInterval(() => {
    writer.text.delete(0, writer.text.length);
    writer.text.insert(0, `${performance.now()}`);
  }, 3);
  try {
    for (let i = 0; i < tries; i++) {
      const socket = rawSocket(place, room, cookie);
      await socket.admitted();
      let last = 0;
      socket.ws.on('message', () => {
        last = performance.now();
      });
      const had = socket.frames.length;
      await until('she hears the other write', () => socket.frames.length > had, 30_000);
      await pause(5);
      await db.update(spaceRoles).set({ endedAt: new Date() }).where(hers);
      const committed = performance.now();
      publish({ type: 'access.person.changed', personIds: [julia.id] });
      codes.add((await socket.end).code);
      took.push(Math.max(last - committed, performance.now() - committed));
      await db.update(spaceRoles).set({ endedAt: null }).where(hers);
    }
  } finally {
    clearInterval(stream);
  }
  return { took: took.sort((a, b) => a - b), codes: [...codes] };
}

/** `took` in the words of a report. */
export function percentiles(took: readonly number[]): string {
  const at = (share: number) => took[Math.ceil(share * took.length) - 1]!.toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms, of ${took.length} tries`;
}
