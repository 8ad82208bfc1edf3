import { route } from '../_leaves/answer';

/** `GET /api/open/document.xml`: the version in force as Akoma Ntoso 3.0. */
export const GET = route('xml');
