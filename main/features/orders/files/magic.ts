/** First bytes that tell a format. */

/** True for a compound file: an old workbook, or an encrypted new one in its envelope. */
export function isCompoundFile(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;
}
