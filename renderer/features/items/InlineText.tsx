import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { takesScan } from '../../ui/takesScan.ts';

interface Props {
  readonly value: string;
  readonly label: string;
  readonly onSave: (value: string) => void;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly width?: number;
  /** Name of the column in its table: Enter and the arrows go to the cell below or above, as in a spreadsheet. */
  readonly column?: string;
  /** A code is scanned into it. */
  readonly scanned?: boolean;
  /** Several lines were pasted: they belong to this cell and those below it. */
  readonly onLines?: (lines: string[]) => void;
}

/**
 * A cell that is edited in place: Enter or leaving the field saves a change, Escape gives the old value back. Keys pressed while an
 * input method composes are its own.
 */
export function InlineText({ value, label, onSave, maxLength = 40, placeholder, width, column, scanned = false, onLines }: Props) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  function commit(): void {
    const next = draft.trim();
    if (next !== value) onSave(next);
    else setDraft(value);
  }
  return (
    <Input
      size="small"
      aria-label={label}
      style={width === undefined ? undefined : { width }}
      value={draft}
      maxLength={maxLength}
      {...(placeholder !== undefined && { placeholder })}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      {...(column !== undefined && { 'data-column': column })}
      {...(scanned && takesScan)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        const field = event.currentTarget;
        const step = event.key === 'Enter' ? (event.shiftKey ? -1 : 1) : event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (step !== 0) {
          event.preventDefault();
          const next = cellBeside(field, step);
          if (next !== undefined) {
            next.focus();
            next.select();
          } else if (event.key === 'Enter') field.blur();
        }
        if (event.key === 'Escape') setDraft(value);
      }}
      onPaste={(event) => {
        const lines = cellsOf(event.clipboardData.getData('text/plain'));
        if (onLines === undefined || lines.length < 2) return;
        event.preventDefault();
        onLines(lines);
      }}
    />
  );
}

/** The cell of the same column in the next row or the one before. */
function cellBeside(field: HTMLInputElement, step: 1 | -1): HTMLInputElement | undefined {
  const { column } = field.dataset;
  if (column === undefined) return undefined;
  const cells = [...(field.closest('.ant-table')?.querySelectorAll<HTMLInputElement>(`input[data-column="${column}"]`) ?? [])];
  return cells[cells.indexOf(field) + step];
}

/** The first cell of each line of a pasted table; a line break at the end is no line. */
function cellsOf(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/).map((line) => (line.split('\t')[0] ?? '').trim());
}
