/** The packing stations' part of the core. */
import type { Kysely } from 'kysely';
import { isFailure } from '../../common/errors.ts';
import type { PreparedLine } from '../../common/contract/orders.ts';
import type { Database } from '../database/tables.ts';
import type { AttemptsService } from '../features/attempts/service.ts';
import type { AuditService } from '../features/audit/service.ts';
import type { ItemsService } from '../features/items/service.ts';
import type { OrdersService } from '../features/orders/service.ts';
import type { ParcelsService } from '../features/parcels/service.ts';
import type { Slips } from '../features/printing/slips.ts';
import type { ShopsService } from '../features/shops/service.ts';
import { createCards } from '../features/stations/card.ts';
import { createHandOver } from '../features/stations/hand-over.ts';
import { createStationsRepository } from '../features/stations/repository.ts';
import { createStationsService } from '../features/stations/service.ts';
import type { NumberLife } from '../features/stations/reading.ts';
import type { WaybillsService } from '../features/waybills/service.ts';
import type { Clock, Ids } from '../ports/index.ts';

export interface StationParts {
  readonly db: Kysely<Database>;
  readonly attempts: AttemptsService;
  readonly parcels: ParcelsService;
  readonly orders: OrdersService;
  readonly items: ItemsService;
  /** A line of a parcel as items are asked for it. */
  readonly orderedLine: (line: PreparedLine) => Parameters<ItemsService['labelLines']>[1][number];
  readonly waybills: Pick<WaybillsService, 'life' | 'reports'>;
  readonly shops: ShopsService;
  readonly slips: Slips;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
}

export function composeStations({ db, attempts, parcels, orders, items, orderedLine, waybills, shops, slips, audit, clock, ids }: StationParts) {
  const repository = createStationsRepository(db);
  const shopName = async (shopId: string): Promise<string> => (await shops.get(shopId)).name;
  const cards = createCards({
    parcels,
    orders,
    labelLines: (shopId, lines) => items.labelLines(shopId, lines.map(orderedLine)),
    labelsOf: (number) => attempts.list({ number, limit: 100 }),
    shopName,
    boxesOf: async (orderId) => (await parcels.ofOrder(orderId)).parcels.length,
  });

  async function follow(number: string): Promise<NumberLife | undefined> {
    try {
      return await waybills.reports.follow(number);
    } catch (thrown) {
      if (isFailure(thrown, 'NUMBER_UNKNOWN')) return undefined;
      throw thrown;
    }
  }

  return {
    stations: createStationsService({ repository, cards, attempts, parcels, orders, goodsNamed: (code) => items.nameOfCode(code), follow, audit, clock, ids }),
    handOver: createHandOver({
      repository,
      giveAway: (numbers, actor) => waybills.life.handOver(numbers, actor),
      parcels,
      shopName,
      sheets: { print: (data, printerId) => slips.handOver(data, printerId), pdf: (data) => slips.handOverPdf(data) },
      audit,
      clock,
      ids,
    }),
  };
}
