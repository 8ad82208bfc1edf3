import { router } from '../act';
import { place as move, retire, setFields } from './commands/articles';
import { addDraft, takeUp } from './commands/drafts';
import { linkGroup } from './commands/groups';
import { linkConcern, unlinkConcern } from './commands/links';
import { merge, split } from './commands/merging';
import { editText } from './commands/texts';
import { undo } from './commands/undo';
import { freeze } from './commands/versions';
import { canonical, inForce, signed, version, versionList } from './queries';
import { detail as act, list as acts } from './queries/acts';
import { article, place, printable } from './queries/articles';
import { comparison } from './queries/comparison';
import { coverage } from './queries/coverage';
import { mergePreview } from './queries/merging';
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
  acts,
  act,
  mergePreview,
  takeUp,
  addDraft,
  merge,
  split,
  undo,
  linkConcern,
  linkGroup,
  unlinkConcern,
  setFields,
  editText,
  place: move,
  retire,
  freeze,
});
