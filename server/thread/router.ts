import { router } from '../act';
import { citing, ofConcern, ofVersionArticle } from './queries';

export const threadRouter = router({ citing, ofConcern, ofVersionArticle });
