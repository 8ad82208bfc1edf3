import { router } from '../act';
import { again } from './commands/again';
import { annul, close, confirmUrgency, drop, open, prepare } from './commands/ballot';
import { cast, castSealed } from './commands/cast';
import { giveProxy, revokeProxy, takePosition } from './commands/chamber';
import { claim } from './commands/claims';
import { countMe } from './commands/count-me';
import { giveReason, hideReason } from './commands/reasons';
import { closeRoom, countRoom, recordObjection } from './commands/room';
import { countUrn, handPaper, nameTeller, setUrnAside, takePaperBack } from './commands/urns';
import { archive } from './queries/archive';
import { chamber } from './queries/chamber';
import { claims } from './queries/claims';
import { counting, detail, list, mine, questions, versionsToVote } from './queries/face';
import { reasons, reasonsOfArticle } from './queries/reasons';
import { published, result, roll, trackers } from './queries/result';
import { room } from './queries/room';
import { sealing } from './queries/sealing';
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
  castSealed,
  sealing,
  close,
  annul,
  again,
  reasons,
  reasonsOfArticle,
  giveReason,
  claims,
  claim,
  room,
  countRoom,
  recordObjection,
  closeRoom,
  chamber,
  takePosition,
  giveProxy,
  revokeProxy,
  hideReason,
  table,
  nameTeller,
  handPaper,
  takePaperBack,
  countUrn,
  setUrnAside,
});
