import { router } from '../act';
import { publish, raise, reconsider, reword, setAside } from './commands';
import { appeal, decideAppeal } from './commands/appeals';
import { group, maybeAlike, nameGroup, notAlike, setAsideGroup, ungroup } from './commands/groups';
import { list, mine, open, origins } from './queries';
import { appeals } from './queries/appeals';
import { board } from './queries/board';
import { detail } from './queries/detail';
import { groupDetail, groups } from './queries/groups';
import { suggestions } from './queries/likeness';

export const concernsRouter = router({
  raise,
  reword,
  setAside,
  reconsider,
  publish,
  appeal,
  decideAppeal,
  group,
  nameGroup,
  ungroup,
  setAsideGroup,
  notAlike,
  maybeAlike,
  list,
  board,
  detail,
  mine,
  origins,
  open,
  groups,
  groupDetail,
  suggestions,
  appeals,
});
