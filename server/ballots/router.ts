import { router } from '../act';
import { again } from './commands/again';
import { annul, close, confirmUrgency, drop, open, prepare } from './commands/ballot';
import { cast, castSealed } from './commands/cast';
import { giveProxy, revokeProxy, takePosition } from './commands/chamber';
import { claim } from './commands/claims';
import { countMe } from './commands/count-me';
import { hideObjection, recordObjection, withdrawObjection } from './commands/objections';
import { giveReason, hideReason } from './commands/reasons';
import { closeRoom, countRoom } from './commands/room';
import {
  countUrn,
  giveOut,
  handPaper,
  nameTeller,
  removeTeller,
  setUrnAside,
  takePaperBack,
} from './commands/urns';
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
  withdrawObjection,
  hideObjection,
  closeRoom,
  chamber,
  takePosition,
  giveProxy,
  revokeProxy,
  hideReason,
  table,
  nameTeller,
  removeTeller,
  giveOut,
  handPaper,
  takePaperBack,
  countUrn,
  setUrnAside,
});
