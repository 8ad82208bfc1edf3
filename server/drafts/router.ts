import { router } from '../act';
import { close, create, editByForm, releaseConcern, reopen, retitle, takeUpConcern } from './commands';
import { detail } from './queries/detail';
import { candidates, homes, list, mine, ofSpace } from './queries/lists';

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
