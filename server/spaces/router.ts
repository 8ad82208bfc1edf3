import { router } from '../act';
import {
  appointToSpace,
  closeSpace,
  createTable,
  endSpaceRole,
  setAttribution,
  setPurpose,
} from './commands';
import { detail, list } from './queries';

export const spacesRouter = router({
  createTable,
  appointToSpace,
  endSpaceRole,
  setPurpose,
  setAttribution,
  closeSpace,
  list,
  detail,
});
