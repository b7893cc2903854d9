/**
 * ESC/POS printers look for real-time commands in the raw stream, image data included: DLE EOT asks for status, DLE ENQ recovers from
 * errors, DLE DC4 kicks the drawer or clears the buffer. So no run of dots may spell one.
 */

const dle = 0x10;

function isRealtime(next: number | undefined): boolean {
  return next === 0x04 || next === 0x05 || next === 0x14;
}

/** True when the bytes contain DLE followed by EOT, ENQ or DC4. */
export function spellsRealtime(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(dle); at >= 0; at = bytes.indexOf(dle, at + 1)) if (isRealtime(bytes[at + 1])) return true;
  return false;
}

/** `GS L`: the left margin in dots. */
export function marginBytes(dots: number): Uint8Array {
  return Uint8Array.of(0x1d, 0x4c, dots & 0xff, dots >> 8);
}

/**
 * The same dots moved left by 1 to 7, to be printed from that margin, with no real-time command in their bytes; undefined when the
 * first dots are inked or no move helps. `width` is in bytes per row.
 */
export function movedFree(rows: Uint8Array, width: number): { readonly margin: number; readonly rows: Uint8Array } | undefined {
  let first = 0;
  for (let at = 0; at < rows.length; at += width) first |= rows[at]!;
  const free = Math.clz32(first) - 24;
  for (let margin = 1; margin <= Math.min(7, free); margin++) {
    const moved = new Uint8Array(rows.length);
    for (let start = 0; start < rows.length; start += width) {
      for (let i = 0; i < width; i++) {
        const next = i + 1 < width ? rows[start + i + 1]! : 0;
        moved[start + i] = ((rows[start + i]! << margin) | (next >> (8 - margin))) & 0xff;
      }
    }
    if (!spellsRealtime(moved)) return { margin, rows: moved };
  }
  return undefined;
}
