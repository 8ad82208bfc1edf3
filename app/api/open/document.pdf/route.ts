import { route } from '../_leaves/answer';

/** `GET /api/open/document.pdf`: the version in force, on A4 paper. */
export const GET = route('pdf');
