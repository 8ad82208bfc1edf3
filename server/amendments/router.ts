import { router } from '../act';
import { back, propose, unback, withdraw } from './commands';
import { accept, reject } from './commands/deciding';
import { toDecide } from './queries/deciding';
import { atArticle, detail, list, names, ofArticle } from './queries/pages';

export const amendmentsRouter = router({
  propose,
  withdraw,
  back,
  unback,
  accept,
  reject,
  list,
  atArticle,
  ofArticle,
  names,
  detail,
  toDecide,
});
