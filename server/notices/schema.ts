import { z } from 'zod';
import { nothing, page } from '../input';

export { nothing };
export const list = z.object({ page: page() });
/** The moment of the newest notice that was on the page. */
export const seen = z.object({ upTo: z.iso.datetime() });
