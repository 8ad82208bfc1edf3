import { forum } from '~/db/schema/kernel';
import { query } from '../act';
import { nothing } from '../input';
import { anyone } from '../rule';

/** The forum's name and whether it is the demo; null name until it has been set up. */
export const face = query({
  action: 'forum.face',
  rule: anyone,
  input: nothing,
  load: async (db) =>
    (await db.select({ name: forum.name, demo: forum.demo }).from(forum))[0] ?? { name: null, demo: false },
  present: (row) => row,
});
