/** Which carrier an order or parcel gets, and why: the rules kept, tried, applied, and said beside every order that waits. */
import type { CarrierRule, CarrierTrial, PreparedLine, ReachExclusion, ReachList } from '../../../common/contract/orders.ts';
import { chooseCarrier } from '../../../common/domain/orders/carrier-rules.ts';
import { readReachList } from '../../../common/domain/orders/reach-list.ts';
import type { Actor } from '../audit/service.ts';
import type { ParcelMarks } from '../orders/present.ts';
import type { FullOrder } from '../orders/service.ts';
import type { ParcelsDeps } from './deps.ts';
import { carrierFacts, carrierOf, linesOf, preparedLines } from './facts.ts';
import type { Rules } from './facts.ts';
import { createParcelsRepository } from './repository.ts';

export type CarrierChoices = ReturnType<typeof createCarrierChoices>;

/** Rules are read and tried here; orders are only written by `applyRules` and `setCarrier`. */
export function createCarrierChoices(deps: ParcelsDeps) {
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

  /** Carriers the rules can choose at all. */
  async function proposable(): Promise<ReadonlySet<string>> {
    const { rules, fallback } = await currentRules();
    return new Set([fallback, ...rules.filter((rule) => rule.enabled).map((rule) => rule.carrierCode)]);
  }

  /** What rules choose for these orders, each seen with the parcel it goes in, beside what it has by the saved rules. */
  async function trial(orderIds: readonly string[], rules: Rules, saved: Rules): Promise<CarrierTrial[]> {
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
    rules: currentRules,
    weigh,
    marks,
    proposable,
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
      return trial(orderIds, { rules: given.rules ?? saved.rules, fallback: given.fallback ?? saved.fallback, reach: given.reach ?? saved.reach }, saved);
    },
    /** Writes the choice of the rules on the orders, so that it no longer moves when a rule changes. */
    async applyRules(orderIds: readonly string[], actor: Actor) {
      const saved = await currentRules();
      const choices = await trial(orderIds, saved, saved);
      const byOrder = new Map(choices.map((choice) => [choice.orderId, choice]));
      await orders.setCarrier(choices.map((choice) => choice.orderId), (row) => ({ code: byOrder.get(row.id)?.carrierCode ?? '', reason: byOrder.get(row.id)?.reason ?? '' }), actor);
      return choices;
    },

    /** A pasted list of places against the official tables; nothing is saved. */
    readReach: async (text: string, carrierCode: string): Promise<ReachList> => readReachList(text, carrierCode, await deps.divisions()),

    setCarrier: (orderIds: readonly string[], carrierCode: string, actor: Actor) => orders.setCarrier(orderIds, () => ({ code: carrierCode, reason: carrierCode === '' ? '' : 'manual' }), actor),
  };
}
