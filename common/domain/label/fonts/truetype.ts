/**
 * A small reader for TrueType outlines (`glyf`), enough for static fonts: character map formats 4 and 12, simple and
 * composite glyphs, horizontal advances. Nothing is parsed until it is asked for, so a 10 MB font opens in no time.
 * Facts: OpenType specification 1.9, chapters cmap, glyf, loca, head, hhea, hmtx.
 */

/** A closed outline in font units, y up, already flattened to points on straight lines: x0, y0, x1, y1, … */
export type Contour = Float64Array;

export interface TrueTypeFont {
  readonly unitsPerEm: number;
  readonly glyphCount: number;
  /** Glyph of a character, 0 when the font has none. */
  glyphIndex(codePoint: number): number;
  /** Advance width in font units. */
  advance(glyph: number): number;
  /** Flattened contours in font units; empty for a blank glyph. */
  outline(glyph: number): readonly Contour[];
}

export type FontReading = { readonly ok: true; readonly font: TrueTypeFont } | { readonly ok: false; readonly reason: string };

interface Table {
  readonly offset: number;
  readonly length: number;
}

interface RawPoint {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

/** Composite glyphs may nest; a font that nests deeper than this is broken or hostile. */
const maxCompositeDepth = 6;

/** Straight pieces per quadratic curve: at label sizes (≤ 200 dots) more make no different dot. */
const curvePieces = 6;

/** Opens a font file. Damaged or unsupported files give a reason instead of a font. */
export function readTrueType(bytes: Uint8Array): FontReading {
  try {
    return { ok: true, font: open(bytes) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function open(bytes: Uint8Array): TrueTypeFont {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = readDirectory(view);
  const head = need(tables, 'head').offset;
  const unitsPerEm = view.getUint16(head + 18);
  const longOffsets = view.getInt16(head + 50) === 1;
  const glyphCount = view.getUint16(need(tables, 'maxp').offset + 4);
  const metricCount = view.getUint16(need(tables, 'hhea').offset + 34);
  const hmtx = need(tables, 'hmtx').offset;
  const loca = need(tables, 'loca').offset;
  const glyf = need(tables, 'glyf').offset;
  const lookup = readCharacterMap(view, need(tables, 'cmap').offset);

  const glyphRange = (glyph: number): readonly [number, number] => {
    if (glyph < 0 || glyph >= glyphCount) return [0, 0];
    return longOffsets
      ? [glyf + view.getUint32(loca + glyph * 4), glyf + view.getUint32(loca + glyph * 4 + 4)]
      : [glyf + view.getUint16(loca + glyph * 2) * 2, glyf + view.getUint16(loca + glyph * 2 + 2) * 2];
  };

  const rawContours = (glyph: number, depth: number): RawPoint[][] => {
    const [start, end] = glyphRange(glyph);
    if (end <= start) return [];
    const contourCount = view.getInt16(start);
    if (contourCount >= 0) return readSimpleGlyph(view, start, contourCount);
    if (depth >= maxCompositeDepth) throw new Error(`composite glyph ${glyph} nests too deeply`);
    return readCompositeParts(view, start + 10).flatMap((part) =>
      rawContours(part.glyph, depth + 1).map((contour) => contour.map((point) => part.place(point))),
    );
  };

  return {
    unitsPerEm,
    glyphCount,
    glyphIndex: lookup,
    advance: (glyph) => view.getUint16(hmtx + Math.min(glyph, metricCount - 1) * 4),
    outline: (glyph) => rawContours(glyph, 0).map(flatten),
  };
}

function readDirectory(view: DataView): Map<string, Table> {
  const magic = view.getUint32(0);
  if (magic !== 0x00010000 && magic !== 0x74727565) throw new Error('not a TrueType font with glyf outlines');
  const tables = new Map<string, Table>();
  const count = view.getUint16(4);
  for (let i = 0; i < count; i++) {
    const at = 12 + i * 16;
    const tag = String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
    tables.set(tag, { offset: view.getUint32(at + 8), length: view.getUint32(at + 12) });
  }
  return tables;
}

function need(tables: ReadonlyMap<string, Table>, tag: string): Table {
  const table = tables.get(tag);
  if (!table) throw new Error(`font table ${tag} is missing`);
  return table;
}

/** Chooses the widest Unicode map the font has (format 12 before format 4). */
function readCharacterMap(view: DataView, cmap: number): (codePoint: number) => number {
  const count = view.getUint16(cmap + 2);
  let full = 0;
  let basic = 0;
  for (let i = 0; i < count; i++) {
    const at = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
    const format = view.getUint16(at);
    if (format === 12) full = at;
    else if (format === 4) basic = at;
  }
  if (full) return (codePoint) => lookUpSegmented(view, full, codePoint);
  if (basic) return (codePoint) => (codePoint > 0xffff ? 0 : lookUpBasic(view, basic, codePoint));
  throw new Error('font has no Unicode character map');
}

function lookUpSegmented(view: DataView, table: number, codePoint: number): number {
  let low = 0;
  let high = view.getUint32(table + 12) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = table + 16 + middle * 12;
    if (codePoint < view.getUint32(at)) high = middle - 1;
    else if (codePoint > view.getUint32(at + 4)) low = middle + 1;
    else return view.getUint32(at + 8) + codePoint - view.getUint32(at);
  }
  return 0;
}

function lookUpBasic(view: DataView, table: number, codePoint: number): number {
  const doubled = view.getUint16(table + 6);
  const ends = table + 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const offsets = deltas + doubled;
  for (let i = 0; i < doubled; i += 2) {
    if (view.getUint16(ends + i) < codePoint) continue;
    const start = view.getUint16(starts + i);
    if (start > codePoint) return 0;
    const rangeOffset = view.getUint16(offsets + i);
    const delta = view.getUint16(deltas + i);
    if (rangeOffset === 0) return (codePoint + delta) & 0xffff;
    const glyph = view.getUint16(offsets + i + rangeOffset + (codePoint - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

function readSimpleGlyph(view: DataView, start: number, contourCount: number): RawPoint[][] {
  const ends: number[] = [];
  let at = start + 10;
  for (let i = 0; i < contourCount; i++, at += 2) ends.push(view.getUint16(at));
  at += 2 + view.getUint16(at);
  const pointCount = contourCount === 0 ? 0 : ends[contourCount - 1]! + 1;
  const flags = new Uint8Array(pointCount);
  for (let i = 0; i < pointCount; ) {
    const flag = view.getUint8(at++);
    const repeats = (flag & 8) === 0 ? 0 : view.getUint8(at++);
    flags.fill(flag, i, i + repeats + 1);
    i += repeats + 1;
  }
  const readAxis = (shortBit: number, sameBit: number): number[] => {
    const values: number[] = [];
    let value = 0;
    for (let i = 0; i < pointCount; i++) {
      const flag = flags[i]!;
      if ((flag & shortBit) !== 0) {
        const step = view.getUint8(at++);
        value += (flag & sameBit) !== 0 ? step : -step;
      } else if ((flag & sameBit) === 0) {
        value += view.getInt16(at);
        at += 2;
      }
      values.push(value);
    }
    return values;
  };
  const xs = readAxis(2, 16);
  const ys = readAxis(4, 32);
  const contours: RawPoint[][] = [];
  let first = 0;
  for (const end of ends) {
    const contour: RawPoint[] = [];
    for (let i = first; i <= end; i++) contour.push({ x: xs[i]!, y: ys[i]!, on: (flags[i]! & 1) !== 0 });
    if (contour.length > 1) contours.push(contour);
    first = end + 1;
  }
  return contours;
}

interface CompositePart {
  readonly glyph: number;
  readonly place: (point: RawPoint) => RawPoint;
}

function readCompositeParts(view: DataView, start: number): CompositePart[] {
  const parts: CompositePart[] = [];
  let at = start;
  for (let more = true; more; ) {
    const flags = view.getUint16(at);
    const glyph = view.getUint16(at + 2);
    at += 4;
    const words = (flags & 1) !== 0;
    const dx = words ? view.getInt16(at) : view.getInt8(at);
    const dy = words ? view.getInt16(at + 2) : view.getInt8(at + 1);
    at += words ? 4 : 2;
    let a = 1;
    let b = 0;
    let c = 0;
    let d = 1;
    const fraction = (): number => {
      const value = view.getInt16(at) / 16384;
      at += 2;
      return value;
    };
    if ((flags & 0x08) !== 0) a = d = fraction();
    else if ((flags & 0x40) !== 0) {
      a = fraction();
      d = fraction();
    } else if ((flags & 0x80) !== 0) {
      a = fraction();
      b = fraction();
      c = fraction();
      d = fraction();
    }
    // Parts placed by matching points (flag 2 clear) do not occur in the fonts we ship; they are left where they are.
    const [shiftX, shiftY] = (flags & 2) !== 0 ? [dx, dy] : [0, 0];
    parts.push({ glyph, place: (p) => ({ x: p.x * a + p.y * c + shiftX, y: p.x * b + p.y * d + shiftY, on: p.on }) });
    more = (flags & 0x20) !== 0;
  }
  return parts;
}

/** Turns on/off-curve points into a closed polygon; two off-curve points in a row imply an on-curve one half way. */
function flatten(contour: readonly RawPoint[]): Contour {
  const startAt = contour.findIndex((point) => point.on);
  const walk =
    startAt >= 0
      ? [...contour.slice(startAt), ...contour.slice(0, startAt)]
      : [middle(contour[contour.length - 1]!, contour[0]!), ...contour];
  walk.push(walk[0]!);
  const out: number[] = [];
  let current = walk[0]!;
  let control: RawPoint | undefined;
  for (const point of walk) {
    if (point.on) {
      if (control) curve(out, current, control, point);
      else out.push(point.x, point.y);
      current = point;
      control = undefined;
      continue;
    }
    if (control) {
      const implied = middle(control, point);
      curve(out, current, control, implied);
      current = implied;
    }
    control = point;
  }
  return Float64Array.from(out);
}

function middle(a: RawPoint, b: RawPoint): RawPoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true };
}

function curve(out: number[], from: RawPoint, control: RawPoint, to: RawPoint): void {
  for (let i = 1; i <= curvePieces; i++) {
    const t = i / curvePieces;
    const u = 1 - t;
    out.push(u * u * from.x + 2 * u * t * control.x + t * t * to.x, u * u * from.y + 2 * u * t * control.y + t * t * to.y);
  }
}
