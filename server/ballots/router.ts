import { router } from '../act';
import { annul, close, confirmUrgency, drop, open, prepare } from './commands/ballot';
import { cast } from './commands/cast';
import { detail, list, mine, questions, versionsToVote } from './queries/face';
import { published, result, roll, trackers } from './queries/result';

export const ballotsRouter = router({
  list,
  detail,
  questions,
  mine,
  versionsToVote,
  result,
  roll,
  trackers,
  published,
  prepare,
  confirmUrgency,
  drop,
  open,
  cast,
  close,
  annul,
});
