import type { Outcome, PreparedParcel } from '../../../common/contract/orders.ts';
import type { ExportColumn, ResultReport, Routed, Shipment, Warehouse } from '../../../common/contract/routing.ts';
import type { OutgoingFile } from '../../../common/contract/costs.ts';
import { findColumns, readKilograms, readYuan } from '../../../common/domain/costs/columns.ts';
import { waybillKey } from '../../../common/domain/costs/reconcile.ts';
import { routeParcel } from '../../../common/domain/costs/routing.ts';
import type { RoutingRule } from '../../../common/domain/costs/routing.ts';
import { fail, isFailure } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import { chinaDay } from '../costs/history.ts';
import { priceParcels } from '../costs/pricing.ts';
import type { ParcelPrice } from '../costs/pricing.ts';
import type { CostsService } from '../costs/service.ts';
import { readSheet, safeFileName, writeSheet } from '../costs/sheets.ts';
import type { Changes } from '../events/service.ts';
import type { FilesService } from '../files/service.ts';
import type { RoutingRepository } from './repository.ts';

/** What routing asks of orders. */
export interface RoutingOrders {
  /** The parcels these orders leave in, made where they do not exist yet. */
  prepare(orderIds: readonly string[]): Promise<readonly PreparedParcel[]>;
  /** Keeps orders from being printed here; per order. */
  hold(orderIds: readonly string[], reason: string, actor: Actor): Promise<readonly Outcome[]>;
  release(orderIds: readonly string[], actor: Actor): Promise<readonly Outcome[]>;
}

export interface RoutingDeps {
  readonly repository: RoutingRepository;
  readonly orders: RoutingOrders;
  readonly costs: Pick<CostsService, 'scenarioById'>;
  readonly shopName: (shopId: string) => Promise<string>;
  readonly files: FilesService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: AuditService;
  readonly changes: Changes;
}

export type RoutingService = ReturnType<typeof createRoutingService>;

/** Use cases of routing. */
export function createRoutingService({ repository, orders, costs, shopName, files, clock, ids, audit, changes }: RoutingDeps) {
  async function warehouse(id: string): Promise<Warehouse> {
    return (await repository.warehouses()).find((each) => each.id === id) ?? fail('NOT_FOUND', { what: 'warehouse', id });
  }

  /** Warehouse id → price of each parcel, for every warehouse that has a quote. */
  async function pricesFor(warehouses: readonly Warehouse[], parcels: readonly PreparedParcel[]): Promise<Map<string, readonly ParcelPrice[]>> {
    const today = chinaDay(clock.now());
    const toPrice = parcels.map((parcel) => ({ date: today, province: parcel.recipient.province, city: parcel.recipient.city, grams: parcel.weightGrams, items: parcel.pieces }));
    const prices = new Map<string, readonly ParcelPrice[]>();
    for (const each of warehouses) {
      if (each.scenarioId === '') continue;
      try {
        prices.set(each.id, priceParcels((await costs.scenarioById(each.scenarioId)).scenario, toPrice));
      } catch (thrown) {
        // a scenario that was deleted means "no price is known", which rules and screens already handle
        if (!isFailure(thrown, 'NOT_FOUND')) throw thrown;
      }
    }
    return prices;
  }

  async function route(orderIds: readonly string[], forced?: string): Promise<{ routed: Routed[]; parcels: readonly PreparedParcel[] }> {
    const [parcels, rules, warehouses] = await Promise.all([orders.prepare(orderIds), repository.rules(), repository.warehouses()]);
    const open = warehouses.filter((each) => !each.archived);
    const usable = rules.filter((rule) => rule.warehouseId === '' || open.some((each) => each.id === rule.warehouseId));
    const prices = await pricesFor(open, parcels);
    const stock = new Map(open.filter((each) => each.stockCodes.length > 0).map((each) => [each.id, new Set(each.stockCodes)]));
    const live = new Map((await repository.liveOf(parcels.map((parcel) => parcel.parcelId))).map((shipment) => [shipment.parcelId, shipment]));
    const routed = parcels.map((parcel, index): Routed => {
      const priceOf = (warehouseId: string) => {
        const quoteId = open.find((each) => each.id === warehouseId)?.quoteId ?? '';
        const price = prices.get(warehouseId)?.[index];
        return { own: price, cloud: price?.quotes.get(quoteId) ?? null };
      };
      const choice =
        forced === undefined
          ? routeParcel(
              usable,
              { province: parcel.recipient.province, city: parcel.recipient.city, grams: parcel.weightGrams, shopId: parcel.shopId, lines: parcel.lines },
              {
                stockOf: (id) => stock.get(id),
                gainE4: (id) => {
                  const { own, cloud } = priceOf(id);
                  return own?.ownE4 == null || !cloud ? null : own.ownE4 - cloud.e4;
                },
              },
            )
          : { warehouseId: forced, ruleId: null, reason: '', undecided: [] };
      const { own, cloud } = priceOf(choice.warehouseId);
      return {
        orderIds: [...parcel.orderIds],
        parcelId: parcel.parcelId,
        reference: referenceOf(parcel),
        ...choice,
        undecided: [...choice.undecided],
        ownFen: own?.ownFen ?? null,
        cloudFen: cloud?.fen ?? null,
        problem: live.has(parcel.parcelId) ? 'WITH_WAREHOUSE' : problemOf(parcel),
      };
    });
    return { routed, parcels };
  }

  return {
    warehouses: {
      list: () => repository.warehouses(),
      async save(input: Omit<Warehouse, 'id'> & { id?: string }, actor: Actor): Promise<Warehouse> {
        const others = (await repository.warehouses()).filter((each) => each.id !== input.id);
        if (others.some((each) => each.name === input.name && !each.archived && !input.archived)) fail('CONFLICT', { what: 'warehouse', id: input.name, reason: 'name' });
        if (input.id !== undefined) await warehouse(input.id);
        for (const [index, column] of input.columns.entries()) {
          if ((column.field === undefined) === (column.constant === undefined)) fail('BAD_INPUT', { issues: [{ path: `columns.${index}`, message: 'give either a field or a fixed text' }] });
        }
        const saved: Warehouse = { ...input, id: input.id ?? ids.next('whs') };
        await repository.saveWarehouse(saved, clock.now());
        await audit.record(actor, 'routing.warehouse', saved.id, { name: saved.name, columns: saved.columns.length });
        changes.emit('routing');
        return saved;
      },
    },
    rules: {
      list: () => repository.rules(),
      async save(rules: readonly (Omit<RoutingRule, 'id'> & { id?: string })[], actor: Actor): Promise<RoutingRule[]> {
        const known = new Set((await repository.warehouses()).map((each) => each.id));
        for (const [index, rule] of rules.entries()) {
          if (rule.warehouseId !== '' && !known.has(rule.warehouseId)) fail('BAD_INPUT', { issues: [{ path: `rules.${index}.warehouseId`, message: 'no such warehouse' }] });
        }
        const saved = rules.map((rule): RoutingRule => ({ ...rule, id: rule.id ?? ids.next('rule') }));
        await repository.saveRules(saved);
        await audit.record(actor, 'routing.rules', 'rules', { count: saved.length });
        changes.emit('routing');
        return saved;
      },
    },

    async plan(orderIds: readonly string[]): Promise<Routed[]> {
      return (await route(orderIds)).routed;
    },

    /** Gives parcels away by the rules, or all of them to one warehouse. */
    async assign(orderIds: readonly string[], warehouseId: string | undefined, actor: Actor): Promise<{ assigned: number; own: number; refused: { reference: string; reason: string }[] }> {
      if (warehouseId !== undefined) await warehouse(warehouseId);
      const { routed, parcels } = await route(orderIds, warehouseId);
      const names = new Map((await repository.warehouses()).map((each) => [each.id, each.name]));
      const refused: { reference: string; reason: string }[] = [];
      let assigned = 0;
      let own = 0;
      for (const [index, choice] of routed.entries()) {
        const parcel = parcels[index];
        if (!parcel) continue;
        if (choice.warehouseId === '') {
          own += 1;
          continue;
        }
        if (choice.problem !== null) {
          refused.push({ reference: choice.reference, reason: choice.problem });
          continue;
        }
        // held first: a parcel that is about to be printed must not also be given away
        const held = await orders.hold(choice.orderIds, `云仓 ${names.get(choice.warehouseId) ?? ''}`.trim(), actor);
        const failed = held.find((outcome) => !outcome.ok);
        if (failed) {
          const done = held.filter((outcome) => outcome.ok).map((outcome) => outcome.id);
          if (done.length > 0) await orders.release(done, actor);
          refused.push({ reference: choice.reference, reason: failed.failure?.code ?? 'CONFLICT' });
          continue;
        }
        await repository.insert({
          id: ids.next('cls'), parcelId: parcel.parcelId, warehouseId: choice.warehouseId, orderIds: choice.orderIds, reference: choice.reference, state: 'assigned', reason: choice.reason,
          province: parcel.recipient.province, city: parcel.recipient.city, grams: parcel.weightGrams, items: parcel.pieces, expectedFen: choice.cloudFen, ownFen: choice.ownFen,
          waybill: '', carrier: '', chargedGrams: null, chargedFen: null, createdAt: clock.now(), exportedAt: '', acknowledgedAt: '',
        });
        assigned += 1;
      }
      if (assigned > 0) {
        await audit.record(actor, 'routing.assign', warehouseId ?? 'rules', { assigned, refused: refused.length });
        changes.emit('routing', 'orders');
      }
      return { assigned, own, refused };
    },

    async release(shipmentIds: readonly string[], actor: Actor): Promise<{ released: number; refused: { reference: string; reason: string }[] }> {
      const shipments = await repository.shipments({ ids: shipmentIds, limit: 5000 });
      const refused: { reference: string; reason: string }[] = [];
      let released = 0;
      for (const shipment of shipments) {
        // what a warehouse has shipped cannot be shipped here again
        if (!(await repository.move({ ...shipment, state: 'released' }, ['assigned', 'exported']))) {
          refused.push({ reference: shipment.reference, reason: shipment.state });
          continue;
        }
        await orders.release(shipment.orderIds, actor);
        released += 1;
      }
      if (released > 0) {
        await audit.record(actor, 'routing.release', shipmentIds[0] ?? '', { released });
        changes.emit('routing', 'orders');
      }
      return { released, refused };
    },

    shipments: (query: { warehouseId?: string; state?: Shipment['state']; limit: number }) => repository.shipments(query),

    /** The order file; what was assigned counts as exported from then on. */
    async exportOrders(warehouseId: string, shipmentIds: readonly string[] | undefined, actor: Actor): Promise<OutgoingFile & { parcels: number }> {
      const target = await warehouse(warehouseId);
      const chosen = await repository.shipments(shipmentIds === undefined ? { warehouseId, state: 'assigned', limit: 5000 } : { warehouseId, ids: shipmentIds, limit: 5000 });
      const live = chosen.filter((shipment) => shipment.state === 'assigned' || shipment.state === 'exported').toReversed();
      if (live.length === 0) fail('NOT_FOUND', { what: 'parcel', id: target.name });
      const parcels = new Map((await orders.prepare(live.flatMap((shipment) => shipment.orderIds))).map((parcel) => [parcel.parcelId, parcel]));
      const rows: string[][] = [target.columns.map((column) => column.header)];
      const written: Shipment[] = [];
      for (const shipment of live) {
        const parcel = parcels.get(shipment.parcelId);
        if (!parcel) continue;
        const shop = await shopName(parcel.shopId);
        for (const line of parcel.lines) rows.push(target.columns.map((column) => cellOf(column, shipment, parcel, line, shop)));
        written.push(shipment);
      }
      const now = clock.now();
      for (const shipment of written) await repository.move({ ...shipment, state: 'exported', exportedAt: now }, ['assigned', 'exported']);
      await audit.record(actor, 'routing.export', warehouseId, { parcels: written.length });
      changes.emit('routing');
      const file = await writeSheet(`${safeFileName(target.name)}-${chinaDay(now)}.xlsx`, [{ name: '订单', rows, widths: target.columns.map(() => 18) }]);
      return { ...file, parcels: written.length };
    },

    /** Takes numbers, weights and charges in; bad rows are reported, the good ones count, the same file twice changes nothing. */
    async importResult(warehouseId: string, fileId: string, dryRun: boolean, actor: Actor): Promise<ResultReport> {
      const target = await warehouse(warehouseId);
      const file = files.take(fileId);
      const records = await readSheet(file.name, file.bytes);
      const { grams: gramsHeader, kilograms, ...given } = target.resultColumns;
      const headers = { ...given, kilograms: kilograms || gramsHeader };
      const found = findColumns(records, ['reference', 'waybill', 'carrier', 'kilograms', 'charge'], ['reference', 'waybill'], Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')));
      if (!found) fail('TABLE_UNKNOWN', { file: file.name, header: [...(records[0]?.cells ?? [])].slice(0, 30) });
      const open = [...(await repository.shipments({ warehouseId, state: 'exported', limit: 5000 })), ...(await repository.shipments({ warehouseId, state: 'assigned', limit: 5000 })), ...(await repository.shipments({ warehouseId, state: 'shipped', limit: 5000 }))];
      const byReference = new Map(open.flatMap((shipment) => [[waybillKey(shipment.reference), shipment] as const, ...shipment.reference.split('+').map((part) => [waybillKey(part), shipment] as const)]));
      const report = { rows: 0, acknowledged: 0, known: 0, problems: [] as ResultReport['problems'], missing: [] as string[], chargedFen: 0, expectedFen: 0 };
      const seen = new Set<string>();
      const now = clock.now();
      for (const record of records.slice(found.headerIndex + 1)) {
        const cell = (column: keyof typeof found.columns) => (record.cells[found.columns[column] ?? -1] ?? '').trim();
        if (record.cells.every((value) => value.trim() === '')) continue;
        report.rows += 1;
        const say = (column: string, value: string, zh: string, en: string) => report.problems.push({ row: record.row, column, value, reason: { 'zh-CN': zh, en } });
        const shipment = byReference.get(waybillKey(cell('reference')));
        if (!shipment) {
          say('reference', cell('reference'), '不是发给这个云仓的包裹', 'not a parcel given to this warehouse');
          continue;
        }
        if (cell('waybill') === '') {
          say('waybill', '', '没有运单号', 'no waybill number');
          continue;
        }
        // one row per line of goods: the first row of a parcel carries its figures
        if (seen.has(shipment.id)) continue;
        seen.add(shipment.id);
        if (shipment.state === 'shipped' && waybillKey(shipment.waybill) !== waybillKey(cell('waybill'))) {
          say('waybill', cell('waybill'), `已经回传过另一个单号 ${shipment.waybill}`, `already acknowledged with ${shipment.waybill}`);
          continue;
        }
        const chargedFen = cell('charge') === '' ? null : readYuan(cell('charge'));
        if (chargedFen === undefined) {
          say('charge', cell('charge'), '费用不是正数', 'the charge is not a positive figure');
          continue;
        }
        const weight = cell('kilograms') === '' ? null : gramsHeader !== '' && kilograms === '' ? Number(cell('kilograms')) : readKilograms(cell('kilograms'));
        if (weight === undefined || (weight !== null && !Number.isSafeInteger(weight))) {
          say('weight', cell('kilograms'), '重量看不懂', 'the weight cannot be read');
          continue;
        }
        report.chargedFen += chargedFen ?? 0;
        report.expectedFen += shipment.expectedFen ?? 0;
        const next: Shipment = { ...shipment, state: 'shipped', waybill: cell('waybill'), carrier: cell('carrier'), chargedGrams: weight, chargedFen, acknowledgedAt: shipment.acknowledgedAt || now };
        if (shipment.state === 'shipped' && shipment.chargedFen === chargedFen && shipment.chargedGrams === weight) {
          report.known += 1;
          continue;
        }
        report.acknowledged += 1;
        if (dryRun) continue;
        await repository.move(next, ['assigned', 'exported', 'shipped']);
        // the orders page says where it went, and keeps it from being printed here
        await orders.hold(shipment.orderIds, `${target.name} 已发 ${next.waybill}`, actor);
      }
      report.missing = open.filter((shipment) => shipment.state === 'exported' && !seen.has(shipment.id)).map((shipment) => shipment.reference);
      if (!dryRun && report.acknowledged > 0) {
        await audit.record(actor, 'routing.result', warehouseId, { acknowledged: report.acknowledged, problems: report.problems.length });
        changes.emit('routing', 'orders');
      }
      return report;
    },

    /** Quoted against charged for what was acknowledged in a period (days in China). */
    async reconcile(warehouseId: string, from: string, to: string) {
      await warehouse(warehouseId);
      const start = new Date(Date.parse(`${from}T00:00:00+08:00`)).toISOString();
      const end = new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000).toISOString();
      const shipments = await repository.shipments({ warehouseId, state: 'shipped', from: start, to: end, limit: 100_000 });
      return {
        shipments: shipments.length,
        expectedFen: shipments.reduce((sum, shipment) => sum + (shipment.expectedFen ?? 0), 0),
        chargedFen: shipments.reduce((sum, shipment) => sum + (shipment.chargedFen ?? 0), 0),
        differences: shipments
          .map((shipment) => {
            const differenceFen = shipment.expectedFen === null || shipment.chargedFen === null ? null : shipment.chargedFen - shipment.expectedFen;
            const reason = shipment.chargedFen === null ? ('not-charged' as const) : shipment.expectedFen === null ? ('not-priced' as const) : differenceFen === 0 ? ('ok' as const) : (differenceFen ?? 0) > 0 ? ('over' as const) : ('under' as const);
            return { reference: shipment.reference, waybill: shipment.waybill, expectedFen: shipment.expectedFen, chargedFen: shipment.chargedFen, differenceFen, grams: shipment.grams, chargedGrams: shipment.chargedGrams, reason };
          })
          .filter((line) => line.reason !== 'ok')
          .sort((a, b) => Math.abs(b.differenceFen ?? 0) - Math.abs(a.differenceFen ?? 0)),
      };
    },
  };
}

/** What a warehouse gives back to name a parcel: its order numbers. */
function referenceOf(parcel: PreparedParcel): string {
  const numbers = parcel.orderNumbers.join('+');
  return parcel.total > 1 ? `${numbers}-${parcel.position}` : numbers;
}

function problemOf(parcel: PreparedParcel): string | null {
  if (parcel.waybill !== '' || parcel.state === 'numbered' || parcel.state === 'printed' || parcel.state === 'handed') return 'HAS_NUMBER';
  if (parcel.state === 'cancelled') return 'CANCELLED';
  return parcel.problem?.code ?? null;
}

function cellOf(column: ExportColumn, shipment: Shipment, parcel: PreparedParcel, line: PreparedParcel['lines'][number], shop: string): string {
  if (column.constant !== undefined) return column.constant;
  const { recipient } = parcel;
  switch (column.field) {
    case 'reference':
      return shipment.reference;
    case 'orderNumbers':
      return parcel.orderNumbers.join('+');
    case 'address':
      return `${recipient.province}${recipient.city}${recipient.district}${recipient.town}${recipient.detail}`;
    case 'detail':
      return `${recipient.town}${recipient.detail}`;
    case 'name':
    case 'phone':
    case 'province':
    case 'city':
    case 'district':
      return recipient[column.field];
    case 'title':
    case 'spec':
    case 'skuCode':
    case 'itemCode':
      return line[column.field];
    case 'quantity':
      return line.quantity === null ? '' : String(line.quantity);
    case 'shop':
      return shop;
    case 'buyerNote':
    case 'sellerNote':
      return parcel[column.field];
    case 'grams':
      return parcel.weightGrams === null ? '' : String(parcel.weightGrams);
    default:
      return '';
  }
}
