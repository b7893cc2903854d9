/** What elements draw on while one label is laid out: operations in dots with their owners, and findings. */
import type { DotRect, DrawOp, LintFinding } from '../rendered.ts';
import { toDots } from '../units.ts';
import type { LintCode } from '../lint-codes.ts';
import { lintSeverities } from '../lint-codes.ts';
import type { Scope } from '../fields.ts';
import type { RunMaker } from './runs.ts';

export interface PlacedCode {
  readonly element: string;
  readonly op: Extract<DrawOp, { kind: 'linear' | 'qr' }>;
  /** White space the code needs around its bars, in dots. */
  readonly quiet: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

export interface Sheet {
  readonly dpi: number;
  readonly runs: RunMaker;
  readonly scope: Scope;
  readonly ops: DrawOp[];
  /** owners[i] is the element that drew ops[i]. */
  readonly owners: string[];
  readonly codes: PlacedCode[];
  readonly findings: LintFinding[];
}

export function createSheet(dpi: number, runs: RunMaker, scope: Scope): Sheet {
  return { dpi, runs, scope, ops: [], owners: [], codes: [], findings: [] };
}

/** A sheet for content that is drawn apart and turned afterwards; its findings go to the main sheet. */
export function childSheet(sheet: Sheet): Sheet {
  return { ...sheet, ops: [], owners: [] };
}

export function draw(sheet: Sheet, element: string, op: DrawOp): void {
  sheet.ops.push(op);
  sheet.owners.push(element);
}

export function report(
  sheet: Sheet,
  code: LintCode,
  element: string,
  message: string,
  more: { readonly place?: DotRect; readonly data?: LintFinding['data']; readonly severity?: LintFinding['severity'] } = {},
): void {
  const { severity = lintSeverities[code], ...rest } = more;
  sheet.findings.push({ severity, code, element, message, ...rest });
}

/**
 * A box of the document in dots. Edges are rounded, not sizes, so that boxes that touch in the document touch on paper.
 */
export function boxInDots(dpi: number, box: { x: number; y: number; width: number; height: number }, origin: { x: number; y: number }): DotRect {
  const x = toDots(origin.x + box.x, dpi);
  const y = toDots(origin.y + box.y, dpi);
  return { x, y, width: toDots(origin.x + box.x + box.width, dpi) - x, height: toDots(origin.y + box.y + box.height, dpi) - y };
}
