import { router } from '../act';
import { comment, hide, keep, report, reword, withdraw } from './commands';
import { atArticle, desk, ofArticle, place } from './queries';

export const commentsRouter = router({
  comment,
  reword,
  withdraw,
  report,
  hide,
  keep,
  atArticle,
  ofArticle,
  one: place,
  desk,
});
