import { router } from '../act';
import { again } from './commands/again';
import { annul, close, confirmUrgency, drop, open, prepare } from './commands/ballot';
import { cast } from './commands/cast';
import { countMe } from './commands/count-me';
import { countUrn, handPaper, nameTeller, setUrnAside, takePaperBack } from './commands/urns';
import { archive } from './queries/archive';
import { counting, detail, list, mine, questions, versionsToVote } from './queries/face';
import { published, result, roll, trackers } from './queries/result';
import { table } from './queries/table';
import { findTracker } from './queries/tracker';

export const ballotsRouter = router({
  list,
  detail,
  questions,
  mine,
  counting,
  countMe,
  versionsToVote,
  result,
  roll,
  trackers,
  findTracker,
  archive,
  published,
  prepare,
  confirmUrgency,
  drop,
  open,
  cast,
  close,
  annul,
  again,
  table,
  nameTeller,
  handPaper,
  takePaperBack,
  countUrn,
  setUrnAside,
});
