import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';

type Patch = [position: number, deleted: number, inserted: string];
type Recorded = {
  endContent: string;
  numAgents?: number;
  txns: { patches: Patch[]; agent?: number; parents?: number[] }[];
};

/** A text as its writers wrote it. */
export type Trace = {
  name: string;
  /** One Yjs update for each edit, and which of the writers made it. */
  updates: { writer: number; bytes: Uint8Array }[];
  /** The whole text as one update, as a server keeps and sends it. */
  state: Uint8Array;
  stateV2: Uint8Array;
  vector: Uint8Array;
  /** What a client that has everything answers to a server that has everything: all deletions. */
  answer: Uint8Array;
};

/**
 * Replays a recorded text (bench/data/README.md) with a document for each writer, each edit upon what its writer
 * had seen.
 * @throws Error when the end is not the text that was recorded.
 */
export function replay(name: string): Trace {
  const file = join(process.env.BENCH_DATA ?? 'bench/data', `${name}.json.gz`);
  if (!existsSync(file)) throw new Error(`${file} is not there: BENCH_DATA says in which folder it is`);
  const recorded = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Recorded;
  const { txns, numAgents = 1 } = recorded;
  const updates: Trace['updates'] = [];
  const byWriter: number[][] = Array.from({ length: numAgents }, () => []);
  const seen = Array.from({ length: numAgents }, () => new Array<number>(numAgents).fill(0));
  const docs = Array.from({ length: numAgents }, (_, writer) => {
    const doc = new Y.Doc();
    // As large as those that Yjs chooses.
    doc.clientID = 2 ** 31 + writer;
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== 'read') updates.push({ writer, bytes });
    });
    return doc;
  });

  /** Lets a writer read what another had written up to this edit. */
  function show(writer: number, parent: number): void {
    const other = txns[parent]!.agent ?? 0;
    const theirs = byWriter[other]!;
    if (other === writer) return;
    for (let i = seen[writer]![other]!; i < theirs.length && theirs[i]! <= parent; i++) {
      Y.applyUpdate(docs[writer]!, updates[theirs[i]!]!.bytes, 'read');
      seen[writer]![other] = i + 1;
    }
  }

  txns.forEach(({ patches, agent: writer = 0, parents = [] }, i) => {
    for (const parent of parents) show(writer, parent);
    const doc = docs[writer]!;
    const text = doc.getText('text');
    doc.transact(() => {
      for (const [position, deleted, inserted] of patches) {
        if (deleted) text.delete(position, deleted);
        if (inserted) text.insert(position, inserted);
      }
    });
    // An edit that changed nothing has no update; its place is kept, so that edits keep their numbers.
    if (updates.length === i) updates.push({ writer, bytes: new Uint8Array([0, 0]) });
    byWriter[writer]!.push(i);
  });

  const whole = docs[0]!;
  for (const { bytes } of updates.filter(({ writer }) => writer !== 0)) Y.applyUpdate(whole, bytes, 'read');
  if (whole.getText('text').toString() !== recorded.endContent)
    throw new Error(`${name}: the replay does not end with the recorded text`);
  const vector = Y.encodeStateVector(whole);
  return {
    name,
    updates: updates.filter(({ bytes }) => bytes.length > 2),
    state: Y.encodeStateAsUpdate(whole),
    stateV2: Y.encodeStateAsUpdateV2(whole),
    vector,
    answer: Y.encodeStateAsUpdate(whole, vector),
  };
}
