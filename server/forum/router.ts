import { router } from '../act';
import { face, home } from './queries';

export const forumFace = router({ face, home });
