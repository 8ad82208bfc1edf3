import { router } from '../act';
import { ask, createOffice, respond, revise } from './commands';
import { desk, forArticle, officeList, request } from './queries';

export const responsesRouter = router({
  createOffice,
  askResponse: ask,
  respond,
  revise,
  forArticle,
  desk,
  request,
  offices: officeList,
});
