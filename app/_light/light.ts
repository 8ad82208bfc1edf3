import { startAutosave } from './autosave';
import { takeCardFromAddress } from './card';
import { showable, startComforts } from './comforts';
import { startLeaving } from './leaving';
import { startOutbox } from './outbox';
import { startRaising } from './raise';
import { startTexts } from './texts';
import { startVoice } from './voice';
import { startWorker } from './worker';

// The one script of the light pages. Everything it does, the page also does without it.
takeCardFromAddress();
startLeaving();
// On a workbench page, where React is at home, it only sees to leaving.
if (!document.currentScript?.hasAttribute('data-leave')) {
  startRaising();
  startComforts(showable);
  startVoice();
  startAutosave();
  startOutbox();
  void startTexts();
  startWorker();
}
