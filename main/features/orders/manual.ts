/** Orders somebody typed in or pasted. */
import type { ManualOrder, ManualOutcome, OrderDetail } from '../../../common/contract/orders.ts';
import { readReceiver, splitBackEndAddress } from '../../../common/domain/orders/receiver.ts';
import type { OrderDraft } from '../../../common/domain/orders/types.ts';
import { fail, isFailure } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { ShopsService } from '../shops/service.ts';
import { createOrdersRepository } from './repository.ts';
import type { OrdersRepository } from './repository.ts';

export interface ManualDeps {
  readonly repository: OrdersRepository;
  readonly shops: Pick<ShopsService, 'get'>;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly promiseHours: () => Promise<number>;
  readonly detail: (orderId: string) => Promise<OrderDetail>;
  /** Called with what came in, outside the transaction: new items, automatic merging, notices to screens. */
  readonly onCreated: (shopId: string, orders: readonly OrderDraft[]) => Promise<void>;
}

export type ManualOrders = ReturnType<typeof createManualOrders>;

export function createManualOrders({ repository, shops, audit, clock, ids, promiseHours, detail, onCreated }: ManualDeps) {
  /** Errors: CONFLICT when the shop has an order of that number. */
  async function insert(input: ManualOrder, actor: Actor): Promise<{ id: string; draft: OrderDraft }> {
    const shop = await shops.get(input.shopId);
    const now = clock.now();
    const number = input.number?.trim() || `M${now.slice(2, 10).replaceAll('-', '')}${ids.next('').slice(-8).toUpperCase()}`;
    if (await repository.byNumber(shop.id, number)) fail('CONFLICT', { what: 'order', id: number, reason: 'number' });
    const draft = draftOf(input, number, now);
    const hours = await promiseHours();
    await repository.transaction((trx) => createOrdersRepository(trx).saveDrafts([draft], { shopId: shop.id, platform: shop.platform, batchId: '', source: 'manual', now, promiseHours: hours }, ids));
    const id = (await repository.byNumber(shop.id, number))?.id ?? fail('NOT_FOUND', { what: 'order', id: number });
    await audit.record(actor, 'orders.create', id);
    return { id, draft };
  }

  return {
    /** One order; its number is given or made, and it waits for shipping at once. Errors: NOT_FOUND (shop), CONFLICT (number). */
    async create(input: ManualOrder, actor: Actor): Promise<OrderDetail> {
      const { id, draft } = await insert(input, actor);
      await onCreated(input.shopId, [draft]);
      return detail(id);
    },

    /** Each order by itself: one that cannot be made gives its failure and the others are made. In the order given. */
    async createSeveral(inputs: readonly ManualOrder[], actor: Actor): Promise<ManualOutcome[]> {
      const outcomes: ManualOutcome[] = [];
      const made = new Map<string, OrderDraft[]>();
      try {
        for (const input of inputs) {
          try {
            const { id, draft } = await insert(input, actor);
            outcomes.push({ ok: true, id, number: draft.number });
            made.set(input.shopId, [...(made.get(input.shopId) ?? []), draft]);
          } catch (thrown) {
            if (!isFailure(thrown)) throw thrown;
            outcomes.push({ ok: false, failure: thrown.error });
          }
        }
      } finally {
        // Also when a full disk stopped it in the middle: those before it are orders like any other.
        for (const [shopId, drafts] of made) await onCreated(shopId, drafts);
      }
      return outcomes;
    },
  };
}

function draftOf(input: ManualOrder, number: string, now: string): OrderDraft {
  const { receiver } = readReceiver({ ...input.receiver, mobile: input.receiver.phone, telephone: '', address: input.receiver.detail }, splitBackEndAddress);
  const lines = input.lines.map((line) => ({ subNumber: '', title: line.title, spec: line.spec, itemId: line.itemId, skuId: '', skuCode: line.skuCode, itemCode: line.itemCode, quantity: line.quantity, priceFen: line.priceFen, refunded: false }));
  const priced = lines.some((line) => line.priceFen !== null);
  const total = lines.reduce((sum, line) => sum + (line.priceFen ?? 0) * line.quantity, 0);
  return {
    number,
    status: 'to_ship',
    statusText: '',
    refund: 'none',
    buyer: '',
    buyerId: '',
    mergeKey: '',
    receiver,
    pickup: false,
    createdAt: now,
    paidAt: now,
    shipBy: '',
    shippedAt: '',
    finishedAt: '',
    goodsFen: priced ? total : null,
    freightFen: null,
    paidFen: priced ? total : null,
    buyerNote: input.buyerNote,
    sellerNote: input.sellerNote,
    flag: input.flag,
    waybill: '',
    carrier: '',
    shopName: '',
    lines,
    pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
    extra: [],
    row: 0,
    line: 0,
  };
}
