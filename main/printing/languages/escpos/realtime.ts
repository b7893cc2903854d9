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

/** How bad it would be to send these bytes as image data: a status question is answered and harmless, the others act. */
function harm(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = bytes.indexOf(dle); at >= 0; at = bytes.indexOf(dle, at + 1)) {
    if (bytes[at + 1] === 0x04) sum += 1;
    else if (isRealtime(bytes[at + 1])) sum += 1_000;
  }
  return sum;
}

export interface MovedRows {
  readonly margin: number;
  readonly rows: Uint8Array;
}

/** The same dots moved left by `margin` (1 to 7), which must be white. */
function movedBy(rows: Uint8Array, width: number, margin: number): Uint8Array {
  const moved = new Uint8Array(rows.length);
  for (let start = 0; start < rows.length; start += width) {
    for (let i = 0; i < width; i++) {
      const next = i + 1 < width ? rows[start + i + 1]! : 0;
      moved[start + i] = ((rows[start + i]! << margin) | (next >> (8 - margin))) & 0xff;
    }
  }
  return moved;
}

/** White dots every row begins with, at most 7. */
function whiteDots(rows: Uint8Array, width: number): number {
  let first = 0;
  for (let at = 0; at < rows.length; at += width) first |= rows[at]!;
  return Math.min(7, Math.clz32(first) - 24);
}

/**
 * The same dots moved left by 1 to 7, to be printed from that margin, with no real-time command in their bytes; undefined when the
 * first dots are inked or no move helps. `width` is in bytes per row.
 */
export function movedFree(rows: Uint8Array, width: number): MovedRows | undefined {
  for (let margin = 1; margin <= whiteDots(rows, width); margin++) {
    const moved = movedBy(rows, width, margin);
    if (!spellsRealtime(moved)) return { margin, rows: moved };
  }
  return undefined;
}

/** For a row no move makes free of them (a fine regular pattern): the move that does least harm. */
export function leastHarm(rows: Uint8Array, width: number): MovedRows {
  let best: MovedRows = { margin: 0, rows };
  for (let margin = 1; margin <= whiteDots(rows, width); margin++) {
    const moved = movedBy(rows, width, margin);
    if (harm(moved) < harm(best.rows)) best = { margin, rows: moved };
  }
  return best;
}
