import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as Y from 'yjs';
import type { Part } from './document';

// Deleted words are gone from a snapshot and a text is small: the slowest setting costs more than it saves.
const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };

/** A text as one row keeps it: Yjs state in format v2, compressed. */
export const pack = (doc: Y.Doc): Uint8Array => brotliCompressSync(Y.encodeStateAsUpdateV2(doc), { params });

/** The same as one part of a document. To make an update like any other of it costs as much again as to read it. */
export const unpack = (packed: Uint8Array): Part => ({
  applyTo: (doc) => Y.applyUpdateV2(doc, brotliDecompressSync(packed)),
});
