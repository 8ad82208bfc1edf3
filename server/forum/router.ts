import { router } from '../act';
import { face } from './queries';

export const forumFace = router({ face });
