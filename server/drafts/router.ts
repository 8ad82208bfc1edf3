import { router } from '../act';
import { close, create, editByForm, releaseConcern, reopen, retitle, takeUpConcern } from './commands';
import { candidates, detail, homes, list, mine, ofSpace } from './queries';

export const draftsRouter = router({
  create,
  retitle,
  takeUpConcern,
  releaseConcern,
  close,
  reopen,
  editByForm,
  list,
  ofSpace,
  mine,
  homes,
  candidates,
  detail,
});
