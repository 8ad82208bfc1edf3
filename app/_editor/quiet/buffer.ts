// In place of lib0/buffer, for whose other half Next would bring Node's Buffer to the phone (7 kB).
export const copyUint8Array = (bytes: Uint8Array) => bytes.slice();
