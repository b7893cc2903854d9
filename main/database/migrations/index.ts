/**
 * Every migration, in the order of its number. Forward only; one that has been released is never edited.
 * Imported statically so that the bundled program carries them.
 */
import type { Migration } from 'kysely/migration';
import * as core from './0010-core.ts';
import * as book from './0020-book.ts';
import * as orders from './0030-orders.ts';
import * as waybills from './0040-waybills.ts';
import * as printing from './0050-printing.ts';
import * as attempts from './0051-attempts.ts';
import * as templates from './0060-templates.ts';
import * as costs from './0070-costs.ts';
import * as orderLocks from './0080-order-locks.ts';
import * as carrierProducts from './0081-carrier-products.ts';
import * as stations from './0090-stations.ts';
import * as orderLists from './0100-order-lists.ts';
import * as orderSearchWaiting from './0110-order-search-waiting.ts';
import * as orderSearchPending from './0120-order-search-pending.ts';
import * as orderCancelled from './0130-order-cancelled.ts';
import * as orderCarriers from './0140-order-carriers.ts';

export const migrations = {
  '0010-core': core,
  '0020-book': book,
  '0030-orders': orders,
  '0040-waybills': waybills,
  '0050-printing': printing,
  '0051-attempts': attempts,
  '0060-templates': templates,
  '0070-costs': costs,
  '0080-order-locks': orderLocks,
  '0081-carrier-products': carrierProducts,
  '0090-stations': stations,
  '0100-order-lists': orderLists,
  '0110-order-search-waiting': orderSearchWaiting,
  '0120-order-search-pending': orderSearchPending,
  '0130-order-cancelled': orderCancelled,
  '0140-order-carriers': orderCarriers,
} as const satisfies Readonly<Record<string, Migration>>;
