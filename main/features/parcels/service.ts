/**
 * Use cases of parcels. An order without a parcel row stands for one parcel of its own; rows are made when somebody merges, splits or
 * prints. Until a number is drawn everything can be taken back; from then on the parcel keeps what is on its label.
 *
 * For the main job: `prepare` gives parcels ready for printing; the mark… functions take in what the ledger and the journal say became
 * of them. Saying the same twice changes nothing.
 */
import type { CarrierRule, CarrierTrial, OrderDetail, Outcome, ParcelSettings, ParcelView, PreparedLine, PreparedParcel, ReachExclusion, ReachList } from '../../../common/contract/orders.ts';
import { chooseCarrier, chooseProduct } from '../../../common/domain/orders/carrier-rules.ts';
import { readReachList } from '../../../common/domain/orders/reach-list.ts';
import type { Divisions } from '../../../common/domain/addresses/divisions.ts';
import { mergeObstacle, proposeMerges } from '../../../common/domain/orders/merge.ts';
import { splitProblem } from '../../../common/domain/orders/split.ts';
import type { SplitLine } from '../../../common/domain/orders/split.ts';
import { maskAddress, maskName, maskPhone } from '../../../common/domain/masking/index.ts';
import { fail, failure } from '../../../common/errors.ts';
import type { AppFailure } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import type { ParcelMarks } from '../orders/present.ts';
import { lockedBy } from '../orders/service.ts';
import type { FullOrder, OrdersService } from '../orders/service.ts';
import type { SettingsService } from '../settings/service.ts';
import { boxesFor, carrierFacts, carrierOf, joinTexts, linesOf, mayMerge, mergeFacts, parcelRecipient, preparedLines, problemOf, recipientOf } from './facts.ts';
import type { Rules, SplitWay } from './facts.ts';
import { createParcelsRepository } from './repository.ts';
import type { NewParcel, ParcelFull, ParcelRow, ParcelsRepository } from './repository.ts';

export interface ParcelsDeps {
  readonly repository: ParcelsRepository;
  readonly orders: OrdersService;
  readonly settings: Pick<SettingsService, 'get' | 'set'>;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly changes: Pick<Changes, 'emit'>;
  /** Weight of one piece of each line in grams, null where nobody entered one; the items feature is asked. */
  readonly weighLines: (shopId: string, lines: readonly PreparedLine[]) => Promise<readonly (number | null)[]>;
  /** Short names, so that goods are found by the word people know them by. */
  readonly nameLines: (shopId: string, lines: readonly PreparedLine[]) => Promise<readonly string[]>;
  /** The official tables, read when first needed. */
  readonly divisions: () => Promise<Divisions>;
}

export type ParcelsService = ReturnType<typeof createParcelsService>;

export function createParcelsService(deps: ParcelsDeps) {
  const { repository, orders, settings, audit, clock, ids, changes } = deps;

  /** Rules and places not served can be thousands of rows and every page of orders asks for them, so they are kept until their stamp changes, here or at another host. */
  let kept: { readonly stamp: string; readonly read: Promise<Omit<Rules, 'fallback'>> } | undefined;
  async function readRules(): Promise<Omit<Rules, 'fallback'>> {
    const [rules, reach] = await Promise.all([repository.rules(), repository.reach()]);
    return { rules, reach };
  }
  async function currentRules(): Promise<Rules> {
    const { carrierFallback, carrierRulesStamp: stamp } = await settings.get();
    if (kept?.stamp !== stamp) kept = { stamp, read: readRules() };
    const { read } = kept;
    read.catch(() => (kept = undefined));
    return { ...(await read), fallback: carrierFallback };
  }

  /** For a page of orders: boxes, company in the box, and the carrier the rules would choose where none stands. Weights are asked only when a rule looks at them. */
  async function marks(own: readonly FullOrder[]): Promise<ReadonlyMap<string, ParcelMarks>> {
    const [parcels, rules] = await Promise.all([repository.marks(own.map((order) => order.row.id)), currentRules()]);
    const byWeight = rules.rules.some(({ enabled, conditions }) => enabled && (conditions.minGrams !== undefined || conditions.maxGrams !== undefined));
    const found = new Map<string, ParcelMarks>();
    const contents = own.map((order) => {
      const { row } = order;
      const open = row.carrier_code === '' && row.waybill === '' && (row.stage === 'to_print' || row.stage === 'problem' || row.stage === 'held');
      return { order, open, shopId: row.shop_id, lines: open ? preparedLines([order]) : [] };
    });
    const weights = byWeight ? await weigh(contents) : [];
    for (const [index, { order, open, lines }] of contents.entries()) {
      const { row } = order;
      const choice = open ? chooseCarrier(carrierFacts([order], lines, weights[index] ?? null), rules.rules, rules.fallback, rules.reach) : undefined;
      found.set(row.id, { boxes: parcels.get(row.id)?.boxes ?? 1, together: parcels.get(row.id)?.together ?? 1, proposed: choice ? { carrierCode: choice.carrierCode, reason: choice.reason } : null });
    }
    return found;
  }

  /** Parcels of these orders in the order asked, made where there are none; then everything a label needs. */
  async function prepare(orderIds: readonly string[]): Promise<PreparedParcel[]> {
    const wanted = [...new Set(orderIds)];
    const all = await repository.ofOrders(wanted);
    const covered = (parcels: readonly ParcelFull[]): Set<string> => new Set(parcels.flatMap(({ orderIds: own }) => own));
    const known = covered(all);
    const bare = await orders.load(wanted.filter((id) => !known.has(id)));
    if (bare.length > 0) {
      const made = await repository.transaction(async (trx) => {
        const inside = createParcelsRepository(trx);
        const bareIds = bare.map((order) => order.row.id);
        await inside.lockOrders(bareIds);
        // Somebody else may have prepared, merged or split them since: their parcels are taken, none is made twice.
        const others = await inside.ofOrders(bareIds);
        const taken = covered(others);
        const fresh = bare
          .filter((order) => !taken.has(order.row.id))
          .map((order) => newParcel([order], order.lines.filter((line) => line.refunded === 0).map((line) => ({ lineId: line.id, orderId: order.row.id, quantity: line.quantity })), 'order'));
        await inside.insert(fresh);
        return [...others, ...(await inside.byIds(fresh.map(({ parcel }) => parcel.id)))];
      });
      all.push(...made.filter(({ parcel }) => !all.some((one) => one.parcel.id === parcel.id)));
    }
    const places = new Map(wanted.map((id, place) => [id, place]));
    const placeOf = ({ orderIds: own }: ParcelFull): number => Math.min(...own.map((id) => places.get(id) ?? Number.POSITIVE_INFINITY));
    all.sort((left, right) => placeOf(left) - placeOf(right) || left.parcel.position - right.parcel.position);
    return describe(all);
  }

  /** The parcels again, by their ids. */
  async function prepareById(parcelIds: readonly string[]): Promise<PreparedParcel[]> {
    return describe(await repository.byIds(parcelIds));
  }

  async function describe(parcels: readonly ParcelFull[]): Promise<PreparedParcel[]> {
    const loaded = new Map((await orders.load([...new Set(parcels.flatMap(({ orderIds }) => orderIds))])).map((order) => [order.row.id, order]));
    const rules = await currentRules();
    const known = parcels.flatMap((full) => {
      const own = full.orderIds.flatMap((id) => loaded.get(id) ?? []);
      const [first] = own;
      const { snapshot, shop_id: shopId } = full.parcel;
      return first ? [{ full, own, first, shopId, lines: snapshot === '' ? linesOf(full, own) : (JSON.parse(snapshot) as PreparedLine[]) }] : [];
    });
    const weights = await weigh(known);
    return known.map(({ full, own, first, lines }, index) => describeOne(full, own, first, lines, full.parcel.weight_grams ?? weights[index] ?? null, rules));
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

  /** Grams of each, null where a piece or a quantity is not known; one question for each shop. */
  async function weigh(contents: readonly { readonly shopId: string; readonly lines: readonly PreparedLine[] }[]): Promise<(number | null)[]> {
    const grams = new Map<PreparedLine, number | null>();
    for (const [shopId, own] of Map.groupBy(contents, (one) => one.shopId)) {
      const lines = own.flatMap((one) => one.lines);
      const weights = await deps.weighLines(shopId, lines);
      lines.forEach((line, index) => grams.set(line, weights[index] ?? null));
    }
    return contents.map(({ lines }) =>
      lines.length === 0 ? null : lines.reduce<number | null>((sum, line) => {
        const each = grams.get(line) ?? null;
        return sum === null || each === null || line.quantity === null ? null : sum + each * line.quantity;
      }, 0),
    );
  }

  function newParcel(own: readonly FullOrder[], lines: NewParcel['lines'], origin: string, box?: { groupId: string; position: number; total: number }): NewParcel {
    const [first] = own;
    if (!first) throw new RangeError('a parcel needs an order');
    const now = clock.now();
    const { row } = first;
    const parcel: ParcelRow = {
      id: ids.next('par'),
      shop_id: row.shop_id,
      state: 'open',
      ...recipientOf(first),
      recipient_key: row.recipient_key,
      carrier_code: '',
      carrier_reason: '',
      waybill: '',
      weight_grams: null,
      group_id: box?.groupId ?? '',
      position: box?.position ?? 1,
      total: box?.total ?? 1,
      held: '',
      memo: '',
      flag: 'none',
      origin,
      snapshot: '',
      version: 1,
      lock_station: '',
      lock_until: '',
      created_at: now,
      updated_at: now,
    };
    return { parcel, orderIds: own.map((order) => order.row.id), lines };
  }

  /** Puts orders into one parcel. Parcels they were in are dissolved. Errors as values. */
  function firstLock(own: readonly FullOrder[], actor: Actor): AppFailure | undefined {
    const now = clock.now();
    for (const { row } of own) {
      const refusal = lockedBy(row, actor, now);
      if (refusal) return refusal;
    }
    return undefined;
  }

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
    const numbered = before.find(({ parcel }) => parcel.waybill !== '');
    if (numbered) return failure('PARCEL_NUMBERED', { parcel: numbered.parcel.id, waybill: numbered.parcel.waybill });
    const made = newParcel(own, own.flatMap((order) => order.lines.filter((line) => line.refunded === 0).map((line) => ({ lineId: line.id, orderId: order.row.id, quantity: line.quantity }))), origin);
    const late = await repository.transaction(async (trx) => {
      const inside = createParcelsRepository(trx);
      await inside.lockOrders(orderIds);
      const current = await inside.ofOrders(orderIds);
      const drawn = current.find(({ parcel }) => parcel.waybill !== '');
      if (drawn) return failure('PARCEL_NUMBERED', { parcel: drawn.parcel.id, waybill: drawn.parcel.waybill });
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
      const numbered = group.find(({ parcel }) => parcel.waybill !== '');
      if (!full) outcomes.push({ id, ok: false, failure: failure('NOT_FOUND', { what: 'parcel', id }).error });
      else if (numbered) outcomes.push({ id, ok: false, failure: failure('PARCEL_NUMBERED', { parcel: id, waybill: numbered.parcel.waybill }).error });
      else {
        await repository.transaction((trx) => createParcelsRepository(trx).cancel(group.map(({ parcel }) => parcel.id), clock.now()));
        outcomes.push({ id, ok: true });
      }
    }
    await audit.record(actor, action, parcelIds.length === 1 ? (parcelIds[0] ?? '') : `${parcelIds.length} parcels`);
    changes.emit('parcels', 'orders');
    return outcomes;
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

  async function split(orderId: string, way: SplitWay, actor: Actor): Promise<ParcelView[]> {
    const [order] = await orders.load([orderId]);
    if (!order) fail('NOT_FOUND', { what: 'order', id: orderId });
    const { number } = order.row;
    const held = firstLock([order], actor);
    if (held) throw held;
    const before = await repository.ofOrders([orderId]);
    const numbered = before.find(({ parcel }) => parcel.waybill !== '');
    if (numbered) fail('PARCEL_NUMBERED', { parcel: numbered.parcel.id, waybill: numbered.parcel.waybill });
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
    const made = boxes.map((box, index) => newParcel([order], box.map((line) => ({ lineId: line.lineId, orderId, quantity: line.quantity })), 'split', { groupId, position: index + 1, total: boxes.length }));
    await repository.transaction(async (trx) => {
      const inside = createParcelsRepository(trx);
      await inside.lockOrders([orderId]);
      const current = await inside.ofOrders([orderId]);
      const drawn = current.find(({ parcel }) => parcel.waybill !== '');
      if (drawn) fail('PARCEL_NUMBERED', { parcel: drawn.parcel.id, waybill: drawn.parcel.waybill });
      await inside.cancel(current.map(({ parcel }) => parcel.id), clock.now());
      await inside.insert(made);
    });
    await audit.record(actor, 'parcels.split', orderId, { boxes: made.length, by: way.type });
    changes.emit('parcels', 'orders');
    return views(await repository.byIds(made.map(({ parcel }) => parcel.id)));
  }

  /** Writes what happened to parcels and what follows for their orders, in one transaction. */
  async function mark(parcelIds: readonly string[], set: (full: ParcelFull) => Partial<ParcelRow> | undefined): Promise<void> {
    if (parcelIds.length === 0) return;
    await repository.transaction(async (trx) => {
      const inside = createParcelsRepository(trx);
      const touched = new Set<string>();
      let changed = false;
      for (const full of await inside.byIds(parcelIds)) {
        const patch = set(full);
        if (!patch) continue;
        changed = true;
        await inside.update([full.parcel.id], { ...patch, version: full.parcel.version + 1, updated_at: clock.now() });
        for (const id of full.orderIds) touched.add(id);
      }
      if (!changed) return;
      const all = await inside.ofOrders([...touched]);
      await orders.noteFacts(trx, [...touched], (row) => {
        const own = all.filter(({ orderIds }) => orderIds.includes(row.id)).map(({ parcel }) => parcel);
        const withNumber = own.find((parcel) => parcel.waybill !== '');
        return {
          waybill: withNumber?.waybill ?? '',
          ...(withNumber && withNumber.carrier_code !== '' ? { carrier_code: withNumber.carrier_code } : {}),
          // Of an order in several boxes every box has to be there.
          printed: own.length > 0 && own.every((parcel) => parcel.state === 'printed' || parcel.state === 'handed') ? 1 : 0,
          handed: own.length > 0 && own.every((parcel) => parcel.state === 'handed') ? 1 : 0,
        };
      });
    });
    changes.emit('parcels', 'orders');
  }

  /** What rules choose for these orders, each seen with the parcel it goes in, beside what it has by the saved rules. */
  async function whatIf(orderIds: readonly string[], rules: Rules, saved: Rules): Promise<CarrierTrial[]> {
    const parcels = await repository.ofOrders(orderIds);
    const loaded = new Map((await orders.load([...new Set([...orderIds, ...parcels.flatMap(({ orderIds: own }) => own)])])).map((order) => [order.row.id, order]));
    const known = orderIds.flatMap((id) => {
      const order = loaded.get(id);
      if (!order) return [];
      const full = parcels.find(({ orderIds: own }) => own.includes(id));
      const own = full ? full.orderIds.flatMap((other) => loaded.get(other) ?? []) : [order];
      return [{ order, parcel: full?.parcel, own, shopId: order.row.shop_id, lines: full ? linesOf(full, own) : preparedLines(own) }];
    });
    const weights = await weigh(known);
    return known.map(({ order: { row }, parcel, own, lines }, index) => {
      const grams = parcel?.weight_grams ?? weights[index] ?? null;
      const { carrierCode, reason } = carrierOf(parcel ?? { carrier_code: '', carrier_reason: '' }, own, lines, grams, saved);
      const fixed = parcel && parcel.carrier_code !== '' ? 'number' : own.some((one) => one.row.carrier_code !== '') ? 'chosen' : '';
      const place = [row.province, row.city === row.province ? '' : row.city, row.district].filter((part) => part !== '').join(' ');
      return { orderId: row.id, number: row.number, place, before: { carrierCode, reason }, fixed, ...chooseCarrier(carrierFacts(own, lines, grams), rules.rules, rules.fallback, rules.reach) };
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
    autoMerge,
    split,

    /** Numbers drawn for parcels: from here on they keep their recipient and goods as they are on the label. */
    async markNumbered(drawn: readonly { readonly parcelId: string; readonly waybill: string; readonly carrierCode: string }[]): Promise<void> {
      const byParcel = new Map(drawn.map((one) => [one.parcelId, one]));
      const fresh = (await repository.byIds(drawn.map((one) => one.parcelId))).filter(({ parcel }) => parcel.waybill !== byParcel.get(parcel.id)?.waybill);
      const contents = new Map((await describe(fresh)).map((one) => [one.parcelId, one]));
      await mark(fresh.map(({ parcel }) => parcel.id), ({ parcel }) => {
        const one = byParcel.get(parcel.id);
        const content = contents.get(parcel.id);
        if (!one || !content) return undefined;
        return { waybill: one.waybill, carrier_code: one.carrierCode, carrier_reason: content.carrierCode === one.carrierCode ? content.carrierReason : '', state: 'numbered', ...content.recipient, snapshot: JSON.stringify(content.lines) };
      });
    },
    /** The number stands, its label is known not to be on paper. */
    markUnprinted: (parcelIds: readonly string[]) => mark(parcelIds, ({ parcel }) => (parcel.state === 'numbered' || parcel.waybill === '' ? undefined : { state: 'numbered' })),
    /** The label may be on paper: sent, seen, or unknown. */
    markPrinted: (parcelIds: readonly string[]) => mark(parcelIds, ({ parcel }) => (parcel.state === 'printed' || parcel.state === 'handed' ? undefined : { state: 'printed' })),
    markHanded: (parcelIds: readonly string[]) => mark(parcelIds, ({ parcel }) => (parcel.state === 'handed' ? undefined : { state: 'handed' })),
    /** The number is void: the parcel can be printed with another one, and changed again. */
    markVoided: (parcelIds: readonly string[]) => mark(parcelIds, ({ parcel }) => (parcel.waybill === '' ? undefined : { state: 'open', waybill: '', carrier_code: '', carrier_reason: '', snapshot: '' })),

    /** For the detail of an order. */
    async ofOrder(orderId: string): Promise<{ parcels: OrderDetail['parcels']; past: string[] }> {
      const past = await repository.everOf(orderId);
      const parcels = (await repository.ofOrders([orderId])).map(({ parcel, orderIds }) => ({ id: parcel.id, state: parcel.state, waybill: parcel.waybill, carrierCode: parcel.carrier_code, position: Math.max(1, parcel.position), total: Math.max(1, parcel.total), orderIds: [...orderIds] }));
      return { parcels, past };
    },
    marks,
    ofOrders: async (orderIds: readonly string[]) => views(await repository.ofOrders(orderIds)),
    byWaybill: (waybill: string) => repository.byWaybill(waybill),

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

    setCarrier: (orderIds: readonly string[], carrierCode: string, actor: Actor) => orders.setCarrier(orderIds, () => ({ code: carrierCode, reason: carrierCode === '' ? '' : 'manual' }), actor),

    async setWeight(parcelId: string, grams: number, actor: Actor): Promise<ParcelView> {
      const [full] = await repository.byIds([parcelId]);
      if (!full) fail('NOT_FOUND', { what: 'parcel', id: parcelId });
      await repository.transaction((trx) => createParcelsRepository(trx).update([parcelId], { weight_grams: grams === 0 ? null : grams, version: full.parcel.version + 1, updated_at: clock.now() }));
      await audit.record(actor, 'parcels.weight', parcelId, { grams });
      changes.emit('parcels');
      const [view] = await views(await repository.byIds([parcelId]));
      return view ?? fail('NOT_FOUND', { what: 'parcel', id: parcelId });
    },

    rules: currentRules,
    async saveRules(input: { rules: readonly (Omit<CarrierRule, 'id' | 'position' | 'product'> & { id?: string | undefined; product?: string })[]; fallback: string; reach: readonly ReachExclusion[] }, actor: Actor): Promise<Rules> {
      const rules = input.rules.map((rule, position): CarrierRule => ({ ...rule, product: rule.product ?? '', id: rule.id ?? ids.next('rule'), position }));
      await repository.transaction((trx) => createParcelsRepository(trx).replaceRules(rules, input.reach, clock.now()));
      await settings.set({ carrierFallback: input.fallback, carrierRulesStamp: ids.next('rules') });
      await audit.record(actor, 'parcels.carrier-rules', `${rules.length} rules`);
      changes.emit('parcels', 'settings');
      return currentRules();
    },
    async whatIf(orderIds: readonly string[], given: Partial<Rules>) {
      const saved = await currentRules();
      return whatIf(orderIds, { rules: given.rules ?? saved.rules, fallback: given.fallback ?? saved.fallback, reach: given.reach ?? saved.reach }, saved);
    },
    /** Writes the choice of the rules on the orders, so that it no longer moves when a rule changes. */
    async applyRules(orderIds: readonly string[], actor: Actor) {
      const saved = await currentRules();
      const choices = await whatIf(orderIds, saved, saved);
      const byOrder = new Map(choices.map((choice) => [choice.orderId, choice]));
      await orders.setCarrier(choices.map((choice) => choice.orderId), (row) => ({ code: byOrder.get(row.id)?.carrierCode ?? '', reason: byOrder.get(row.id)?.reason ?? '' }), actor);
      return choices;
    },

    /** A pasted list of places against the official tables; nothing is saved. */
    readReach: async (text: string, carrierCode: string): Promise<ReachList> => readReachList(text, carrierCode, await deps.divisions()),

    settings: async () => (await settings.get()).parcels,
    async saveSettings(next: ParcelSettings, actor: Actor): Promise<ParcelSettings> {
      await settings.set({ parcels: next });
      await audit.record(actor, 'parcels.settings', 'parcels');
      changes.emit('parcels', 'settings');
      return (await settings.get()).parcels;
    },
  };
}
