import fc from 'fast-check';
import { endBoxes, openBoxes, openTab } from '~/tests/support/box';
import { believes, spoil, spoilt } from '~/tests/support/box-frames';
import { megabytes, withDatabase } from '~/tests/support/soak';
import { bytesOf } from '~/tests/support/three';
import { usedRoom } from '~/tests/support/used-room';

// npm run soak -- box-frames [N] [SEED]: what no honest phone sends, to the blind rooms; they stand, and nobody believes it.
const [frames = 100_000, seed = 1] = process.argv.slice(2).map(Number);
await withDatabase(async ({ db }) => {
  const { ask, post, socketUrl } = await openBoxes(db);
  const said: Uint8Array[] = [];
  const listening = (body: Uint8Array) => {
    said.push(body);
    return ask(body);
  };
  const rooms = [await usedRoom(listening), await usedRoom(listening)];
  const everybody = rooms.flatMap(({ sessions }) => [...sessions]);
  const before = JSON.stringify(everybody.map(believes));
  const told = { kept: 0, nothing: 0, pages: 0, other: 0 };
  let done = 0;
  while (done < frames) {
    const hows = fc.sample(spoilt, { numRuns: 500, seed: seed + done });
    for (const how of hows) {
      // Most of them are told nothing new by a full room: it is used as it is.
      const { bytes, status } = await post(spoil(how, said, rooms[how.bit % 2]!.sessions[0].access()));
      if (status !== 200) told.other++;
      else if (bytes.length !== 64) told.pages++;
      else if (bytes.some((byte) => byte !== 0)) told.kept++;
      else told.nothing++;
      if (++done % 10_000 === 0) console.info(`${done} sent, ${megabytes()} MB, ${JSON.stringify(told)}`);
      if (done === frames) break;
    }
    const tab = await openTab(socketUrl, spoil({ ...hows[0]!, how: 'cut' }, said, new Uint8Array(32)));
    await tab.closed;
  }
  for (const session of everybody) await session.catchUp();
  const same = JSON.stringify(everybody.map(believes)) === before;
  const alive = (await rooms[0]!.sessions[1].say('words', bytesOf('seguimos'))) !== null;
  console.info(
    `${done} sent: ${JSON.stringify(told)}; believed as before: ${same}; the room goes on: ${alive}`,
  );
  await endBoxes();
  if (told.other > 0 || !same || !alive) process.exitCode = 1;
});
