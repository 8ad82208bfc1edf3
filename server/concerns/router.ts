import { router } from '../act';
import { publish, raise, reconsider, reword, setAside } from './commands';
import { board, detail, list, mine, open, origins } from './queries';

export const concernsRouter = router({
  raise,
  reword,
  setAside,
  reconsider,
  publish,
  list,
  board,
  detail,
  mine,
  origins,
  open,
});
