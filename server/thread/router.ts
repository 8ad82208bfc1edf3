import { router } from '../act';
import { ofConcern, ofVersionArticle } from './queries';

export const threadRouter = router({ ofConcern, ofVersionArticle });
