import { router } from '../act';
import { close, create, editByForm, releaseConcern, reopen, retitle, takeUpConcern } from './commands';
import { answerComment, comment, removeComment, reopenComment, resolveComment } from './commands/comments';
import { erase } from './commands/erasing';
import { acceptSuggestion, rejectSuggestion, suggest, withdrawSuggestion } from './commands/suggestions';
import { nameVersion, removeVersion } from './commands/versions';
import { authorship } from './queries/authorship';
import { comments } from './queries/comments';
import { detail } from './queries/detail';
import { erasures } from './queries/erasures';
import { candidates, homes, list, mine, ofSpace } from './queries/lists';
import { passage } from './queries/passage';
import { suggestions } from './queries/suggestions';
import { comparison, version, versions } from './queries/versions';

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
  passage,
  suggest,
  acceptSuggestion,
  rejectSuggestion,
  withdrawSuggestion,
  suggestions,
  comment,
  answerComment,
  resolveComment,
  reopenComment,
  removeComment,
  comments,
  nameVersion,
  removeVersion,
  versions,
  version,
  comparison,
  authorship,
  erase,
  erasures,
});
