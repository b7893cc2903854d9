/**
 * Parcels that left, as the cost model needs them. A read model over orders and parcels: it only reads, and holds no recipient beyond
 * province and city. Two sources are counted, never the same order twice:
 * - parcels with a number of ours, dated by the day they were made;
 * - orders the platform says were shipped and that have no such parcel, dated by their shipping (else payment, else order) day.
 */
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { ShippedParcel } from '../../../common/domain/costs/reconcile.ts';

export interface HistoryParcel extends ShippedParcel {
  readonly shopId: string;
  readonly shop: string;
  /** One item name when the parcel holds one kind of goods, else ''. */
  readonly item: string;
  readonly carrierCode: string;
  readonly source: 'printed' | 'shipped-elsewhere';
}

export interface HistoryQuery {
  /** Days in China's time, both included. */
  readonly from: string;
  readonly to: string;
  /** Empty: all. */
  readonly shopIds: readonly string[];
}

/** What the cost features need to know of the past. */
export interface ParcelHistorySource {
  parcels(query: HistoryQuery): Promise<HistoryParcel[]>;
}

const chinaMs = 8 * 3_600_000;
const left = ['numbered', 'printed', 'handed'];

/** Reads the history of a period. */
export function createParcelHistory(db: Kysely<Database>): ParcelHistorySource {
  return {
    async parcels({ from, to, shopIds }) {
      const start = new Date(Date.parse(`${from}T00:00:00Z`) - chinaMs).toISOString();
      const end = new Date(Date.parse(`${to}T00:00:00Z`) - chinaMs + 86_400_000).toISOString();
      const shopNames = new Map((await db.selectFrom('shops').select(['id', 'name']).execute()).map((shop) => [shop.id, shop.name]));

      let parcelQuery = db
        .selectFrom('parcels')
        .select(['id', 'shop_id', 'province', 'city', 'waybill', 'weight_grams', 'carrier_code', 'created_at'])
        .where('state', 'in', left)
        .where('created_at', '>=', start)
        .where('created_at', '<', end)
        .orderBy('created_at');
      if (shopIds.length > 0) parcelQuery = parcelQuery.where('shop_id', 'in', [...shopIds]);
      const parcels = await parcelQuery.execute();
      const parcelLines = await db
        .selectFrom('parcel_lines')
        .innerJoin('parcels', 'parcels.id', 'parcel_lines.parcel_id')
        .innerJoin('order_lines', 'order_lines.id', 'parcel_lines.line_id')
        .select(['parcel_lines.parcel_id as owner', 'parcel_lines.quantity as quantity', 'order_lines.title as title', 'order_lines.spec as spec'])
        .where('parcels.state', 'in', left)
        .where('parcels.created_at', '>=', start)
        .where('parcels.created_at', '<', end)
        .execute();
      // a parcel that holds its orders whole has no lines of its own
      const wholeLines = await db
        .selectFrom('parcel_orders')
        .innerJoin('parcels', 'parcels.id', 'parcel_orders.parcel_id')
        .innerJoin('order_lines', 'order_lines.order_id', 'parcel_orders.order_id')
        .select(['parcel_orders.parcel_id as owner', 'order_lines.quantity as quantity', 'order_lines.title as title', 'order_lines.spec as spec'])
        .where('parcel_orders.live', '=', 1)
        .where('parcels.state', 'in', left)
        .where('parcels.created_at', '>=', start)
        .where('parcels.created_at', '<', end)
        .execute();
      const goods = goodsOf(parcelLines);
      const wholeGoods = goodsOf(wholeLines);

      // the conditions are written once and used for the orders and for their lines
      const shippedElsewhere = (query: SelectQueryBuilder<Database, 'orders', object>) => {
        const dated = query
          .where('orders.status', 'in', ['shipped', 'done'])
          .where((where) =>
            where.or([
              where.and([where('orders.shipped_at', '>=', start), where('orders.shipped_at', '<', end)]),
              where.and([where('orders.shipped_at', '=', ''), where('orders.paid_at', '>=', start), where('orders.paid_at', '<', end)]),
              where.and([where('orders.shipped_at', '=', ''), where('orders.paid_at', '=', ''), where('orders.ordered_at', '>=', start), where('orders.ordered_at', '<', end)]),
            ]),
          )
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('parcel_orders')
                  .innerJoin('parcels', 'parcels.id', 'parcel_orders.parcel_id')
                  .select('parcel_orders.order_id')
                  .whereRef('parcel_orders.order_id', '=', 'orders.id')
                  .where('parcel_orders.live', '=', 1)
                  .where('parcels.state', 'in', left),
              ),
            ),
          );
        return shopIds.length > 0 ? dated.where('orders.shop_id', 'in', [...shopIds]) : dated;
      };
      const orders = await shippedElsewhere(db.selectFrom('orders')).select(['id', 'shop_id', 'province', 'city', 'platform_waybill', 'platform_carrier', 'shipped_at', 'paid_at', 'ordered_at']).execute();
      const orderLines = await db
        .selectFrom('order_lines')
        .select(['order_id as owner', 'quantity', 'title', 'spec'])
        .where('order_id', 'in', shippedElsewhere(db.selectFrom('orders')).select('orders.id'))
        .execute();
      const orderGoods = goodsOf(orderLines);

      return [
        ...parcels.map((parcel): HistoryParcel => ({
          id: parcel.id,
          waybill: parcel.waybill,
          date: chinaDay(parcel.created_at),
          province: parcel.province,
          city: parcel.city,
          grams: parcel.weight_grams !== null && parcel.weight_grams > 0 ? parcel.weight_grams : null,
          cm3: 0,
          ...(goods.get(parcel.id) ?? wholeGoods.get(parcel.id) ?? { items: 1, item: '' }),
          shopId: parcel.shop_id,
          shop: shopNames.get(parcel.shop_id) ?? parcel.shop_id,
          carrierCode: parcel.carrier_code,
          source: 'printed',
        })),
        ...orders.map((order): HistoryParcel => ({
          id: order.id,
          waybill: order.platform_waybill,
          date: chinaDay(order.shipped_at || order.paid_at || order.ordered_at),
          province: order.province,
          city: order.city,
          grams: null,
          cm3: 0,
          ...(orderGoods.get(order.id) ?? { items: 1, item: '' }),
          shopId: order.shop_id,
          shop: shopNames.get(order.shop_id) ?? order.shop_id,
          carrierCode: order.platform_carrier,
          source: 'shipped-elsewhere',
        })),
      ];
    },
  };
}

function goodsOf(lines: readonly { owner: string; quantity: number | null; title: string; spec: string }[]): Map<string, { items: number; item: string }> {
  const found = new Map<string, { items: number; item: string; kinds: Set<string> }>();
  for (const line of lines) {
    const entry = found.get(line.owner) ?? { items: 0, item: '', kinds: new Set<string>() };
    entry.items += Math.max(1, line.quantity ?? 1);
    entry.kinds.add(`${line.title} ${line.spec}`.trim().slice(0, 120));
    entry.item = entry.kinds.size === 1 ? ([...entry.kinds][0] ?? '') : '';
    found.set(line.owner, entry);
  }
  return new Map([...found].map(([owner, { items, item }]) => [owner, { items, item }]));
}

/** The day in China of an instant: couriers bill by it. */
export function chinaDay(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant.slice(0, 10) : new Date(time + chinaMs).toISOString().slice(0, 10);
}
