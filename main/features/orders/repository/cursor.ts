/** Where a page of orders ends, and between which times one is asked for. */
import type { OrderFilter } from '../../../../common/contract/orders.ts';

/** The place of the last order of a page, and its deadline when sorted by that. */
export interface Cursor {
  readonly seq: number;
  readonly shipBy?: string;
}

export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const [seq, shipBy] = text.split('_');
  const number = Number(seq);
  if (!Number.isSafeInteger(number)) return undefined;
  return shipBy === undefined ? { seq: number } : { seq: number, shipBy };
}

export function writeCursor({ seq, shipBy }: Cursor): string {
  return shipBy === undefined ? String(seq) : `${seq}_${shipBy}`;
}

/** Places between the times of the filter: from the first on, below the second. */
export function seqBounds(query: OrderFilter): { from?: number; before?: number } {
  const at = (time: string): number => Math.floor(Date.parse(time) / 1000) * 1_000_000;
  return { ...(query.from ? { from: at(query.from) } : {}), ...(query.to ? { before: at(query.to) + 1_000_000 } : {}) };
}
