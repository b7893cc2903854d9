/** Use cases of orders: finding, looking, editing. Everything that goes to a page is masked; what leaves in the clear is recorded. */
import { loadDivisions } from '../../../common/domain/addresses/load.ts';
import { parseAddresses } from '../../../common/domain/addresses/several.ts';
import { exportHeader, exportRows, toCsv } from '../../../common/domain/orders/export.ts';
import { readReceiver, splitBackEndAddress } from '../../../common/domain/orders/receiver.ts';
import type { OrderDraft, Receiver } from '../../../common/domain/orders/types.ts';
import type { ManualOrder, OrderDetail, OrderFilter, OrderQuery, OrderSummary, Outcome, ReceiverView } from '../../../common/contract/orders.ts';
import { fail, failure } from '../../../common/errors.ts';
import type { AppFailure } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import type { ShopsService } from '../shops/service.ts';
import type { Db } from './repository/bulk.ts';
import { createOrdersRepository } from './repository.ts';
import type { OrdersRepository, ViewRecord } from './repository.ts';
import { lineView, maskedReceiver, receiverColumns, receiverView, summaryView } from './repository/rows.ts';
import type { LineRow, OrderRow } from './repository/rows.ts';

export interface OrdersDeps {
  readonly repository: OrdersRepository;
  readonly shops: ShopsService;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly changes: Pick<Changes, 'emit'>;
  readonly promiseHours: () => Promise<number>;
  /** Parcels of an order, for its detail; the parcels feature is asked. */
  readonly parcelsOf: (orderId: string) => Promise<OrderDetail['parcels']>;
}

/** An order with its goods, in the clear: for other features of the core. */
export interface FullOrder {
  readonly row: OrderRow;
  readonly lines: readonly LineRow[];
}

/** Facts of printing and shipping other features tell us. */
export interface OrderFacts {
  readonly waybill?: string;
  readonly carrier_code?: string;
  readonly carrier_reason?: string;
  readonly printed?: number;
  readonly handed?: number;
}

export type OrdersService = ReturnType<typeof createOrdersService>;

const lockMinutes = 5;

export function createOrdersService(deps: OrdersDeps) {
  const { repository, shops, audit, clock, ids, changes } = deps;

  async function detail(id: string): Promise<OrderDetail> {
    const [row] = await repository.byIds([id]);
    if (!row) fail('NOT_FOUND', { what: 'order', id });
    const lines = (await repository.linesOf([id])).get(id) ?? [];
    const shared = await repository.sharedRecipients([row.recipient_key]);
    return {
      ...summaryView(row, lines, others(row, shared)),
      extra: JSON.parse(row.extra) as [string, string][],
      goodsFen: row.goods_fen,
      freightFen: row.freight_fen,
      shopName: row.shop_name,
      batchId: row.batch_id,
      parcels: await deps.parcelsOf(id),
    };
  }

  /** Changes each order for itself; an order that may not be changed gives its failure and the others go on. */
  async function changeEach(orderIds: readonly string[], actor: Actor, action: string, patch: (row: OrderRow) => Partial<OrderRow> | AppFailure): Promise<Outcome[]> {
    const outcomes = new Map<string, Outcome>();
    const now = clock.now();
    await repository.transaction((trx) =>
      createOrdersRepository(trx).change(orderIds, now, (row) => {
        const refusal = lockedBy(row, actor, now);
        const result = refusal ?? patch(row);
        if (result instanceof Error) {
          outcomes.set(row.id, { id: row.id, ok: false, failure: result.error });
          return undefined;
        }
        outcomes.set(row.id, { id: row.id, ok: true });
        return result;
      }),
    );
    await audit.record(actor, action, orderIds.length === 1 ? (orderIds[0] ?? '') : `${orderIds.length} orders`, { orders: [...outcomes.values()].filter((outcome) => outcome.ok).length });
    changes.emit('orders');
    return orderIds.map((id) => outcomes.get(id) ?? { id, ok: false, failure: failure('NOT_FOUND', { what: 'order', id }).error });
  }

  async function exportedRows(rows: readonly OrderRow[], personal: boolean): Promise<string[][]> {
    const lines = await repository.linesOf(rows.map((row) => row.id));
    return rows.flatMap((row) =>
      exportRows({
        number: row.number,
        platform: row.platform,
        shopName: row.shop_name,
        status: row.status as OrderDraft['status'],
        refund: row.refund as OrderDraft['refund'],
        buyer: row.buyer,
        receiver: { ...(personal ? receiverView(row) : maskedReceiver(row)), phone2: personal ? row.phone2 : '' },
        pickup: row.pickup === 1,
        pieces: row.pieces,
        goodsFen: row.goods_fen,
        freightFen: row.freight_fen,
        paidFen: row.paid_fen,
        buyerNote: row.buyer_note,
        sellerNote: row.seller_note,
        flag: row.flag as OrderDraft['flag'],
        createdAt: row.ordered_at,
        paidAt: row.paid_at,
        shipBy: row.ship_by,
        carrier: row.carrier_code || row.platform_carrier,
        waybill: row.waybill || row.platform_waybill,
        lines: (lines.get(row.id) ?? []).map((line) => ({ ...lineView(line), subNumber: line.sub_number })),
      }),
    );
  }

  return {
    /** A page of orders, masked. */
    async list(query: OrderQuery): Promise<{ orders: OrderSummary[]; next: string | null }> {
      const page = await repository.list(query, clock.now());
      const [lines, shared] = await Promise.all([repository.linesOf(page.rows.map((row) => row.id)), repository.sharedRecipients(page.rows.filter((row) => row.stage === 'to_print').map((row) => row.recipient_key))]);
      return { orders: page.rows.map((row) => summaryView(row, lines.get(row.id) ?? [], others(row, shared))), next: page.next };
    },
    counts: (shopIds?: readonly string[]) => repository.counts(shopIds, clock.now()),
    ids: (filter: OrderFilter, limit: number) => repository.ids(filter, limit, clock.now()),
    get: detail,

    /** The receiver in the clear; who looked is recorded. */
    async reveal(id: string, actor: Actor): Promise<ReceiverView> {
      const [row] = await repository.byIds([id]);
      if (!row) fail('NOT_FOUND', { what: 'order', id });
      await audit.record(actor, 'orders.reveal', id);
      return receiverView(row);
    },

    /** For other features: orders with their goods, in the clear, in the order asked. */
    async load(orderIds: readonly string[]): Promise<FullOrder[]> {
      const [rows, lines] = await Promise.all([repository.byIds(orderIds), repository.linesOf(orderIds)]);
      return rows.map((row) => ({ row, lines: lines.get(row.id) ?? [] }));
    },
    waitingByRecipient: (keys: readonly string[]) => repository.waitingByRecipient(keys),
    crowdedRecipients: (shopIds: readonly string[] | undefined, limit: number) => repository.crowdedRecipients(shopIds, limit),
    /** For other features, inside their transaction: what happened to the parcels of these orders. */
    async noteFacts(trx: Db, orderIds: readonly string[], facts: OrderFacts | ((row: OrderRow) => OrderFacts)): Promise<void> {
      await createOrdersRepository(trx).change(orderIds, clock.now(), (row) => (typeof facts === 'function' ? facts(row) : facts));
    },

    /** An order somebody typed in. Its number is given or made; it waits for shipping at once. */
    async createManual(input: ManualOrder, actor: Actor): Promise<OrderDetail> {
      const shop = await shops.get(input.shopId);
      const now = clock.now();
      const number = input.number?.trim() || `M${now.slice(2, 10).replaceAll('-', '')}${ids.next('').slice(-8).toUpperCase()}`;
      if (await repository.byNumber(shop.id, number)) fail('CONFLICT', { what: 'order', id: number, reason: 'number' });
      const draft = manualDraft(input, number, now);
      const promiseHours = await deps.promiseHours();
      await repository.transaction((trx) => createOrdersRepository(trx).saveDrafts([draft], { shopId: shop.id, platform: shop.platform, batchId: '', source: 'manual', now, promiseHours }, ids));
      const row = await repository.byNumber(shop.id, number);
      await audit.record(actor, 'orders.create', row?.id ?? number);
      changes.emit('orders');
      return detail(row?.id ?? '');
    },

    /** Reads pasted recipients; saves nothing. */
    async readPasted(text: string): Promise<{ text: string; receiver: ReceiverView; note: string; confidence: number; doubts: string[]; candidates: string[] }[]> {
      const divisions = await loadDivisions();
      return parseAddresses(text, divisions).map(({ text: part, address }) => ({
        text: part,
        receiver: {
          name: address.name,
          phone: address.extension === '' ? address.phone : `${address.phone}-${address.extension}`,
          province: address.province,
          city: address.city,
          district: address.district,
          town: address.town,
          detail: address.detail,
          postcode: address.postcode ?? '',
        },
        note: address.note,
        confidence: address.confidence,
        doubts: [...new Set([...address.doubts.map((doubt) => doubt.field), ...address.ambiguities.map((ambiguity) => ambiguity.field)])],
        candidates: address.ambiguities.flatMap((ambiguity) => [...ambiguity.candidates]),
      }));
    },

    /** Corrects where a parcel goes, while no label exists. Errors: NOT_FOUND, ORDER_PRINTED, ORDER_CHANGED, ORDER_LOCKED. */
    async setReceiver(input: { id: string; receiver: ReceiverView; version: number }, actor: Actor): Promise<OrderDetail> {
      const now = clock.now();
      const { receiver } = readReceiver({ ...input.receiver, mobile: input.receiver.phone, telephone: '', address: input.receiver.detail }, splitBackEndAddress);
      await repository.transaction(async (trx) => {
        const inside = createOrdersRepository(trx);
        const [row] = await inside.byIds([input.id]);
        if (!row) fail('NOT_FOUND', { what: 'order', id: input.id });
        const refusal = lockedBy(row, actor, now) ?? fixed(row);
        if (refusal) throw refusal;
        if (row.version !== input.version) fail('ORDER_CHANGED', { order: row.number });
        await inside.change([row.id], now, () => ({ ...receiverColumns(receiver), source: row.source.includes('+receiver') ? row.source : `${row.source}+receiver` }));
      });
      await audit.record(actor, 'orders.receiver', input.id);
      changes.emit('orders');
      return detail(input.id);
    },

    setFlag: (orderIds: readonly string[], flag: string, actor: Actor) => changeEach(orderIds, actor, 'orders.flag', () => ({ flag })),
    setMemo: (orderIds: readonly string[], memo: string, actor: Actor) => changeEach(orderIds, actor, 'orders.memo', () => ({ memo })),
    hold: (orderIds: readonly string[], reason: string, actor: Actor) => changeEach(orderIds, actor, 'orders.hold', (row) => fixed(row) ?? { held: reason }),
    release: (orderIds: readonly string[], actor: Actor) => changeEach(orderIds, actor, 'orders.release', () => ({ held: '' })),
    settleAlarm: (orderIds: readonly string[], actor: Actor) => changeEach(orderIds, actor, 'orders.settle-alarm', () => ({ alarm: '' })),
    setCarrier: (orderIds: readonly string[], carrier: (row: OrderRow) => { code: string; reason: string }, actor: Actor) =>
      changeEach(orderIds, actor, 'orders.carrier', (row) => {
        if (row.waybill !== '') return failure('ORDER_PRINTED', { order: row.number, waybill: row.waybill });
        const { code, reason } = carrier(row);
        return { carrier_code: code, carrier_reason: reason };
      }),

    /** Keeps an order for this station for a few minutes, so that two people do not work on it at once. */
    lock: (orderIds: readonly string[], actor: Actor) =>
      changeEach(orderIds, actor, 'orders.lock', () => ({ lock_station: actor.station.id, lock_until: new Date(Date.parse(clock.now()) + lockMinutes * 60_000).toISOString() })),
    unlock: (orderIds: readonly string[], actor: Actor) => changeEach(orderIds, actor, 'orders.unlock', () => ({ lock_station: '', lock_until: '' })),

    /** The found orders as a csv; in the clear only when asked, which is recorded. */
    async export(input: OrderFilter & { ids?: readonly string[]; personal: boolean; limit: number }, actor: Actor): Promise<{ name: string; csv: string; orders: number }> {
      const { ids: given, personal, limit, ...filter } = input;
      const wanted = given ?? (await repository.ids(filter, limit, clock.now())).ids;
      const rows: string[][] = [[...exportHeader]];
      for (let start = 0; start < wanted.length; start += 1000) rows.push(...(await exportedRows(await repository.byIds(wanted.slice(start, start + 1000)), personal)));
      await audit.record(actor, 'orders.export', personal ? 'personal' : 'masked', { orders: wanted.length });
      return { name: `订单-${clock.now().slice(0, 10)}.csv`, csv: toCsv(rows), orders: wanted.length };
    },

    views: () => repository.views(),
    async saveView(input: { id?: string; name: string; query: OrderFilter; columns: readonly string[] }): Promise<ViewRecord> {
      const views = await repository.views();
      const known = views.find((view) => view.id === input.id);
      const view: ViewRecord = { id: known?.id ?? ids.next('view'), name: input.name, query: input.query, columns: input.columns, position: known?.position ?? views.length };
      await repository.saveView(view, clock.now());
      return view;
    },
    removeView: (id: string) => repository.removeView(id),
  };
}

function others(row: OrderRow, shared: ReadonlyMap<string, number>): number {
  return row.stage === 'to_print' && row.recipient_key !== '' ? Math.max(0, (shared.get(row.recipient_key) ?? 1) - 1) : 0;
}

/** Held by another station whose time is not over. */
export function lockedBy(row: Pick<OrderRow, 'number' | 'lock_station' | 'lock_until'>, actor: Actor, now: string): AppFailure | undefined {
  if (row.lock_station === '' || row.lock_station === actor.station.id || row.lock_until < now) return undefined;
  return failure('ORDER_LOCKED', { order: row.number, station: row.lock_station, until: row.lock_until });
}

/** On a label already: it stays as printed. */
function fixed(row: OrderRow): AppFailure | undefined {
  return row.printed === 1 || row.waybill !== '' ? failure('ORDER_PRINTED', { order: row.number, waybill: row.waybill }) : undefined;
}

function manualDraft(input: ManualOrder, number: string, now: string): OrderDraft {
  const cells = { ...input.receiver, mobile: input.receiver.phone, telephone: '', address: input.receiver.detail };
  const receiver: Receiver = readReceiver(cells, splitBackEndAddress).receiver;
  const lines = input.lines.map((line) => ({ subNumber: '', title: line.title, spec: line.spec, itemId: '', skuId: '', skuCode: line.skuCode, itemCode: '', quantity: line.quantity, priceFen: line.priceFen, refunded: false }));
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
    goodsFen: total,
    freightFen: null,
    paidFen: lines.some((line) => line.priceFen !== null) ? total : null,
    buyerNote: input.buyerNote,
    sellerNote: input.sellerNote,
    flag: 'none',
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
