/** The closed list of what the label lint finds, with severity. Errors stop a label before paper and a template before publishing. */
import type { LintSeverity } from './rendered.ts';

export const lintSeverities = {
  /** Text does not fit its box and is not allowed to shrink or to end in "…". */
  text_cut: 'error',
  /** Text ended in "…" or rows are summed up, as the template says. */
  text_clamped: 'info',
  rows_hidden: 'info',
  /** Rows of a table do not fit and the template has no rule for it. */
  rows_cut: 'error',
  /** No font has the character. */
  missing_glyph: 'error',
  off_paper: 'error',
  /** The label is wider than the print head. */
  beyond_head: 'error',
  module_small: 'error',
  /** The code cannot be drawn in its box even with the narrowest module. */
  code_does_not_fit: 'error',
  /** Characters, length or check digit the code cannot carry. */
  code_invalid: 'error',
  code_empty: 'error',
  /** A spare code was left out because it would not scan. */
  code_left_out: 'info',
  quiet_zone: 'error',
  code_overlap: 'error',
  near_cut_line: 'warning',
  crosses_cut_line: 'error',
  unknown_field: 'error',
  unmasked_personal: 'error',
  /** Smaller than what a courier can read: 20 dots, and never less than 2 mm. */
  text_small: 'warning',
  picture_unreadable: 'error',
} as const satisfies Record<string, LintSeverity>;

export type LintCode = keyof typeof lintSeverities;
