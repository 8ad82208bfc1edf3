import { parentPort, workerData } from 'node:worker_threads';
import { docxOf } from './docx';
import type { Order } from './leaves';
import { pdfOf } from './pdf';
import { treeOf } from './tree';

// A thread of its own: a long version takes seconds, and so long nobody else would be answered.
const { form, canonical, sha256 } = workerData as Order;
const tree = treeOf(canonical, sha256);
parentPort!.postMessage(await (form === 'pdf' ? pdfOf(tree) : docxOf(tree)));
