/** Orders and parcels of the core: reading files, keeping orders, preparing parcels. */
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { PreparedLine } from '../../common/contract/orders.ts';
import type { Database } from '../database/tables.ts';
import type { AuditService } from '../features/audit/service.ts';
import type { Changes } from '../features/events/service.ts';
import type { FilesService } from '../features/files/service.ts';
import { createOrderFileReader } from '../features/orders/files/reader.ts';
import { createImportService } from '../features/orders/import-service.ts';
import { createInbox } from '../features/orders/inbox.ts';
import { createOrdersRepository } from '../features/orders/repository.ts';
import { createOrdersRouter } from '../features/orders/router.ts';
import { createOrdersService } from '../features/orders/service.ts';
import type { OrdersService } from '../features/orders/service.ts';
import { createParcelsRepository } from '../features/parcels/repository.ts';
import { createParcelsRouter } from '../features/parcels/router.ts';
import { createParcelsService } from '../features/parcels/service.ts';
import type { ParcelsService } from '../features/parcels/service.ts';
import type { SettingsService } from '../features/settings/service.ts';
import type { ShopsService } from '../features/shops/service.ts';
import type { Clock, Ids, Log } from '../ports/index.ts';

export interface ComposeOrders {
  readonly db: Kysely<Database>;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly audit: AuditService;
  readonly changes: Changes;
  readonly files: FilesService;
  readonly settings: SettingsService;
  readonly shops: ShopsService;
  /** Weight of one piece of each line in grams, null where nobody entered one. */
  readonly weighLines: (shopId: string, lines: readonly PreparedLine[]) => Promise<readonly (number | null)[]>;
}

export function composeOrders(deps: ComposeOrders) {
  const { db, clock, ids, log, audit, changes, files, settings, shops } = deps;
  const repository = createOrdersRepository(db);
  const promiseHours = async (): Promise<number> => (await settings.get()).parcels.promiseHours;
  const orders: OrdersService = createOrdersService({ repository, shops, audit, clock, ids, changes, promiseHours, parcelsOf: (orderId) => parcels.ofOrder(orderId) });
  const parcels: ParcelsService = createParcelsService({ repository: createParcelsRepository(db), orders, settings, audit, clock, ids, changes, weighLines: deps.weighLines });
  const imports = createImportService({
    repository,
    reader: createOrderFileReader(),
    shops,
    audit,
    clock,
    ids,
    log,
    promiseHours,
    onImported: async (shopId) => {
      await parcels.autoMerge([shopId]);
      changes.emit('orders', 'parcels');
    },
  });
  const inbox = createInbox({ folder: join(deps.dataFolder, 'inbox'), imports, shops, settings, clock, log });

  /** Parcels learn of their numbers whenever the ledger or the attempts moved. */
  const stop = new AbortController();
  async function followNumbers(): Promise<void> {
    for await (const change of changes.subscribe(0, stop.signal)) {
      if (!change.topics.some((topic) => topic === 'waybills' || topic === 'attempts')) continue;
      await parcels.follow().catch((thrown: unknown) => log.error('parcels.follow', { error: thrown instanceof Error ? thrown.message : String(thrown) }));
    }
  }

  return {
    orders: { ...orders, importForRun: imports.importForRun, importNamed: imports.importNamed },
    parcels,
    imports,
    inbox,
    routers: { orders: createOrdersRouter({ orders, imports, files, inbox }), parcels: createParcelsRouter(parcels) },
    /** Catches up with the ledger, then follows it and watches the inboxes. Call it after the waybills have started. */
    async start(): Promise<void> {
      await parcels.follow();
      void followNumbers();
      inbox.start();
    },
    /** The last look at the ledger is taken before the database closes. */
    async close(): Promise<void> {
      stop.abort();
      await inbox.stop();
      await parcels.follow();
    },
  };
}
