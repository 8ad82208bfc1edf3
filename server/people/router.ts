import { router } from '../act';
import { enroll, reissueCard } from './commands/cards';
import {
  askKeyringReset,
  cancelKeyringReset,
  changeKeyring,
  makeKeyring,
  openKeyring,
  writeKeyring,
} from './commands/keyring';
import { changePassphrase, declareSex, setLanguage } from './commands/profile';
import { appoint, confirmAppointment, endRole } from './commands/roles';
import { checkCard, endOtherSessions, endSession, enterWithCard, signIn, signOut } from './commands/sessions';
import { setUp } from './commands/setup';
import { tokens } from './commands/tokens';
import { keyring } from './queries/keyring';
import { me, mySessions } from './queries/mine';
import { personByNumber, roles, setUpOpen } from './queries/roles';

export const peopleRouter = router({
  checkCard,
  enterWithCard,
  signIn,
  signOut,
  me,
  mySessions,
  endSession,
  endOtherSessions,
  changePassphrase,
  setLanguage,
  declareSex,
  roles,
  appoint,
  confirmAppointment,
  endRole,
  personByNumber,
  enroll,
  reissueCard,
  setUpOpen,
  setUp,
  keyring,
  openKeyring,
  makeKeyring,
  writeKeyring,
  changeKeyring,
  askKeyringReset,
  cancelKeyringReset,
  tokens,
});
