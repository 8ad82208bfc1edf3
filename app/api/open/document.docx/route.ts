import { route } from '../_leaves/answer';

/** `GET /api/open/document.docx`: the version in force, for a word processor. */
export const GET = route('docx');
