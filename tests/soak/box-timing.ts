import { writeAsk } from '~/server/rooms/rules/wire';
import { endBoxes, foundRoom, openBoxes } from '~/tests/support/box';
import { type Woman, woman } from '~/tests/support/rooms';
import { withDatabase } from '~/tests/support/soak';

// npm run soak -- box-timing [N]: how long the blind rooms take over keys that open nothing, of four classes, one after
// another in turn. A machine that is slow is slow for all of them: their ranks are compared, not their milliseconds.
const [samples = 500] = process.argv.slice(2).map(Number);
// With nothing between them but a cable that is none: 25 points are some hundredths of a millisecond, which no network keeps.
const apartAtMost = 0.25;

/** How often a value of the one is above a value of the other: a half where nothing tells them apart. */
function above(one: number[], other: number[]): number {
  const all = [...one.map((ms) => ({ ms, of: 1 })), ...other.map((ms) => ({ ms, of: 0 }))];
  all.sort((a, b) => a.ms - b.ms);
  const ranks = all.reduce((sum, { of }, at) => sum + of * (at + 1), 0);
  return (ranks - (one.length * (one.length + 1)) / 2) / (one.length * other.length);
}

await withDatabase(async ({ db }) => {
  const { ask } = await openBoxes(db);
  const three = () => ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const removed = await foundRoom(ask, three());
  const old = removed.sessions[0].access();
  await removed.sessions[1].complete(removed.sessions[0].propose([], removed.sessions[1].me));
  const frozen = await foundRoom(ask, three());
  const [luna] = frozen.sessions;
  await luna.give(luna.signed({ kind: 'frozen', by: luna.me, turn: 1 }));
  const keys = {
    unknown: new Uint8Array(32).fill(1),
    wrong: luna.access().map((byte, at) => (at === 31 ? byte ^ 1 : byte)),
    removed: old,
    frozen: luna.access(),
  };
  const names = Object.keys(keys) as (keyof typeof keys)[];
  const nobody = { after: 0, prev: '00'.repeat(32) };
  const proof = [{ by: '11'.repeat(32), bytes: new Uint8Array(64).fill(2) }];
  const asks = {
    read: (access: Uint8Array) => writeAsk({ op: 'read', access, ...nobody, proof: [] }),
    'read, signed': (access: Uint8Array) => writeAsk({ op: 'read', access, ...nobody, proof }),
    send: (access: Uint8Array) =>
      writeAsk({
        op: 'send',
        access,
        frame: { bytes: new Uint8Array(296), erase: '00'.repeat(32), days: 9 },
      }),
  };
  for (const [what, make] of Object.entries(asks)) {
    const took = Object.fromEntries(names.map((name) => [name, [] as number[]]));
    const bodies = Object.fromEntries(names.map((name) => [name, make(keys[name])]));
    for (let n = 0; n < samples + 20; n++)
      // In another order each time, so that none always comes after the same other.
      for (const name of n % 2 ? names : names.toReversed()) {
        const began = performance.now();
        await ask(bodies[name]!);
        if (n >= 20) took[name]!.push(performance.now() - began);
      }
    const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!.toFixed(2);
    for (const name of names) {
      const share = above(took[name]!, took.unknown!);
      const apart = Math.abs(share - 0.5) > apartAtMost;
      console.info(`${what}: ${name} ${median(took[name]!)} ms, above unknown ${(share * 100).toFixed(1)} %`);
      if (apart) process.exitCode = 1;
    }
  }
  await endBoxes();
});
