import { carriers } from '../../common/domain/waybills/carriers.ts';

/** Carrier products of the trade for a select: those of these carriers, or of all where none is named. */
export function productOptions(carrierCodes: readonly string[]): { value: string }[] {
  const known = carriers.filter((carrier) => carrierCodes.length === 0 || carrierCodes.includes(carrier.code));
  return [...new Set(known.flatMap((carrier) => carrier.products))].map((value) => ({ value }));
}
