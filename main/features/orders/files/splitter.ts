/** How the reader divides addresses that come in one piece. */
import { splitBackEndAddress } from '../../../../common/domain/orders/receiver.ts';
import type { AddressSplitter } from '../../../../common/domain/orders/receiver.ts';

/** The splitter for addresses written by back ends: levels in order, official names. */
export async function loadAddressSplitter(): Promise<AddressSplitter> {
  return splitBackEndAddress;
}
