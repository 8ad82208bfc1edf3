import { reconnects } from '~/tests/support/reconnects';
import { megabytes, withForum } from '~/tests/support/soak';

// npm run soak -- reconnects [N]: what coming back to a text costs when nothing has happened.
const [times = 1000] = process.argv.slice(2).map(Number);
await withForum(async ({ db, place }) => {
  const before = megabytes();
  const end = await reconnects(db, place, times);
  console.info(
    `${times} times each: ${end.byVector} bytes by state vector, ${end.byPlace} by place, both ways together; ${end.gained} rows gained; ${before} MB before, ${megabytes()} after`,
  );
  if (end.gained > 0 || !end.same || end.byPlace > 64) process.exitCode = 1;
});
