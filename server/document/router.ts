import { router } from '../act';
import { place as move, retire, setFields } from './commands/articles';
import { takeUp } from './commands/drafts';
import { linkGroup } from './commands/groups';
import { linkConcern, unlinkConcern } from './commands/links';
import { editText } from './commands/texts';
import { freeze } from './commands/versions';
import { canonical, inForce, signed, version, versionList } from './queries';
import { article, place, printable } from './queries/articles';
import { comparison } from './queries/comparison';
import { coverage } from './queries/coverage';
import { origin } from './queries/origin';
import { search } from './queries/search';
import { desk, draftToTake, freezeCheck, working, workingArticle } from './queries/working';

export const documentRouter = router({
  inForce,
  version,
  versions: versionList,
  canonical,
  signed,
  article,
  printable,
  comparison,
  search,
  coverage,
  origin,
  find: place,
  working,
  workingArticle,
  desk,
  draftToTake,
  freezeCheck,
  takeUp,
  linkConcern,
  linkGroup,
  unlinkConcern,
  setFields,
  editText,
  place: move,
  retire,
  freeze,
});
