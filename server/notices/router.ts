import { router } from '../act';
import { seen } from './commands';
import { mine, unread } from './queries';

export const noticesRouter = router({ mine, unread, seen });
