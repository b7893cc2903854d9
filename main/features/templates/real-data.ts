/** Orders of the day as label data for the designer. Recipients stay masked: a page never needs them in the clear to place a box. */
import type { OrderSummary } from '../../../common/contract/orders.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import { completeLabelData } from '../../../common/domain/label/data.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';

export interface RealDataDeps {
  /** The newest orders, recipients masked. */
  readonly orders: (limit: number) => Promise<readonly OrderSummary[]>;
  readonly items: (order: OrderSummary) => Promise<LabelData['items']>;
  readonly sender: (shopId: string) => Promise<LabelData['sender'] | undefined>;
  readonly shopName: (shopId: string) => Promise<string>;
  readonly now: () => string;
}

/** How many orders the designer offers. */
const offered = 8;
/** Stands for a number that is not drawn yet: as long as real ones. */
const standIn = 'YT0000000000000';

export function createRealData(deps: RealDataDeps) {
  return async (): Promise<{ id: string; name: string; data: Record<string, unknown> }[]> => {
    const orders = await deps.orders(offered);
    return Promise.all(
      orders.map(async (order, index) => {
        const { name, phone, province, city, district, town, detail } = order.receiver;
        const shop = await deps.shopName(order.shopId);
        const data = completeLabelData({
          waybill: { number: order.waybill === '' ? standIn : order.waybill, carrier: { code: order.carrierCode, name: findCarrier(order.carrierCode)?.name ?? order.carrierCode } },
          recipient: { name, phone, province, city, district, town, detail },
          sender: (await deps.sender(order.shopId)) ?? { name: shop },
          items: await deps.items(order),
          orders: [{ id: order.number, shop, platform: order.platform, paidAt: order.paidAt, buyerNote: order.buyerNote, sellerNote: [order.memo, order.sellerNote].filter((note) => note !== '').join(' '), flag: order.flag === 'none' ? '' : order.flag, amountFen: order.paidFen }],
          job: { sequence: index + 1, total: orders.length, printedAt: deps.now() },
        });
        return { id: order.id, name: `${shop} ${order.number}`, data };
      }),
    );
  };
}
