import { route } from '../_leaves/answer';

/**
 * `GET /api/open/document.json?v=N`: the bytes of one version, or of the version in force, exactly as they
 * were hashed: the SHA-256 of the answer is the seal that the pages show.
 */
export const GET = route('json');
