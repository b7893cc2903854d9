/** Orders of the day as label data. */
import type { OrderSummary, ReceiverView } from '../../../common/contract/orders.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import { completeLabelData } from '../../../common/domain/label/data.ts';
import type { ProofOrder } from '../../../common/domain/templates/proof.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';

export interface RealDataDeps {
  /** The newest orders, recipients masked. */
  readonly orders: (limit: number) => Promise<readonly OrderSummary[]>;
  /** Recipients in the clear, by order; only the proof inside the core sees them. */
  readonly receivers: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, ReceiverView>>;
  readonly items: (order: OrderSummary) => Promise<LabelData['items']>;
  readonly sender: (shopId: string) => Promise<LabelData['sender'] | undefined>;
  readonly returnTo: (shopId: string) => Promise<LabelData['returnTo'] | undefined>;
  readonly shopName: (shopId: string) => Promise<string>;
  readonly now: () => string;
}

/** How many orders the designer offers. */
const offered = 8;
/** How many orders a template is proved with before it is published. */
const proved = 12;
/** Stands for a number that is not drawn yet: as long as real ones. */
const standIn = 'YT0000000000000';

export function createRealData(deps: RealDataDeps) {
  async function dataOf(order: OrderSummary, receiver: ReceiverView, place: { index: number; total: number }): Promise<ProofOrder> {
    const { name, phone, province, city, district, town, detail } = receiver;
    const shop = await deps.shopName(order.shopId);
    const data = completeLabelData({
      waybill: { number: order.waybill === '' ? standIn : order.waybill, carrier: { code: order.carrierCode, name: findCarrier(order.carrierCode)?.name ?? order.carrierCode } },
      recipient: { name, phone, province, city, district, town, detail },
      sender: (await deps.sender(order.shopId)) ?? { name: shop },
      returnTo: await deps.returnTo(order.shopId),
      items: await deps.items(order),
      orders: [{ id: order.number, shop, platform: order.platform, paidAt: order.paidAt, buyerNote: order.buyerNote, sellerNote: [order.memo, order.sellerNote].filter((note) => note !== '').join(' '), flag: order.flag === 'none' ? '' : order.flag, amountFen: order.paidFen }],
      job: { sequence: place.index + 1, total: place.total, printedAt: deps.now() },
    });
    return { name: `${shop} ${order.number}`, data };
  }

  return {
    /** For the designer. Recipients stay masked: a page never needs them in the clear to place a box. */
    async forPage(): Promise<{ id: string; name: string; data: Record<string, unknown> }[]> {
      const orders = await deps.orders(offered);
      return Promise.all(orders.map(async (order, index) => ({ id: order.id, ...(await dataOf(order, order.receiver, { index, total: orders.length })) })));
    },
    /** For the proof, as the label would really be: recipients in the clear, behind the template's own masks. */
    async forProof(): Promise<ProofOrder[]> {
      const orders = await deps.orders(proved);
      const receivers = await deps.receivers(orders.map((order) => order.id));
      return Promise.all(orders.map((order, index) => dataOf(order, receivers.get(order.id) ?? order.receiver, { index, total: orders.length })));
    },
  };
}
