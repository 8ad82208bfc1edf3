import { parentPort, workerData } from 'node:worker_threads';
import { fold, type Unfolded } from './fold';

// A thread of its own: a long text takes a second, and so long nobody else would be answered.
parentPort!.postMessage(fold(workerData as Unfolded));
