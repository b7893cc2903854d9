/** Addresses the quick divider left without city or district, read again against the tables of divisions. */
import type { Divisions } from '../../../../common/domain/addresses/divisions.ts';
import { foldText, hasInformation } from '../../../../common/domain/addresses/fold.ts';
import type { readRegion } from '../../../../common/domain/addresses/region-reading.ts';
import type { OrderDraft, Receiver } from '../../../../common/domain/orders/types.ts';

/** What the time a file may take allows; the rest keep what the quick divider found. */
const mostRefined = 30_000;
/** Longest province, city, district and town with their separators. */
const regionCharacters = 60;
/** As when somebody pastes an address: below it the reading is a guess. */
const sureFrom = 0.6;

/** The orders with the levels of their addresses filled where the tables are sure of them. The tables and their reader are loaded only when an address needs them. */
export async function refineReceivers(orders: readonly OrderDraft[]): Promise<readonly OrderDraft[]> {
  if (!orders.some(needsTables)) return orders;
  const [{ loadDivisions }, regions] = await Promise.all([import('../../../../common/domain/addresses/load.ts'), import('../../../../common/domain/addresses/region-reading.ts')]);
  const divisions = await loadDivisions();
  let left = mostRefined;
  return orders.map((order) => {
    if (!needsTables(order) || left === 0) return order;
    left -= 1;
    return { ...order, receiver: refined(order.receiver, divisions, regions.readRegion) };
  });
}

function needsTables({ receiver }: OrderDraft): boolean {
  const { province, city, district, address, state } = receiver;
  return state !== 'encrypted' && hasInformation(address) && (province === '' || city === '' || district === '');
}

function refined(receiver: Receiver, divisions: Divisions, read: typeof readRegion): Receiver {
  const { address } = receiver;
  // A back end writes the region first; what is behind it costs time and adds nothing.
  const head = foldText(address.slice(0, regionCharacters));
  const region = read({ raw: address.slice(0, regionCharacters), work: head, pieces: [{ start: 0, end: head.length, role: 'address', line: 0 }], phones: [], postcode: undefined, notes: [] }, divisions);
  // A region in the middle of a text is a street or a building as often as not.
  if (region === undefined || region.ambiguities.length > 0 || region.confidence < sureFrom || hasInformation(address.slice(0, region.start))) return receiver;
  const { province, city, district, town, leftover } = region;
  return { ...receiver, province, city, district, town, detail: `${leftover}${address.slice(region.end)}`.replace(/^[\s,，、.。\-/]+/, '').trimEnd() };
}
