/**
 * Use cases of parcels. An order without a parcel row stands for one parcel of its own; rows are made when somebody merges, splits or
 * prints. Until a number is drawn everything can be taken back; from then on the parcel keeps what is on its label.
 *
 * For the main job: `prepare` gives parcels ready for printing; the mark… functions take in what the ledger and the journal say became
 * of them. Saying the same twice changes nothing.
 */
import { setImmediate } from 'node:timers/promises';
import type { OrderDetail, ParcelSettings, ParcelView, PreparedLine, PreparedParcel } from '../../../common/contract/orders.ts';
import { chooseProduct } from '../../../common/domain/orders/carrier-rules.ts';
import { maskAddress, maskName, maskPhone } from '../../../common/domain/masking/index.ts';
import { fail } from '../../../common/errors.ts';
import type { Actor } from '../audit/service.ts';
import type { FullOrder } from '../orders/service.ts';
import { createCarrierChoices } from './carriers.ts';
import type { ParcelsDeps } from './deps.ts';
import { carrierFacts, carrierOf, joinTexts, linesOf, newParcel, parcelRecipient, problemOf, recipientOf } from './facts.ts';
import type { Rules } from './facts.ts';
import { createMarking } from './marking.ts';
import { createMerging } from './merging.ts';
import { chunks, createParcelsRepository } from './repository.ts';
import type { NewParcel, ParcelFull } from './repository.ts';

const preparedAtOnce = 400;

function covered(parcels: readonly ParcelFull[]): Set<string> {
  return new Set(parcels.flatMap(({ orderIds }) => orderIds));
}

export type ParcelsService = ReturnType<typeof createParcelsService>;

export function createParcelsService(deps: ParcelsDeps) {
  const { repository, orders, settings, audit, clock, ids, changes } = deps;
  const carriers = createCarrierChoices(deps);
  const merging = createMerging(deps, views);

  /** Parcels of these orders in the order asked, made where there are none; then everything a label needs. */
  async function prepare(orderIds: readonly string[]): Promise<PreparedParcel[]> {
    const wanted = [...new Set(orderIds)];
    const all = await repository.ofOrders(wanted);
    const known = covered(all);
    const have = new Set(all.map(({ parcel }) => parcel.id));
    for (const part of chunks(wanted.filter((id) => !known.has(id)), preparedAtOnce)) {
      const made = await makeParcels(part);
      all.push(...made.filter(({ parcel }) => !have.has(parcel.id)));
      for (const { parcel } of made) have.add(parcel.id);
      await setImmediate();
    }
    return describe(inSequence(all, wanted));
  }

  /** What `prepare` would give now, without making anything: a parcel that is not made yet goes by the id of its order. */
  async function foresee(orderIds: readonly string[]): Promise<PreparedParcel[]> {
    const wanted = [...new Set(orderIds)];
    const known = await repository.ofOrders(wanted);
    const taken = covered(known);
    const bare = await orders.load(wanted.filter((id) => !taken.has(id)));
    return describe(inSequence([...known, ...bare.map((order) => unmade(parcelOfOne(order, order.row.id)))], wanted));
  }

  /** An order on its own is a parcel. */
  function parcelOfOne(order: FullOrder, id: string): NewParcel {
    return newParcel([order], order.lines.filter((line) => line.refunded === 0).map((line) => ({ lineId: line.id, orderId: order.row.id, quantity: line.quantity })), 'order', { id, now: clock.now() });
  }

  /** Parcels of orders that had none when they were looked at. */
  async function makeParcels(orderIds: readonly string[]): Promise<ParcelFull[]> {
    const bare = await orders.load(orderIds);
    return repository.transaction(async (trx) => {
      const inside = createParcelsRepository(trx);
      const bareIds = bare.map((order) => order.row.id);
      await inside.lockOrders(bareIds);
      // Somebody else may have prepared, merged or split them since: their parcels are taken, none is made twice.
      const others = await inside.ofOrders(bareIds);
      const taken = covered(others);
      const fresh = bare
        .filter((order) => !taken.has(order.row.id))
        .map((order) => parcelOfOne(order, ids.next('par')));
      await inside.insert(fresh);
      return [...others, ...(await inside.byIds(fresh.map(({ parcel }) => parcel.id)))];
    });
  }

  /** The parcels again, by their ids. */
  async function prepareById(parcelIds: readonly string[]): Promise<PreparedParcel[]> {
    return describe(await repository.byIds(parcelIds));
  }

  async function describe(parcels: readonly ParcelFull[]): Promise<PreparedParcel[]> {
    const rules = await carriers.rules();
    const described: PreparedParcel[] = [];
    for (const part of chunks(parcels, preparedAtOnce)) {
      const loaded = new Map((await orders.load([...new Set(part.flatMap(({ orderIds }) => orderIds))])).map((order) => [order.row.id, order]));
      const known = part.flatMap((full) => {
        const own = full.orderIds.flatMap((id) => loaded.get(id) ?? []);
        const [first] = own;
        const { snapshot, shop_id: shopId } = full.parcel;
        return first ? [{ full, own, first, shopId, lines: snapshot === '' ? linesOf(full, own) : (JSON.parse(snapshot) as PreparedLine[]) }] : [];
      });
      const weights = await carriers.weigh(known);
      described.push(...known.map(({ full, own, first, lines }, index) => describeOne(full, own, first, lines, full.parcel.weight_grams ?? weights[index] ?? null, rules)));
      // Thousands of parcels take a while: labels and scans of others get their turn.
      if (parcels.length > preparedAtOnce) await setImmediate();
    }
    return described;
  }

  function describeOne(full: ParcelFull, own: readonly FullOrder[], first: FullOrder, lines: PreparedLine[], weightGrams: number | null, rules: Rules): PreparedParcel {
    const { parcel } = full;
    const recipient = parcel.state === 'open' || parcel.state === 'held' ? recipientOf(first) : parcelRecipient(parcel);
    const choice = carrierOf(parcel, own, lines, weightGrams, rules);
    return {
      parcelId: parcel.id,
      shopId: parcel.shop_id,
      platform: first.row.platform,
      orderIds: own.map((order) => order.row.id),
      orderNumbers: own.map((order) => order.row.number),
      state: parcel.state as PreparedParcel['state'],
      waybill: parcel.waybill,
      carrierCode: choice.carrierCode,
      carrierReason: choice.reason,
      carrierProduct: chooseProduct(carrierFacts(own, lines, weightGrams), choice.carrierCode, rules.rules),
      recipient,
      lines,
      pieces: lines.every((line) => line.quantity !== null) ? lines.reduce((sum, line) => sum + (line.quantity ?? 0), 0) : own.reduce((sum, order) => sum + order.row.pieces, 0),
      weightGrams,
      position: Math.max(1, parcel.position),
      total: Math.max(1, parcel.total),
      paidFen: own.some((order) => order.row.paid_fen !== null) ? own.reduce((sum, order) => sum + (order.row.paid_fen ?? 0), 0) : null,
      paidAt: first.row.paid_at,
      buyerNote: joinTexts(own.map((order) => order.row.buyer_note)),
      sellerNote: joinTexts(own.map((order) => order.row.seller_note)),
      memo: joinTexts([parcel.memo, ...own.map((order) => order.row.memo)]),
      flag: own.map((order) => order.row.flag).find((flag) => flag !== 'none' && flag !== '') ?? 'none',
      problem: problemOf(parcel, own, recipient, choice.carrierCode, rules.reach)?.error ?? null,
    };
  }

  async function views(parcels: readonly ParcelFull[]): Promise<ParcelView[]> {
    const prepared = await describe(parcels);
    return prepared.map((one) => {
      const full = parcels.find(({ parcel }) => parcel.id === one.parcelId);
      const { recipient } = one;
      return {
        id: one.parcelId,
        shopId: one.shopId,
        state: one.state,
        orders: one.orderIds.map((id, index) => ({ id, number: one.orderNumbers[index] ?? '' })),
        receiver: { ...recipient, name: maskName(recipient.name), phone: maskPhone(recipient.phone), detail: maskAddress(recipient.detail) },
        lines: one.lines.map(({ lineId, orderId, title, spec, quantity }) => ({ lineId, orderId, title, spec, quantity })),
        carrierCode: one.carrierCode,
        carrierReason: one.carrierReason,
        waybill: one.waybill,
        weightGrams: one.weightGrams,
        position: one.position,
        total: one.total,
        held: full?.parcel.held ?? '',
        memo: one.memo,
        flag: one.flag as ParcelView['flag'],
        version: full?.parcel.version ?? 1,
      };
    });
  }

  return {
    /** How many parcels these orders make or would make, without reading or making them. */
    async count(orderIds: readonly string[]): Promise<number> {
      const { parcels, bare } = await repository.count(orderIds);
      return parcels + bare;
    },
    prepare,
    prepareById,
    foresee,
    ...merging,
    setCarrier: carriers.setCarrier,
    rules: carriers.rules,
    saveRules: carriers.saveRules,
    whatIf: carriers.whatIf,
    applyRules: carriers.applyRules,
    readReach: carriers.readReach,
    marks: carriers.marks,
    carrierStamp: carriers.stamp,
    askCarriers: carriers.ask,

    ...createMarking(deps, describe),

    /** For the detail of an order. */
    async ofOrder(orderId: string): Promise<{ parcels: OrderDetail['parcels']; past: string[] }> {
      const past = await repository.everOf(orderId);
      const parcels = (await repository.ofOrders([orderId])).map(({ parcel, orderIds }) => ({ id: parcel.id, state: parcel.state, waybill: parcel.waybill, carrierCode: parcel.carrier_code, position: Math.max(1, parcel.position), total: Math.max(1, parcel.total), orderIds: [...orderIds] }));
      return { parcels, past };
    },
    ofOrders: async (orderIds: readonly string[]) => views(await repository.ofOrders(orderIds)),
    byWaybill: (waybill: string) => repository.byWaybill(waybill),

    async setWeight(parcelId: string, grams: number, actor: Actor): Promise<ParcelView> {
      const [full] = await repository.byIds([parcelId]);
      if (!full) fail('NOT_FOUND', { what: 'parcel', id: parcelId });
      await repository.transaction(async (trx) => {
        await createParcelsRepository(trx).update([parcelId], { weight_grams: grams === 0 ? null : grams, version: full.parcel.version + 1, updated_at: clock.now() });
        await orders.boxesChanged(trx, full.orderIds);
      });
      await audit.record(actor, 'parcels.weight', parcelId, { grams });
      changes.emit('parcels');
      const [view] = await views(await repository.byIds([parcelId]));
      return view ?? fail('NOT_FOUND', { what: 'parcel', id: parcelId });
    },

    settings: async () => (await settings.get()).parcels,
    async saveSettings(next: ParcelSettings, actor: Actor): Promise<ParcelSettings> {
      await settings.set({ parcels: next });
      await audit.record(actor, 'parcels.settings', 'parcels');
      changes.emit('parcels', 'settings');
      return (await settings.get()).parcels;
    },
  };
}

/** In the order asked for, the boxes of one order by their place. */
function inSequence(parcels: readonly ParcelFull[], orderIds: readonly string[]): ParcelFull[] {
  const places = new Map(orderIds.map((id, place) => [id, place]));
  const placeOf = ({ orderIds: own }: ParcelFull): number => Math.min(...own.map((id) => places.get(id) ?? Number.POSITIVE_INFINITY));
  return parcels.toSorted((left, right) => placeOf(left) - placeOf(right) || left.parcel.position - right.parcel.position);
}

/** As if it were kept. */
function unmade({ parcel, orderIds, lines }: NewParcel): ParcelFull {
  return { parcel, orderIds, lines: lines.map(({ lineId, orderId, quantity }) => ({ parcel_id: parcel.id, line_id: lineId, order_id: orderId, quantity })) };
}
