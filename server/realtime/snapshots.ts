import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as Y from 'yjs';

// Deleted words are gone from a snapshot and a text is small: the slowest setting costs more than it saves.
const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };

/** A text as one row keeps it: Yjs state in format v2, compressed. */
export const pack = (doc: Y.Doc): Uint8Array => brotliCompressSync(Y.encodeStateAsUpdateV2(doc), { params });

/** The same as an update like any other. */
export const unpack = (packed: Uint8Array): Uint8Array =>
  Y.convertUpdateFormatV2ToV1(brotliDecompressSync(packed));
