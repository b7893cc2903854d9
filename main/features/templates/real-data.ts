/** Orders of the day as label data: those that are to print, the hardest of them first. */
import type { OrderQuery, OrderSummary, ReceiverView } from '../../../common/contract/orders.ts';
import type { OrderOfTheDay } from '../../../common/contract/templates.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import { completeLabelData } from '../../../common/domain/label/data.ts';
import { destination } from '../../../common/domain/label/destination.ts';
import { chooseOrders } from '../../../common/domain/templates/order-choice.ts';
import type { Chosen } from '../../../common/domain/templates/order-choice.ts';
import type { ProofOrder } from '../../../common/domain/templates/proof.ts';
import { sampleNumber } from '../../../common/domain/templates/sample-mark.ts';
import type { TemplateScope } from '../../../common/domain/templates/scope.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';

export interface RealDataDeps {
  /** A page of orders, recipients masked. */
  readonly orders: (query: Pick<OrderQuery, 'stage' | 'sort' | 'shopIds' | 'cursor' | 'limit'>) => Promise<{ readonly orders: readonly OrderSummary[]; readonly next: string | null }>;
  readonly order: (id: string) => Promise<OrderSummary>;
  /** Recipients in the clear, by order; only the core sees them, and the paper. */
  readonly receivers: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, ReceiverView>>;
  readonly items: (order: OrderSummary) => Promise<LabelData['items']>;
  readonly sender: (shopId: string) => Promise<LabelData['sender'] | undefined>;
  readonly returnTo: (shopId: string) => Promise<LabelData['returnTo'] | undefined>;
  readonly shopName: (shopId: string) => Promise<string>;
  readonly now: () => string;
}

/** How many orders the designer offers and a template is proved with before it is published. */
const offered = 10;
/** Among how many that leave first the hardest are looked for: more than a shop packs in a day need not be read. */
const looked = { orders: 400, page: 200 } as const;
/** Stands for a number that is not drawn yet: as long as real ones. */
const standIn = 'YT0000000000000';

type ChosenOrder = Chosen<{ readonly summary: OrderSummary; readonly receiver: ReceiverView }>;

export function createRealData(deps: RealDataDeps) {
  async function dataOf(order: OrderSummary, receiver: ReceiverView, facts: { number: string; index: number; total: number }): Promise<ProofOrder> {
    const { name, phone, province, city, district, town, detail } = receiver;
    const shop = await deps.shopName(order.shopId);
    const carrierCode = carrierOf(order);
    const data = completeLabelData({
      waybill: { number: facts.number, carrier: { code: carrierCode, name: findCarrier(carrierCode)?.name ?? carrierCode }, sortCode: destination(receiver) },
      recipient: { name, phone, province, city, district, town, detail },
      sender: (await deps.sender(order.shopId)) ?? { name: shop },
      returnTo: await deps.returnTo(order.shopId),
      items: await deps.items(order),
      orders: [{ id: order.number, shop, platform: order.platform, paidAt: order.paidAt, buyerNote: order.buyerNote, sellerNote: notesOf(order), flag: order.flag === 'none' ? '' : order.flag, amountFen: order.paidFen }],
      job: { sequence: facts.index + 1, total: facts.total, printedAt: deps.now() },
    });
    return { name: `${shop} ${order.number}`, data };
  }
  const numberOf = (order: OrderSummary): string => (order.waybill === '' ? standIn : order.waybill);

  /** Orders that wait for their label and that a template of this scope is for, the hardest chosen among those that must leave first. */
  async function choose(scope: TemplateScope): Promise<ChosenOrder[]> {
    const waiting: OrderSummary[] = [];
    let cursor: string | undefined;
    do {
      const page = await deps.orders({ stage: 'to_print', sort: 'deadline', limit: looked.page, ...(scope.shops.length > 0 && { shopIds: scope.shops }), ...(cursor !== undefined && { cursor }) });
      waiting.push(...page.orders.filter((order) => isMeant(scope, order)));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && waiting.length < looked.orders);
    const receivers = await deps.receivers(waiting.map((order) => order.id));
    return chooseOrders(waiting.map((summary) => ({ summary, receiver: receivers.get(summary.id) ?? summary.receiver })), offered, ({ summary, receiver: { name, province, city, district, town, detail } }) => ({
      recipient: name,
      address: `${province}${city}${district}${town}${detail}`,
      lines: summary.lines.length,
      goods: summary.lines.map((line) => `${line.title}${line.spec}`).join(''),
      notes: `${notesOf(summary)}${summary.buyerNote}`,
    }));
  }

  return {
    /** For the designer. Recipients stay masked: a page never needs them in the clear to place a box. */
    async forPage(scope: TemplateScope): Promise<OrderOfTheDay[]> {
      const chosen = await choose(scope);
      return Promise.all(chosen.map(async ({ order: { summary }, why }, index) => ({ id: summary.id, why: [...why], ...(await dataOf(summary, summary.receiver, { number: numberOf(summary), index, total: chosen.length })) })));
    },
    /** For the proof, as the label would really be: recipients in the clear, behind the template's own masks. */
    async forProof(scope: TemplateScope): Promise<ProofOrder[]> {
      const chosen = await choose(scope);
      return Promise.all(chosen.map(({ order: { summary, receiver } }, index) => dataOf(summary, receiver, { number: numberOf(summary), index, total: chosen.length })));
    },
    /** For a test on paper: the order as it would print, with a number no carrier knows. Errors: NOT_FOUND. */
    async forTest(orderId: string): Promise<LabelData> {
      const order = await deps.order(orderId);
      const receivers = await deps.receivers([orderId]);
      return (await dataOf(order, receivers.get(orderId) ?? order.receiver, { number: sampleNumber, index: 0, total: 1 })).data;
    },
  };
}

/** The carrier it has, or the one the rules would choose. */
function carrierOf(order: OrderSummary): string {
  return order.carrierCode === '' ? (order.proposed?.carrierCode ?? '') : order.carrierCode;
}

function notesOf(order: OrderSummary): string {
  return [order.memo, order.sellerNote].filter((note) => note !== '').join(' ');
}

/** What is not decided yet may still become what the template is for. The carrier product is known only with the number. */
function isMeant(scope: TemplateScope, order: OrderSummary): boolean {
  const carrier = carrierOf(order);
  return (scope.platforms.length === 0 || scope.platforms.includes(order.platform)) && (scope.carriers.length === 0 || carrier === '' || scope.carriers.includes(carrier));
}
