import { router } from '../act';
import { citing, ofConcern, ofDraft, ofVersionArticle } from './queries';

export const threadRouter = router({ citing, ofConcern, ofDraft, ofVersionArticle });
