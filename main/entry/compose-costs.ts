/** What shipping costs: the comparison, the couriers' bills, what goes to cloud warehouses, and freight for choosing among accounts. */
import type { Kysely } from 'kysely';
import { createParcelHistory } from '../features/costs/history.ts';
import { createFreightOfAccounts } from '../features/costs/freight-of-accounts.ts';
import { createCostsRepository } from '../features/costs/repository.ts';
import { createCostsService } from '../features/costs/service.ts';
import type { AuditService } from '../features/audit/service.ts';
import type { Changes } from '../features/events/service.ts';
import type { FilesService } from '../features/files/service.ts';
import { createBillsRepository } from '../features/freight-bills/repository.ts';
import { createBillsService } from '../features/freight-bills/service.ts';
import type { OrdersService } from '../features/orders/service.ts';
import type { ParcelsService } from '../features/parcels/service.ts';
import { createRoutingRepository } from '../features/routing/repository.ts';
import { createRoutingService } from '../features/routing/service.ts';
import type { ShopsService } from '../features/shops/service.ts';
import type { WaybillsService } from '../features/waybills/service.ts';
import type { Database } from '../database/tables.ts';
import type { Clock, Ids, Log } from '../ports/index.ts';

export interface CostParts {
  readonly db: Kysely<Database>;
  readonly orders: OrdersService;
  readonly parcels: ParcelsService;
  readonly shops: ShopsService;
  readonly waybills: Pick<WaybillsService, 'reports'>;
  readonly files: FilesService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly audit: AuditService;
  readonly changes: Changes;
}

export async function composeCosts({ db, orders, parcels, shops, waybills, files, clock, ids, log, audit, changes }: CostParts) {
  const history = createParcelHistory(db);
  const repository = createCostsRepository(db);
  const costs = createCostsService({ repository, history, files, clock, ids, audit, changes });
  const bills = createBillsService({ repository: createBillsRepository(db), costs, history, files, clock, ids, audit, changes });
  const routing = createRoutingService({
    repository: createRoutingRepository(db),
    orders: { prepare: parcels.prepare, hold: orders.hold, release: orders.release },
    costs,
    shopName: async (shopId) => (await shops.get(shopId)).name,
    files,
    clock,
    ids,
    audit,
    changes,
  });
  const freight = createFreightOfAccounts({
    tables: () => repository.freightTables(),
    accounts: async () => (await waybills.reports.accounts()).map(({ id, name, carrierCode }) => ({ id, name, carrierCode })),
    today: () => new Date(Date.parse(clock.now()) + 8 * 3_600_000).toISOString().slice(0, 10),
  });
  await freight.refresh();
  changes.onEmit((topics) => {
    if (topics.includes('costs') || topics.includes('waybills')) void freight.refresh().catch((thrown: unknown) => log.error('freight.refresh', { error: String(thrown) }));
  });
  return { costs, bills, routing, freight };
}
