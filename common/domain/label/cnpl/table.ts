/** Tables of the Cainiao language: where the cells of fixed rows stand, and which rows a loop makes. */
import type { Step } from './script.ts';
import type { Branch, Node } from './tree.ts';

export interface PlacedCell {
  readonly cell: Branch;
  /** Micrometres from the table's corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rows that stand in the file, or one row that a loop repeats. */
export type RowGroup =
  | { readonly kind: 'fixed'; readonly rows: readonly Branch[] }
  | { readonly kind: 'loop'; readonly row: Branch; readonly list: string };

const smallestRow = 4_000;

/** Rows in the order of the file; `told` hears of every step that is neither a loop over a list nor its end. */
export function rowGroups(nodes: readonly Node[], read: (number: number) => readonly Step[], told: (step: Step, number: number) => void): RowGroup[] {
  const groups: RowGroup[] = [];
  let list: string | undefined;
  let depth = 0;
  for (const node of nodes) {
    if (node.kind === 'script') {
      for (const step of read(node.number)) {
        if (step.kind === 'loop' && list === undefined) list = step.list;
        else if (step.kind === 'end') {
          if (depth === 0) list = undefined;
          else depth--;
        } else {
          if (step.kind === 'if' || step.kind === 'loop') depth++;
          if (step.kind === 'refused') depth = Math.max(0, depth + step.opens);
          told(step, node.number);
        }
      }
    } else if (node.kind === 'element' && node.tag === 'tr') {
      const last = groups.at(-1);
      if (list !== undefined) groups.push({ kind: 'loop', row: node, list });
      else if (last?.kind === 'fixed') groups[groups.length - 1] = { kind: 'fixed', rows: [...last.rows, node] };
      else groups.push({ kind: 'fixed', rows: [node] });
    }
  }
  return groups;
}

export function cellsOf(row: Branch): Branch[] {
  return row.children.filter((child): child is Branch => child.kind === 'element' && (child.tag === 'td' || child.tag === 'th'));
}

const span = (cell: Branch, key: 'rowspan' | 'colspan'): number => Math.min(50, Math.max(1, Number.parseInt(cell.attributes[key] ?? '1', 10) || 1));

/** Widths of the columns: from cells that cover one column and say their width; the others share what is left of `total`. */
export function columnsOf(rows: readonly Branch[], total: number, length: (text: string | undefined) => number | undefined): number[] {
  const known: (number | undefined)[] = [];
  for (const row of placed(rows)) {
    for (const { cell, column, columns } of row) {
      while (known.length < column + columns) known.push(undefined);
      if (columns === 1) known[column] ??= length(cell.attributes['width']);
    }
  }
  const open = known.filter((width) => width === undefined).length;
  const share = Math.max(0, total - known.reduce<number>((sum, width) => sum + (width ?? 0), 0)) / Math.max(1, open);
  return known.map((width) => Math.round(width ?? share));
}

interface GridCell {
  readonly cell: Branch;
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
}

/** The column each cell begins at, past the cells that reach down from rows above. */
function placed(rows: readonly Branch[]): GridCell[][] {
  const reserved: number[] = [];
  return rows.map((row) => {
    const line: GridCell[] = [];
    let column = 0;
    for (const cell of cellsOf(row)) {
      while ((reserved[column] ?? 0) > 0) column++;
      const one = { cell, column, columns: span(cell, 'colspan'), rows: span(cell, 'rowspan') };
      line.push(one);
      column += one.columns;
    }
    for (let at = 0; at < reserved.length; at++) reserved[at] = Math.max(0, (reserved[at] ?? 0) - 1);
    for (const one of line) for (let at = one.column; at < one.column + one.columns; at++) reserved[at] = one.rows - 1;
    return line;
  });
}

/** Cells of fixed rows with their places, and the height of all rows. */
export function placeCells(rows: readonly Branch[], columns: readonly number[], length: (text: string | undefined) => number | undefined): { readonly cells: PlacedCell[]; readonly height: number } {
  const lines = placed(rows);
  const heights = lines.map((line) => Math.max(smallestRow, ...line.map(({ cell, rows: down }) => (down === 1 ? (length(cell.attributes['height']) ?? 0) : 0))));
  const sum = (values: readonly number[], from: number, count: number): number => values.slice(from, from + count).reduce((all, value) => all + value, 0);
  const cells = lines.flatMap((line, index) =>
    line.map(({ cell, column, columns: wide, rows: down }) => ({ cell, x: sum(columns, 0, column), y: sum(heights, 0, index), width: sum(columns, column, wide), height: sum(heights, index, down) })),
  );
  return { cells, height: sum(heights, 0, heights.length) };
}
