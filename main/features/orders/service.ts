/** Use cases of orders: finding, looking, editing. Everything that goes to a page is masked; what leaves in the clear is recorded. */
import { setImmediate } from 'node:timers/promises';
import { readReceiver, splitBackEndAddress } from '../../../common/domain/orders/receiver.ts';
import type { OrderDetail, OrderFilter, OrderQuery, OrderSummary, Outcome, ReceiverView, ViewQuery } from '../../../common/contract/orders.ts';
import { fail, failure } from '../../../common/errors.ts';
import type { AppFailure } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import { parts } from './repository/bulk.ts';
import type { Db } from './repository/bulk.ts';
import { exportOrders } from './export.ts';
import type { ExportEvent, ExportRequest } from './export.ts';
import { createFinder } from './finding.ts';
import type { CarrierRules } from './finding.ts';
import { holderOf, present } from './present.ts';
import type { ParcelMarksOf } from './present.ts';
import { createOrdersRepository } from './repository.ts';
import type { OrdersRepository, ViewRecord } from './repository.ts';
import { receiverColumns, receiverView } from './repository/rows.ts';
import type { LineRow, OrderRow } from './repository/rows.ts';

export interface OrdersDeps {
  readonly repository: OrdersRepository;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly changes: Pick<Changes, 'emit'>;
  /** Parcels of an order, for its detail; the parcels feature is asked. */
  readonly parcelsOf: (orderId: string) => Promise<{ readonly parcels: OrderDetail['parcels']; readonly past: string[] }>;
  readonly parcelMarks: ParcelMarksOf;
  readonly carrierRules: CarrierRules;
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

export { isUndecided } from './repository/carrier-answers.ts';

export type OrdersService = ReturnType<typeof createOrdersService>;

const lockMinutes = 5;

export function createOrdersService(deps: OrdersDeps) {
  const { repository, audit, clock, ids, changes } = deps;
  const finder = createFinder(deps);

  async function detail(id: string, actor?: Actor): Promise<OrderDetail> {
    const [row] = await repository.byIds([id]);
    if (!row) fail('NOT_FOUND', { what: 'order', id });
    const [summary] = await present(deps, [row], actor, clock.now());
    const { parcels, past } = await deps.parcelsOf(id);
    if (!summary) fail('NOT_FOUND', { what: 'order', id });
    return {
      ...summary,
      extra: JSON.parse(row.extra) as [string, string][],
      goodsFen: row.goods_fen,
      freightFen: row.freight_fen,
      shopName: row.shop_name,
      batchId: row.batch_id,
      parcels,
      pastParcels: past,
    };
  }

  /** Changes each order for itself; an order that may not be changed gives its failure and the others go on. */
  async function changeEach(orderIds: readonly string[], actor: Actor, action: string, patch: (row: OrderRow) => Partial<OrderRow> | AppFailure): Promise<Outcome[]> {
    const outcomes = new Map<string, Outcome>();
    const now = clock.now();
    for (const part of parts(orderIds)) {
      await repository.transaction((trx) =>
        createOrdersRepository(trx).change(part, now, (row) => {
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
      // Labels and scans of others get their turn.
      await setImmediate();
    }
    await audit.record(actor, action, orderIds.length === 1 ? (orderIds[0] ?? '') : `${orderIds.length} orders`, { orders: [...outcomes.values()].filter((outcome) => outcome.ok).length });
    changes.emit('orders');
    return orderIds.map((id) => outcomes.get(id) ?? { id, ok: false, failure: failure('NOT_FOUND', { what: 'order', id }).error });
  }

  /** All of them or none, and also while another station has one open: who holds the box decides about the box. */
  async function decideAtPacking(orderIds: readonly string[], actor: Actor, action: string, set: Pick<OrderRow, 'alarm' | 'held'>): Promise<void> {
    await repository.transaction((trx) => createOrdersRepository(trx).change(orderIds, clock.now(), () => set));
    for (const id of orderIds) await audit.record(actor, action, id, { ...(set.held !== '' && { reason: set.held }) });
    changes.emit('orders');
  }

  return {
    /** A page of orders, masked. */
    async list(query: OrderQuery, actor?: Actor): Promise<{ orders: OrderSummary[]; next: string | null }> {
      const now = clock.now();
      const page = await finder.list(query, now);
      return { orders: await present(deps, page.rows, actor, now), next: page.next };
    },
    counts: (shopIds?: readonly string[]) => repository.counts(shopIds, clock.now()),
    ids: (filter: OrderFilter, limit: number, after?: string) => finder.ids(filter, limit, clock.now(), after),
    get: (id: string, actor?: Actor) => detail(id, actor),

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
    idsByNumber: (number: string) => repository.idsByNumber(number),
    waitingByRecipient: (keys: readonly string[]) => repository.waitingByRecipient(keys),
    crowdedRecipients: (shopIds: readonly string[] | undefined, limit: number) => repository.crowdedRecipients(shopIds, limit),
    hiddenByMergeKey: (query: { shopIds?: readonly string[]; keys?: readonly string[] }) => repository.hiddenByMergeKey(query),
    /** For other features, inside their transaction: what happened to the parcels of these orders. */
    async noteFacts(trx: Db, orderIds: readonly string[], facts: OrderFacts | ((row: OrderRow) => OrderFacts)): Promise<void> {
      await createOrdersRepository(trx).change(orderIds, clock.now(), (row) => (typeof facts === 'function' ? facts(row) : facts));
    },

    /** For other features, inside their transaction: the boxes of these orders changed, so that another carrier may take them. */
    boxesChanged: (trx: Db, orderIds: readonly string[]): Promise<void> => createOrdersRepository(trx).askAnew(orderIds),
    /** Asks the carrier rules about what changed, so that nobody has to wait for it who looks for the orders of a carrier. */
    askCarriers: () => finder.askOpen(),

    /**
     * Corrects where a parcel goes, while no label exists; of orders in one parcel each has to say the same, so they may be corrected
     * together, all or none. Errors: NOT_FOUND, ORDER_PRINTED, ORDER_CHANGED, ORDER_LOCKED.
     */
    async setReceiver(input: { id: string; receiver: ReceiverView; version: number; withParcel?: boolean }, actor: Actor): Promise<OrderDetail> {
      const now = clock.now();
      const { receiver } = readReceiver({ ...input.receiver, mobile: input.receiver.phone, telephone: '', address: input.receiver.detail }, splitBackEndAddress);
      const together = input.withParcel ? (await deps.parcelsOf(input.id)).parcels.flatMap((parcel) => parcel.orderIds) : [];
      const wanted = [...new Set([input.id, ...together])];
      await repository.transaction(async (trx) => {
        const inside = createOrdersRepository(trx);
        const rows = await inside.byIds(wanted);
        const row = rows.find((one) => one.id === input.id);
        if (!row) fail('NOT_FOUND', { what: 'order', id: input.id });
        for (const one of rows) {
          const refusal = lockedBy(one, actor, now) ?? fixed(one);
          if (refusal) throw refusal;
        }
        if (row.version !== input.version) fail('ORDER_CHANGED', { order: row.number });
        await inside.change(wanted, now, (one) => ({ ...receiverColumns(receiver), source: one.source.includes('+receiver') ? one.source : `${one.source}+receiver` }));
      });
      await audit.record(actor, 'orders.receiver', input.id, { orders: wanted.length });
      changes.emit('orders');
      return detail(input.id, actor);
    },

    setFlag: (orderIds: readonly string[], flag: string, actor: Actor) => changeEach(orderIds, actor, 'orders.flag', () => ({ flag })),
    setMemo: (orderIds: readonly string[], memo: string, actor: Actor) => changeEach(orderIds, actor, 'orders.memo', () => ({ memo })),
    hold: (orderIds: readonly string[], reason: string, actor: Actor) => changeEach(orderIds, actor, 'orders.hold', (row) => fixed(row) ?? { held: reason }),
    release: (orderIds: readonly string[], actor: Actor) => changeEach(orderIds, actor, 'orders.release', () => ({ held: '' })),
    cancel: (orderIds: readonly string[], reason: string, actor: Actor) => changeEach(orderIds, actor, 'orders.cancel', (row) => fixed(row) ?? { cancelled: reason }),
    restore: (orderIds: readonly string[], actor: Actor) => changeEach(orderIds, actor, 'orders.restore', () => ({ cancelled: '' })),
    settleAlarm: (orderIds: readonly string[], actor: Actor) => changeEach(orderIds, actor, 'orders.settle-alarm', () => ({ alarm: '' })),
    /** At the packing station, label on the box: the parcel is taken out and its orders held, which settles the alarm. */
    setAside: (orderIds: readonly string[], reason: string, actor: Actor) => decideAtPacking(orderIds, actor, 'orders.set-aside', { alarm: '', held: reason }),
    /** At the packing station: somebody answers for it that the parcel leaves all the same. */
    clearStops: (orderIds: readonly string[], actor: Actor) => decideAtPacking(orderIds, actor, 'orders.clear-stops', { alarm: '', held: '' }),
    setCarrier: (orderIds: readonly string[], carrier: (row: OrderRow) => { code: string; reason: string }, actor: Actor) =>
      changeEach(orderIds, actor, 'orders.carrier', (row) => {
        if (row.waybill !== '') return failure('ORDER_PRINTED', { order: row.number, waybill: row.waybill });
        const { code, reason } = carrier(row);
        return { carrier_code: code, carrier_reason: reason };
      }),

    /** Keeps orders for this page for a few minutes, so that two people do not work on one at once. Nothing of the order itself changes. */
    async lock(orderIds: readonly string[], actor: Actor): Promise<Outcome[]> {
      const now = clock.now();
      const until = new Date(Date.parse(now) + lockMinutes * 60_000).toISOString();
      const holder = holderOf(actor);
      const before = new Map((await repository.byIds(orderIds)).map((row) => [row.id, row]));
      await repository.lock(orderIds, { holder, by: actor.operator, until }, now);
      const after = new Map((await repository.byIds(orderIds)).map((row) => [row.id, row]));
      // A lock that is only prolonged is news to nobody.
      if (orderIds.some((id) => before.get(id)?.lock_station !== after.get(id)?.lock_station)) changes.emit('orders');
      return orderIds.map((id) => {
        const row = after.get(id);
        const refusal = row ? lockedBy(row, actor, now) : failure('NOT_FOUND', { what: 'order', id });
        return refusal ? { id, ok: false, failure: refusal.error } : { id, ok: true };
      });
    },
    /** Lets go of what this page keeps; what another keeps stays with it. */
    async unlock(orderIds: readonly string[], actor: Actor): Promise<Outcome[]> {
      if ((await repository.unlock(orderIds, holderOf(actor))) > 0) changes.emit('orders');
      return orderIds.map((id) => ({ id, ok: true }));
    },

    /** The found orders as a csv in pieces; in the clear only when asked, which is recorded. */
    async *exporting(input: ExportRequest, actor: Actor): AsyncGenerator<ExportEvent> {
      for await (const event of exportOrders({ repository, finder }, input, clock.now())) {
        // Recorded before the last piece leaves: a page that stops early has all but that in hand.
        if (event.type === 'done') await audit.record(actor, 'orders.export', input.personal ? 'personal' : 'masked', { orders: event.orders });
        yield event;
      }
    },
    /** The same at once, for scripts. */
    async export(input: ExportRequest, actor: Actor): Promise<{ name: string; csv: string; orders: number }> {
      const pieces: string[] = [];
      for await (const event of this.exporting(input, actor)) {
        if (event.type === 'done') return { name: event.name, csv: pieces.join(''), orders: event.orders };
        pieces.push(event.csv);
      }
      throw new Error('an export ends by saying so');
    },

    views: () => repository.views(),
    /** Keeps a view, or with its id takes the place of one. Two of one name would be told apart by nobody: CONFLICT. */
    async saveView(input: { id?: string; name: string; query: ViewQuery; columns: readonly string[] }): Promise<ViewRecord> {
      const views = await repository.views();
      const known = views.find((view) => view.id === input.id);
      if (views.some((view) => view.name === input.name && view.id !== known?.id)) fail('CONFLICT', { what: 'view', id: input.name, reason: 'name' });
      const view: ViewRecord = { id: known?.id ?? ids.next('view'), name: input.name, query: input.query, columns: input.columns, position: known?.position ?? views.length };
      await repository.saveView(view, clock.now());
      return view;
    },
    removeView: (id: string) => repository.removeView(id),
  };
}

/** Held by another page whose time is not over. */
export function lockedBy(row: Pick<OrderRow, 'number' | 'lock_station' | 'lock_by' | 'lock_until'>, actor: Actor, now: string): AppFailure | undefined {
  if (row.lock_station === '' || row.lock_station === holderOf(actor) || row.lock_until < now) return undefined;
  return failure('ORDER_LOCKED', { order: row.number, station: row.lock_by || row.lock_station, until: row.lock_until });
}

/** On a label already: it stays as printed. */
function fixed(row: OrderRow): AppFailure | undefined {
  return row.printed === 1 || row.waybill !== '' ? failure('ORDER_PRINTED', { order: row.number, waybill: row.waybill }) : undefined;
}
