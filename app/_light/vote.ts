import { startComforts } from './comforts';
import { startEar } from './ear';
import { startLeaving } from './leaving';
import { startOutbox } from './outbox';
import { startTexts } from './texts';
import { startWorker } from './worker';

// The page where a sheet is filled in: what any light page has, but for what it has no use for (a card in the
// address, a concern's form, words kept while they are typed, an article read aloud), and voting by ear.
startLeaving();
startComforts();
startEar();
startOutbox();
void startTexts();
startWorker();
