import { router } from '../act';
import { open } from './queries';

export const releasesRouter = router({ open });
