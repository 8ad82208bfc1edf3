import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import * as Y from 'yjs';
import type { Part } from './document';

/** A text as one row keeps it, and as our own client takes it: Yjs state in format v2, in gzip, which every browser undoes. */
export const pack = (doc: Y.Doc): Uint8Array => gzipSync(Y.encodeStateAsUpdateV2(doc));

// Snapshots of before are in brotli, whose first byte as it was written is never this.
/** Whether a snapshot can be sent as it lies there. */
export const isPacked = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The same as one part of a document. To make an update like any other of it costs as much again as to read it. */
export const unpack = (packed: Uint8Array): Part => ({
  applyTo: (doc) =>
    Y.applyUpdateV2(doc, isPacked(packed) ? gunzipSync(packed) : brotliDecompressSync(packed)),
});
