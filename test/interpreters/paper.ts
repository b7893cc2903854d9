/** Dots on paper: the few operations print languages are made of. Everything outside the sheet is clipped and counted. */
export interface Paper {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly bits: Uint8Array;
}

export type Ink = 'black' | 'white' | 'invert';
export type Combine = 'or' | 'overwrite' | 'xor';
export type QuarterTurn = 0 | 90 | 180 | 270;

export function createPaper(width: number, height: number): Paper {
  const stride = Math.ceil(width / 8);
  return { width, height, stride, bits: new Uint8Array(stride * height) };
}

/** A sheet made of bytes that already have the right layout; pad bits are cleared. */
export function paperFromRows(width: number, height: number, bits: Uint8Array): Paper {
  const paper = createPaper(width, height);
  paper.bits.set(bits.subarray(0, paper.bits.length));
  clearPads(paper);
  return paper;
}

export function dotAt(paper: Paper, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= paper.width || y >= paper.height) return false;
  return (((paper.bits[y * paper.stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;
}

/** Fills a rectangle. Returns true when part of it lay outside the sheet. */
export function fillRect(paper: Paper, x: number, y: number, width: number, height: number, ink: Ink): boolean {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  const right = Math.min(paper.width, x + width);
  const bottom = Math.min(paper.height, y + height);
  const clipped = width > 0 && height > 0 && (left !== x || top !== y || right !== x + width || bottom !== y + height);
  if (right <= left || bottom <= top) return clipped;
  const first = left >> 3;
  const last = (right - 1) >> 3;
  for (let row = top; row < bottom; row++) {
    const base = row * paper.stride;
    for (let column = first; column <= last; column++) {
      let mask = 0xff;
      if (column === first) mask &= 0xff >> (left & 7);
      if (column === last) mask &= (0xff << (7 - ((right - 1) & 7))) & 0xff;
      const old = paper.bits[base + column] ?? 0;
      paper.bits[base + column] = ink === 'black' ? old | mask : ink === 'white' ? old & ~mask : old ^ mask;
    }
  }
  return clipped;
}

/** An outline drawn inwards. */
export function frameRect(paper: Paper, x: number, y: number, width: number, height: number, thickness: number, ink: Ink): boolean {
  const t = Math.max(1, thickness);
  if (t * 2 >= width || t * 2 >= height) return fillRect(paper, x, y, width, height, ink);
  const clipped = [
    fillRect(paper, x, y, width, t, ink),
    fillRect(paper, x, y + height - t, width, t, ink),
    fillRect(paper, x, y + t, t, height - 2 * t, ink),
    fillRect(paper, x + width - t, y + t, t, height - 2 * t, ink),
  ];
  return clipped.includes(true);
}

/** Lays one sheet on another. Returns true when black dots were lost beyond the edge. */
export function blit(target: Paper, source: Paper, x: number, y: number, combine: Combine): boolean {
  let lost = false;
  for (let row = 0; row < source.height; row++) {
    const to = y + row;
    const from = row * source.stride;
    if (to < 0 || to >= target.height) {
      lost ||= source.bits.subarray(from, from + source.stride).some((byte) => byte !== 0);
      continue;
    }
    for (let column = 0; column < source.stride; column++) {
      const used = Math.min(8, source.width - column * 8);
      const area = (0xff << (8 - used)) & 0xff;
      const byte = (source.bits[from + column] ?? 0) & area;
      if (byte === 0 && combine !== 'overwrite') continue;
      if (merge(target, to, x + column * 8, byte, area, combine)) lost = true;
    }
  }
  return lost;
}

/** Puts up to eight dots at any x; dots off the sheet are dropped. */
function merge(target: Paper, row: number, x: number, byte: number, area: number, combine: Combine): boolean {
  let keep = area;
  if (x < 0) keep &= x <= -8 ? 0 : 0xff >> -x;
  if (x + 8 > target.width) keep &= x >= target.width ? 0 : (0xff << (x + 8 - target.width)) & 0xff;
  const lost = (byte & ~keep) !== 0;
  if (keep === 0) return lost;
  const shift = ((x % 8) + 8) % 8;
  const column = (x - shift) / 8;
  const dots = (byte & keep) << (8 - shift);
  const mask = keep << (8 - shift);
  const base = row * target.stride;
  for (const [at, part, cover] of [
    [column, dots >> 8, mask >> 8],
    [column + 1, dots & 0xff, mask & 0xff],
  ] as const) {
    if (cover === 0 || at < 0 || at >= target.stride) continue;
    const old = target.bits[base + at] ?? 0;
    target.bits[base + at] = combine === 'or' ? old | part : combine === 'xor' ? old ^ part : (old & ~cover) | part;
  }
  return lost;
}

/** The same dots turned clockwise by quarter turns. */
export function turned(paper: Paper, turn: QuarterTurn): Paper {
  if (turn === 0) return paper;
  const upright = turn === 180;
  const result = createPaper(upright ? paper.width : paper.height, upright ? paper.height : paper.width);
  for (let y = 0; y < paper.height; y++) {
    for (let x = 0; x < paper.width; x++) {
      if (!dotAt(paper, x, y)) continue;
      if (turn === 90) fillRect(result, paper.height - 1 - y, x, 1, 1, 'black');
      else if (turn === 180) fillRect(result, paper.width - 1 - x, paper.height - 1 - y, 1, 1, 'black');
      else fillRect(result, y, paper.width - 1 - x, 1, 1, 'black');
    }
  }
  return result;
}

/** Left and right exchanged. */
export function mirrored(paper: Paper): Paper {
  const result = createPaper(paper.width, paper.height);
  for (let y = 0; y < paper.height; y++) for (let x = 0; x < paper.width; x++) if (dotAt(paper, x, y)) fillRect(result, paper.width - 1 - x, y, 1, 1, 'black');
  return result;
}

/** The left part of a sheet, as the head sees it. */
export function cropped(paper: Paper, width: number, height: number): Paper {
  const result = createPaper(width, height);
  blit(result, paper, 0, 0, 'or');
  return result;
}

export function isBlank(paper: Paper): boolean {
  return paper.bits.every((byte) => byte === 0);
}

function clearPads(paper: Paper): void {
  const spare = paper.stride * 8 - paper.width;
  if (spare === 0) return;
  const mask = (0xff << spare) & 0xff;
  for (let row = 0; row < paper.height; row++) {
    const at = row * paper.stride + paper.stride - 1;
    paper.bits[at] = (paper.bits[at] ?? 0) & mask;
  }
}
