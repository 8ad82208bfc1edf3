import { router } from '../act';
import { changePassphrase, declareSex, setLanguage } from './commands/profile';
import { checkCard, endOtherSessions, endSession, enterWithCard, signIn, signOut } from './commands/sessions';

export const peopleRouter = router({
  checkCard,
  enterWithCard,
  signIn,
  signOut,
  endSession,
  endOtherSessions,
  changePassphrase,
  setLanguage,
  declareSex,
});
