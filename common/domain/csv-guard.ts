/** Cells of a table that a spreadsheet program opens: quoted where needed, and never a formula. */

/** A cell that begins like this is computed by a spreadsheet program, or looks like one that was guarded already. */
const formula = /^'*[=+\-@\t\r\n|＝＋－＠]/;

/** The cell as text for a spreadsheet: an apostrophe in front keeps it from being computed. Plain numbers stay numbers. */
export function guardFormula(cell: string): string {
  return formula.test(cell) && !/^-?\d+(?:\.\d+)?$/.test(cell) ? `'${cell}` : cell;
}

/** Takes the guard off again when the table comes back. */
export function withoutFormulaGuard(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/** One line of CSV, guarded and quoted. */
export function csvRow(cells: readonly string[]): string {
  return cells
    .map((cell) => guardFormula(cell))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}
