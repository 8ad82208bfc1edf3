import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns';
import { persons } from './people';

/**
 * Up to which notice she has seen hers: the moment of that notice, never of her looking. The notices themselves stand
 * nowhere: they follow from the rolls and the decisions (docs/decisions/103).
 */
export const noticeMarks = pgTable('notice_marks', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => persons.id),
  upTo: moment('up_to').notNull(),
});
