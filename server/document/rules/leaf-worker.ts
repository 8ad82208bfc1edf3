import { parentPort, workerData } from 'node:worker_threads';
import { docxOf } from './docx';
import { isText, lightLeaf, type Order } from './leaves';
import { pdfOf } from './pdf';
import { treeOf } from './tree';

// A thread of its own: a long version takes seconds, and so long nobody else would be answered.
const { form, canonical, sha256 } = workerData as Order;

async function make(): Promise<Uint8Array> {
  if (isText(form)) return Buffer.from(lightLeaf(form, canonical, sha256));
  const tree = treeOf(canonical, sha256);
  return form === 'pdf' ? pdfOf(tree) : docxOf(tree);
}
parentPort!.postMessage(await make());
