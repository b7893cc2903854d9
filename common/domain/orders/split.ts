/** Dividing what was ordered over several boxes. A box is a list of lines with how many of each. */

export interface SplitLine {
  readonly id: string;
  readonly quantity: number;
  /** Weight of one piece in grams. */
  readonly grams: number;
  /** Title, spec, code and short name, for rules by item. */
  readonly goods: string;
}

export interface BoxLine {
  readonly lineId: string;
  readonly quantity: number;
}
export type Box = readonly BoxLine[];

/** One box a line. */
export function splitByLines(lines: readonly SplitLine[]): Box[] {
  return lines.map((line) => [{ lineId: line.id, quantity: line.quantity }]);
}

/** Boxes of at most so many pieces, in the order of the lines. */
export function splitByPieces(lines: readonly SplitLine[], perBox: number): Box[] {
  return fill(lines, (box) => box.reduce((sum, line) => sum + line.quantity, 0), () => 1, perBox);
}

/** Boxes of at most so many grams; a single piece that is heavier has a box of its own. */
export function splitByWeight(lines: readonly SplitLine[], maxGrams: number): Box[] {
  const gramsOf = new Map(lines.map((line) => [line.id, line.grams]));
  return fill(lines, (box) => box.reduce((sum, line) => sum + line.quantity * (gramsOf.get(line.lineId) ?? 0), 0), (line) => line.grams, maxGrams);
}

/**
 * Goods whose name holds one of the words leave apart from the rest: `perBox` pieces a box, or all of them in one when null. The rest
 * shares the first box.
 */
export function splitByItems(lines: readonly SplitLine[], words: readonly string[], perBox: number | null): Box[] {
  const wanted = words.map(folded).filter((word) => word !== '');
  const apart = (line: SplitLine): boolean => wanted.some((word) => folded(line.goods).includes(word));
  const rest = lines.filter((line) => !apart(line));
  const own = lines.filter(apart);
  return [whole(rest), ...(perBox === null ? [whole(own)] : splitByPieces(own, perBox))].filter((box) => box.length > 0);
}

function whole(lines: readonly SplitLine[]): Box {
  return lines.map((line) => ({ lineId: line.id, quantity: line.quantity }));
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

function fill(lines: readonly SplitLine[], loadOf: (box: Box) => number, sizeOf: (line: SplitLine) => number, limit: number): Box[] {
  const boxes: BoxLine[][] = [];
  let box: BoxLine[] = [];
  for (const line of lines) {
    const size = Math.max(1, sizeOf(line));
    let left = line.quantity;
    while (left > 0) {
      const room = Math.floor((limit - loadOf(box)) / size);
      const take = Math.min(left, box.length === 0 ? Math.max(1, room) : room);
      if (take <= 0) {
        boxes.push(box);
        box = [];
        continue;
      }
      box.push({ lineId: line.id, quantity: take });
      left -= take;
    }
  }
  if (box.length > 0) boxes.push(box);
  return boxes;
}

/** What is wrong with boxes somebody put together by hand, or undefined: every piece is in exactly one box. */
export function splitProblem(lines: readonly SplitLine[], boxes: readonly Box[]): 'one-box' | 'more-than-ordered' | 'left-over' | undefined {
  if (boxes.length < 2) return 'one-box';
  const left = new Map(lines.map((line) => [line.id, line.quantity]));
  for (const box of boxes) {
    for (const { lineId, quantity } of box) {
      const rest = (left.get(lineId) ?? 0) - quantity;
      if (rest < 0) return 'more-than-ordered';
      left.set(lineId, rest);
    }
  }
  return [...left.values()].some((rest) => rest > 0) ? 'left-over' : undefined;
}
