import { router } from '../act';
import { dissolve, found } from './commands/bases';
import { issueCards } from './commands/cards';
import { accredit, presentMandate, refuseMandate, withdrawMandate } from './commands/mandates';
import { addMember, enrollMember, leave } from './commands/members';
import { appointOfficer, appointSecretary, endRole } from './commands/offices';
import { dropPadron, importPadron, upload } from './commands/padron';
import { detail, list } from './queries/faces';
import { delegates, desk } from './queries/mandates';
import { cardsDue, member, openImport, padron, padronImport } from './queries/padron';

export const associationsRouter = router({
  found,
  dissolve,
  enrollMember,
  addMember,
  leave,
  issueCards,
  appointOfficer,
  appointSecretary,
  endRole,
  presentMandate,
  withdrawMandate,
  accredit,
  refuseMandate,
  upload,
  importPadron,
  dropPadron,
  list,
  detail,
  padron,
  member,
  cardsDue,
  openImport,
  padronImport,
  desk,
  delegates,
});
