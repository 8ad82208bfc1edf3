import { route } from '../_leaves/answer';

/** `GET /api/open/document.csv`: the version in force as a table, one row an article. */
export const GET = route('csv');
