/** Marks a field that wants what a scanner types for itself: a search, a list of numbers, a barcode. `<Input {...takesScan} />` */
export const takesScan = { 'data-takes-scan': '' } as const;

/** True in a field so marked. */
export function isForScans(field: Element): boolean {
  return field.closest('[data-takes-scan]') !== null;
}
