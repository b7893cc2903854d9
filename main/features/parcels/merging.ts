/** Orders into one box, an order into several, and back: all of it until a number is drawn. */
import { setImmediate } from 'node:timers/promises';
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
import { chunks, createParcelsRepository } from './repository.ts';
import type { NewParcel, ParcelFull } from './repository.ts';

type Origin = 'auto' | 'hand' | 'forced';

const groupsAtOnce = 50;

/** The groups in parts of which each order is in one group at most. */
function* apart(groups: readonly (readonly string[])[]): Generator<readonly (readonly string[])[]> {
  let part: (readonly string[])[] = [];
  let taken = new Set<string>();
  for (const group of groups) {
    if (part.length >= groupsAtOnce || group.some((id) => taken.has(id))) {
      yield part;
      part = [];
      taken = new Set();
    }
    part.push(group);
    for (const id of group) taken.add(id);
  }
  if (part.length > 0) yield part;
}

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

  /** Why these orders may not share a box, as far as they themselves tell. */
  function refusal(orderIds: readonly string[], own: readonly FullOrder[], config: ParcelSettings, origin: Origin, actor: Actor | undefined): AppFailure | undefined {
    const missing = orderIds.find((id) => !own.some((order) => order.row.id === id));
    if (missing !== undefined) return failure('NOT_FOUND', { what: 'order', id: missing });
    const blocked = own.find((order) => !mayMerge(order));
    if (blocked) return failure('ORDER_NOT_TO_SHIP', { order: blocked.row.number, status: blocked.row.stage });
    const held = actor && firstLock(own, actor);
    if (held) return held;
    // By hand everything but the receiver may differ; two receivers never share a box unless somebody insists, and hidden ones not even then.
    if (origin === 'forced' && own.every(({ row }) => row.receiver_state === 'full')) return undefined;
    const rules = origin === 'auto' ? config : { ...config, mergeRule: 'loose' as const, windowHours: 0, exceptFlags: [], exceptItems: [], acrossShops: false };
    const obstacle = mergeObstacle(own.map(mergeFacts), rules);
    return obstacle && failure('MERGE_DIFFERS', { orders: own.map((order) => order.row.number), what: obstacle });
  }

  /** Puts the orders of each group into one parcel; parcels they were in are dissolved. Each group for itself: its parcel, or why there is none. */
  async function mergeGroups(groups: readonly (readonly string[])[], origin: Origin, actor: Actor | undefined): Promise<({ parcelId: string } | AppFailure)[]> {
    const config = (await settings.get()).parcels;
    const results: ({ parcelId: string } | AppFailure)[] = [];
    for (const part of apart(groups)) {
      const loaded = new Map((await orders.load(part.flat())).map((order) => [order.row.id, order]));
      const checked = part.map((orderIds) => {
        const own = orderIds.flatMap((id) => loaded.get(id) ?? []);
        return refusal(orderIds, own, config, origin, actor) ?? newParcel(own, own.flatMap((order) => order.lines.filter((line) => line.refunded === 0).map((line) => ({ lineId: line.id, orderId: order.row.id, quantity: line.quantity }))), origin, birth());
      });
      const wanted = checked.flatMap((one) => (one instanceof Error ? [] : one.orderIds));
      results.push(...(await repository.transaction(async (trx) => {
        const inside = createParcelsRepository(trx);
        await inside.lockOrders(wanted);
        const standing = await inside.ofOrders(wanted);
        const waybills = await inside.waybillsOf(standing);
        const current = Map.groupBy(standing.flatMap((full) => full.orderIds.map((id) => ({ id, full }))), ({ id }) => id);
        const dissolved = new Set<string>();
        const made: NewParcel[] = [];
        const outcomes = checked.map((one) => {
          if (one instanceof Error) return one;
          const before = one.orderIds.flatMap((id) => current.get(id) ?? []).map(({ full }) => full.parcel.id);
          const drawn = before.find((parcel) => waybills.has(parcel));
          if (drawn !== undefined) return failure('PARCEL_NUMBERED', { parcel: drawn, waybill: waybills.get(drawn) ?? '' });
          for (const parcel of before) dissolved.add(parcel);
          made.push(one);
          return { parcelId: one.parcel.id };
        });
        await inside.cancel([...dissolved], clock.now());
        await inside.insert(made);
        await orders.boxesChanged(trx, [...standing.filter(({ parcel }) => dissolved.has(parcel.id)), ...made].flatMap(({ orderIds }) => orderIds));
        return outcomes;
      })));
      // Thousands of groups take seconds: labels and scans of others get their turn.
      await setImmediate();
    }
    return results;
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
    const groups = (await proposals({ shopIds })).map((group) => group.map((order) => order.row.id));
    return (await mergeGroups(groups, 'auto', undefined)).filter((result) => 'parcelId' in result).length;
  }

  /** Per parcel: taken back to single orders, or why not. */
  async function dissolve(parcelIds: readonly string[], actor: Actor, action: string): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const part of chunks(parcelIds, groupsAtOnce)) {
      outcomes.push(...(await repository.transaction(async (trx) => {
        const inside = createParcelsRepository(trx);
        const groups = new Map<string, readonly ParcelFull[]>();
        for (const full of await inside.byIds(part)) groups.set(full.parcel.id, full.parcel.group_id === '' ? [full] : await inside.ofGroup(full.parcel.group_id));
        const waybills = await inside.waybillsOf([...groups.values()].flat());
        const numberIn = (group: readonly ParcelFull[]): string | undefined => group.map(({ parcel }) => waybills.get(parcel.id)).find((waybill) => waybill !== undefined);
        const free = [...groups.values()].filter((group) => numberIn(group) === undefined).flat();
        await inside.cancel([...new Set(free.map(({ parcel }) => parcel.id))], clock.now());
        await orders.boxesChanged(trx, free.flatMap(({ orderIds }) => orderIds));
        return part.map((id): Outcome => {
          const group = groups.get(id);
          if (!group) return { id, ok: false, failure: failure('NOT_FOUND', { what: 'parcel', id }).error };
          const waybill = numberIn(group);
          return waybill === undefined ? { id, ok: true } : { id, ok: false, failure: failure('PARCEL_NUMBERED', { parcel: id, waybill }).error };
        });
      })));
      await setImmediate();
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
      await orders.boxesChanged(trx, [orderId]);
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
      const made = await mergeGroups(groups, force ? 'forced' : 'hand', actor);
      const results = groups.map((group, index): { orderIds: string[]; parcelId: string | null; failure?: { code: string; data: unknown } } => {
        const result = made[index];
        return result instanceof Error ? { orderIds: [...group], parcelId: null, failure: result.error } : { orderIds: [...group], parcelId: result?.parcelId ?? null };
      });
      await audit.record(actor, 'parcels.merge', `${groups.length} groups`, { merged: results.filter((result) => result.parcelId !== null).length });
      changes.emit('parcels', 'orders');
      return results;
    },
    unmerge: (parcelIds: readonly string[], actor: Actor) => dissolve(parcelIds, actor, 'parcels.unmerge'),
    cancel: (parcelIds: readonly string[], actor: Actor) => dissolve(parcelIds, actor, 'parcels.cancel'),
  };
}
