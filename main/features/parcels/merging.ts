/** Orders into one box, an order into several, and back: all of it until a number is drawn. */
import type { Outcome, ParcelSettings, ParcelView } from '../../../common/contract/orders.ts';
import { maskAddress, maskName, maskPhone } from '../../../common/domain/masking/index.ts';
import { mergeObstacle, proposeMerges } from '../../../common/domain/orders/merge.ts';
import { splitProblem } from '../../../common/domain/orders/split.ts';
import type { SplitLine } from '../../../common/domain/orders/split.ts';
import { fail, failure } from '../../../common/errors.ts';
import type { AppFailure } from '../../../common/errors.ts';
import type { Actor } from '../audit/service.ts';
import { lockedBy } from '../orders/service.ts';
import type { FullOrder } from '../orders/service.ts';
import type { ParcelsDeps } from './deps.ts';
import { boxesFor, mayMerge, mergeFacts, newParcel, preparedLines, recipientOf } from './facts.ts';
import type { SplitWay } from './facts.ts';
import { createParcelsRepository } from './repository.ts';
import type { ParcelFull } from './repository.ts';

/** `views` shows parcels as a page does, for what a split made. */
export function createMerging(deps: ParcelsDeps, views: (parcels: readonly ParcelFull[]) => Promise<ParcelView[]>) {
  const { repository, orders, settings, audit, clock, ids, changes } = deps;
  const birth = () => ({ id: ids.next('par'), now: clock.now() });

  /** The first order another page has open, as a failure. */
  function firstLock(own: readonly FullOrder[], actor: Actor): AppFailure | undefined {
    const now = clock.now();
    for (const { row } of own) {
      const refusal = lockedBy(row, actor, now);
      if (refusal) return refusal;
    }
    return undefined;
  }

  /** Puts orders into one parcel. Parcels they were in are dissolved. Errors as values. */
  async function mergeOne(orderIds: readonly string[], config: ParcelSettings, origin: 'auto' | 'hand' | 'forced', actor: Actor | undefined): Promise<{ parcelId: string } | AppFailure> {
    const own = await orders.load(orderIds);
    const missing = orderIds.find((id) => !own.some((order) => order.row.id === id));
    if (missing !== undefined) return failure('NOT_FOUND', { what: 'order', id: missing });
    const blocked = own.find((order) => !mayMerge(order));
    if (blocked) return failure('ORDER_NOT_TO_SHIP', { order: blocked.row.number, status: blocked.row.stage });
    const held = actor && firstLock(own, actor);
    if (held) return held;
    const facts = own.map(mergeFacts);
    // By hand everything but the receiver may differ; two receivers never share a box unless somebody insists, and hidden ones not even then.
    const obstacle = origin === 'auto' ? mergeObstacle(facts, config) : origin === 'forced' && own.every(({ row }) => row.receiver_state === 'full') ? undefined : mergeObstacle(facts, { ...config, mergeRule: 'loose', windowHours: 0, exceptFlags: [], exceptItems: [], acrossShops: false });
    if (obstacle) return failure('MERGE_DIFFERS', { orders: own.map((order) => order.row.number), what: obstacle });
    const before = await repository.ofOrders(orderIds);
    const numbered = await repository.firstNumbered(before);
    if (numbered) return failure('PARCEL_NUMBERED', numbered);
    const made = newParcel(own, own.flatMap((order) => order.lines.filter((line) => line.refunded === 0).map((line) => ({ lineId: line.id, orderId: order.row.id, quantity: line.quantity }))), origin, birth());
    const late = await repository.transaction(async (trx) => {
      const inside = createParcelsRepository(trx);
      await inside.lockOrders(orderIds);
      const current = await inside.ofOrders(orderIds);
      const drawn = await inside.firstNumbered(current);
      if (drawn) return failure('PARCEL_NUMBERED', drawn);
      await inside.cancel(current.map(({ parcel }) => parcel.id), clock.now());
      await inside.insert([made]);
      return undefined;
    });
    return late ?? { parcelId: made.parcel.id };
  }

  async function proposals(query: { orderIds?: readonly string[]; shopIds?: readonly string[] }): Promise<FullOrder[][]> {
    const config = (await settings.get()).parcels;
    const asked = query.orderIds && (await orders.load(query.orderIds)).map((order) => order.row);
    const keys = asked ? asked.map((row) => row.recipient_key).filter((key) => key !== '') : await orders.crowdedRecipients(query.shopIds, 5_000);
    const hidden = await orders.hiddenByMergeKey({ ...(query.shopIds && { shopIds: query.shopIds }), ...(asked && { keys: [...new Set(asked.map((row) => row.merge_key).filter((key) => key !== ''))] }) });
    const rows = [...(await orders.waitingByRecipient([...new Set(keys)])), ...hidden];
    const own = (await orders.load(rows.filter((row) => !query.shopIds || query.shopIds.length === 0 || query.shopIds.includes(row.shop_id)).map((row) => row.id))).filter(mayMerge);
    const together = new Map<string, string>();
    for (const { parcel, orderIds } of await repository.ofOrders(own.map((order) => order.row.id))) {
      // What somebody merged or split, and what has a number, is settled.
      if (parcel.origin !== 'order' || parcel.waybill !== '') for (const id of orderIds) together.set(id, parcel.id);
    }
    const byId = new Map(own.map((order) => [order.row.id, order]));
    return proposeMerges(own.filter((order) => !together.has(order.row.id)).map(mergeFacts), config).map((group) => group.flatMap((fact) => byId.get(fact.id) ?? []));
  }

  async function autoMerge(shopIds: readonly string[]): Promise<number> {
    const config = (await settings.get()).parcels;
    if (!config.autoMerge) return 0;
    let merged = 0;
    for (const group of await proposals({ shopIds })) if ('parcelId' in (await mergeOne(group.map((order) => order.row.id), config, 'auto', undefined))) merged += 1;
    return merged;
  }

  /** Per parcel: taken back to single orders, or why not. */
  async function dissolve(parcelIds: readonly string[], actor: Actor, action: string): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const found = new Map((await repository.byIds(parcelIds)).map((full) => [full.parcel.id, full]));
    for (const id of parcelIds) {
      const full = found.get(id);
      const group = full ? (full.parcel.group_id === '' ? [full] : await repository.ofGroup(full.parcel.group_id)) : [];
      if (!full) outcomes.push({ id, ok: false, failure: failure('NOT_FOUND', { what: 'parcel', id }).error });
      else {
        const late = await repository.transaction(async (trx) => {
          const inside = createParcelsRepository(trx);
          const drawn = await inside.firstNumbered(group);
          if (drawn === undefined) await inside.cancel(group.map(({ parcel }) => parcel.id), clock.now());
          return drawn;
        });
        outcomes.push(late === undefined ? { id, ok: true } : { id, ok: false, failure: failure('PARCEL_NUMBERED', { parcel: id, waybill: late.waybill }).error });
      }
    }
    await audit.record(actor, action, parcelIds.length === 1 ? (parcelIds[0] ?? '') : `${parcelIds.length} parcels`);
    changes.emit('parcels', 'orders');
    return outcomes;
  }

  async function split(orderId: string, way: SplitWay, actor: Actor): Promise<ParcelView[]> {
    const [order] = await orders.load([orderId]);
    if (!order) fail('NOT_FOUND', { what: 'order', id: orderId });
    const { number } = order.row;
    const held = firstLock([order], actor);
    if (held) throw held;
    const before = await repository.ofOrders([orderId]);
    const numbered = await repository.firstNumbered(before);
    if (numbered) fail('PARCEL_NUMBERED', numbered);
    if (before.some(({ orderIds }) => orderIds.length > 1)) fail('SPLIT_BAD', { order: number, why: 'merged' });
    const goods = order.lines.filter((line) => line.refunded === 0);
    if (goods.length === 0) fail('SPLIT_BAD', { order: number, why: 'no-lines' });
    if (goods.some((line) => line.quantity === null)) fail('SPLIT_BAD', { order: number, why: 'unknown-quantity' });
    const weights = way.type === 'weight' ? await deps.weighLines(order.row.shop_id, preparedLines([order])) : [];
    const names = way.type === 'items' ? await deps.nameLines(order.row.shop_id, preparedLines([order])) : [];
    const lines: SplitLine[] = goods.map((line, index) => ({
      id: line.id,
      quantity: line.quantity ?? 0,
      grams: weights[index] ?? (way.type === 'weight' ? way.defaultGrams : 0),
      goods: [line.title, line.spec, line.sku_code, line.item_code, names[index] ?? ''].join(' '),
    }));
    const boxes = boxesFor(lines, way);
    const problem = splitProblem(lines, boxes);
    if (problem) fail('SPLIT_BAD', { order: number, why: problem });
    const groupId = ids.next('grp');
    const made = boxes.map((box, index) => newParcel([order], box.map((line) => ({ lineId: line.lineId, orderId, quantity: line.quantity })), 'split', birth(), { groupId, position: index + 1, total: boxes.length }));
    await repository.transaction(async (trx) => {
      const inside = createParcelsRepository(trx);
      await inside.lockOrders([orderId]);
      const current = await inside.ofOrders([orderId]);
      const drawn = await inside.firstNumbered(current);
      if (drawn) fail('PARCEL_NUMBERED', drawn);
      await inside.cancel(current.map(({ parcel }) => parcel.id), clock.now());
      await inside.insert(made);
    });
    await audit.record(actor, 'parcels.split', orderId, { boxes: made.length, by: way.type });
    changes.emit('parcels', 'orders');
    return views(await repository.byIds(made.map(({ parcel }) => parcel.id)));
  }

  return {
    autoMerge,
    split,
    async mergeProposals(query: { orderIds?: readonly string[]; shopIds?: readonly string[] }) {
      const { mergeRule } = (await settings.get()).parcels;
      return (await proposals(query)).map((group) => {
        const [first] = group;
        const receiver = first ? recipientOf(first) : { name: '', phone: '', province: '', city: '', district: '', town: '', detail: '', postcode: '' };
        return {
          key: first?.row.recipient_key ?? '',
          receiver: { ...receiver, name: maskName(receiver.name), phone: maskPhone(receiver.phone), detail: maskAddress(receiver.detail) },
          orders: group.map(({ row }) => ({ id: row.id, number: row.number, shopId: row.shop_id, buyer: row.buyer, pieces: row.pieces })),
          rule: first && first.row.receiver_state !== 'full' ? ('platform' as const) : mergeRule,
        };
      });
    },

    /** Each group for itself; one that cannot be merged leaves the others alone. */
    async merge(groups: readonly (readonly string[])[], force: boolean, actor: Actor) {
      const config = (await settings.get()).parcels;
      const results: { orderIds: string[]; parcelId: string | null; failure?: { code: string; data: unknown } }[] = [];
      for (const group of groups) {
        const result = await mergeOne(group, config, force ? 'forced' : 'hand', actor);
        results.push('parcelId' in result ? { orderIds: [...group], parcelId: result.parcelId } : { orderIds: [...group], parcelId: null, failure: result.error });
      }
      await audit.record(actor, 'parcels.merge', `${groups.length} groups`, { merged: results.filter((result) => result.parcelId !== null).length });
      changes.emit('parcels', 'orders');
      return results;
    },
    unmerge: (parcelIds: readonly string[], actor: Actor) => dissolve(parcelIds, actor, 'parcels.unmerge'),
    cancel: (parcelIds: readonly string[], actor: Actor) => dissolve(parcelIds, actor, 'parcels.cancel'),
  };
}
