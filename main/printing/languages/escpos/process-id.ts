/**
 * `GS ( H` function 48: four characters the printer sends back when everything before them is printed. It is the one proof of printing
 * ESC/POS has, so the id is made from the attempt and can be compared with the answer.
 */

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Four letters or digits that stand for an attempt: itself when it has that form, else a hash of it (14.7 million values). */
export function escposProcessId(attemptTag: string): string {
  if (/^[0-9A-Za-z]{4}$/.test(attemptTag)) return attemptTag;
  let hash = 0x811c9dc5;
  for (let i = 0; i < attemptTag.length; i++) hash = Math.imul(hash ^ attemptTag.charCodeAt(i), 0x01000193) >>> 0;
  let id = '';
  for (let i = 0; i < 4; i++) {
    id += alphabet[hash % 62]!;
    hash = Math.floor(hash / 62);
  }
  return id;
}

/** The request bytes; the answer is `37 22 d1 d2 d3 d4 00`. */
export function processIdRequest(attemptTag: string): Uint8Array {
  const id = escposProcessId(attemptTag);
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, id.charCodeAt(0), id.charCodeAt(1), id.charCodeAt(2), id.charCodeAt(3));
}
