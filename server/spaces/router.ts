import { router } from '../act';
import { appointToSpace, closeSpace, createTable, endSpaceRole, setPurpose } from './commands';
import { detail, list } from './queries';

export const spacesRouter = router({
  createTable,
  appointToSpace,
  endSpaceRole,
  setPurpose,
  closeSpace,
  list,
  detail,
});
