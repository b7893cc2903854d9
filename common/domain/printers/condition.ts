import type { PrinterRow, PrinterState } from '../../contract/printers.ts';

/** What a person is told of a printer, in a word; `idle` when nobody asked it yet. */
export function conditionOf({ address }: Pick<PrinterRow, 'address'>, state: Pick<PrinterState, 'condition' | 'phase'> | null): PrinterState['condition'] | 'idle' {
  if (state?.phase === 'paused') return 'paused';
  // A folder cannot answer and needs not to.
  return address.kind === 'virtual' ? 'ready' : (state?.condition ?? 'idle');
}
