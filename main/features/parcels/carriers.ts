/** Which carrier an order or parcel gets, and why: the rules kept, tried, applied, and said beside every order that waits. */
import type { CarrierRule, CarrierTrial, Outcome, PreparedLine, ReachExclusion, ReachList } from '../../../common/contract/orders.ts';
import { chooseCarrier } from '../../../common/domain/orders/carrier-rules.ts';
import { longHash } from '../../../common/domain/orders/hash.ts';
import { readReachList } from '../../../common/domain/orders/reach-list.ts';
import type { Actor } from '../audit/service.ts';
import type { CarrierAnswers } from '../orders/finding.ts';
import type { ParcelMarks } from '../orders/present.ts';
import { isUndecided } from '../orders/service.ts';
import type { FullOrder } from '../orders/service.ts';
import type { ParcelsDeps } from './deps.ts';
import { carrierFacts, carrierOf, linesOf, preparedLines } from './facts.ts';
import type { Rules } from './facts.ts';
import { createParcelsRepository } from './repository.ts';
import type { ParcelRow } from './repository.ts';

export type CarrierChoices = ReturnType<typeof createCarrierChoices>;

/** Counts up with every change of how a choice is made: what an older program chose is asked anew. */
const choosing = 1;

const nothingDrawn = { carrier_code: '', carrier_reason: '' };

interface OpenBox {
  readonly parcel: ParcelRow | undefined;
  readonly own: readonly FullOrder[];
  readonly shopId: string;
  readonly lines: readonly PreparedLine[];
}
interface Choice {
  readonly carrierCode: string;
  readonly reason: string;
}

function looksAtWeight(rules: readonly CarrierRule[]): boolean {
  return rules.some(({ enabled, conditions }) => enabled && (conditions.minGrams !== undefined || conditions.maxGrams !== undefined));
}

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

  let stamped: (Rules & { readonly text: string }) | undefined;
  /** All that decides a carrier besides the orders and their boxes, as one text: the rules and places themselves, and the weights where a rule looks at them. */
  async function stampOf({ rules, reach, fallback }: Rules): Promise<string> {
    // The same arrays until somebody saves others.
    if (stamped?.rules !== rules || stamped.reach !== reach || stamped.fallback !== fallback) {
      stamped = { rules, reach, fallback, text: longHash(JSON.stringify([choosing, fallback, rules.filter((rule) => rule.enabled).map(({ carrierCode, conditions }) => [carrierCode, conditions]), reach])) };
    }
    return stamped.text + (looksAtWeight(rules) ? `:${await deps.weightsStamp()}` : '');
  }

  /** The boxes of each order as they would be printed now: those somebody made, else one with all of it. */
  async function boxesOf(own: readonly FullOrder[]): Promise<Map<string, [OpenBox, ...OpenBox[]]>> {
    const parcels = await repository.ofOrders(own.map((order) => order.row.id));
    const loaded = new Map(own.map((order) => [order.row.id, order]));
    const others = [...new Set(parcels.flatMap(({ orderIds }) => orderIds))].filter((id) => !loaded.has(id));
    for (const order of await orders.load(others)) loaded.set(order.row.id, order);
    const made = Map.groupBy(
      parcels.flatMap((full) => {
        const inside = full.orderIds.flatMap((id) => loaded.get(id) ?? []);
        const box: OpenBox = { parcel: full.parcel, own: inside, shopId: full.parcel.shop_id, lines: linesOf(full, inside) };
        return full.orderIds.map((id) => ({ id, box }));
      }),
      ({ id }) => id,
    );
    return new Map(own.map((order) => {
      const [first, ...more] = (made.get(order.row.id) ?? []).map(({ box }) => box);
      return [order.row.id, first ? [first, ...more] : [{ parcel: undefined, own: [order], shopId: order.row.shop_id, lines: preparedLines([order]) }]];
    }));
  }

  /** What the rules choose for the boxes of these orders. Weights are asked only when a rule looks at them. */
  async function choose(own: readonly FullOrder[], rules: Rules): Promise<Map<string, [Choice, ...Choice[]]>> {
    const boxes = await boxesOf(own);
    const all = [...new Set([...boxes.values()].flat())];
    const weights = looksAtWeight(rules.rules) ? await weigh(all) : [];
    const choices = new Map(all.map((box, index) => [box, carrierOf(box.parcel ?? nothingDrawn, box.own, box.lines, box.parcel?.weight_grams ?? weights[index] ?? null, rules)]));
    const none: Choice = { carrierCode: '', reason: 'none' };
    return new Map([...boxes].map(([id, [first, ...more]]) => [id, [choices.get(first) ?? none, ...more.map((box) => choices.get(box) ?? none)]]));
  }

  /** For a page of orders: boxes, company in the box, and the carriers the rules would choose where none stands. */
  async function marks(own: readonly FullOrder[]): Promise<ReadonlyMap<string, ParcelMarks>> {
    const [parcels, rules] = await Promise.all([repository.marks(own.map((order) => order.row.id)), currentRules()]);
    const choices = await choose(own.filter(({ row }) => isUndecided(row)), rules);
    return new Map(own.map(({ row: { id } }) => {
      const { boxes, together } = parcels.get(id) ?? { boxes: 1, together: 1 };
      const [first, ...more] = choices.get(id) ?? [];
      const proposed = first ? { ...first, also: [...new Set(more.map(({ carrierCode }) => carrierCode))].filter((code) => code !== first.carrierCode) } : null;
      return [id, { boxes, together, proposed }];
    }));
  }

  /** What rules choose for these orders, each seen with the parcel it goes in, beside what it has by the saved rules. */
  async function trial(orderIds: readonly string[], rules: Rules, saved: Rules): Promise<CarrierTrial[]> {
    const boxes = await boxesOf(await orders.load(orderIds));
    const known = orderIds.flatMap((id) => {
      const [box] = boxes.get(id) ?? [];
      const order = box?.own.find(({ row }) => row.id === id);
      return box && order ? [{ ...box, order }] : [];
    });
    const weights = await weigh(known);
    return known.map(({ order: { row }, parcel, own, lines }, index) => {
      const grams = parcel?.weight_grams ?? weights[index] ?? null;
      const { carrierCode, reason } = carrierOf(parcel ?? nothingDrawn, own, lines, grams, saved);
      const fixed = parcel && parcel.carrier_code !== '' ? 'number' : own.some((one) => one.row.carrier_code !== '') ? 'chosen' : '';
      const place = [row.province, row.city === row.province ? '' : row.city, row.district].filter((part) => part !== '').join(' ');
      return { orderId: row.id, number: row.number, place, before: { carrierCode, reason }, fixed, ...chooseCarrier(carrierFacts(own, lines, grams), rules.rules, rules.fallback, rules.reach) };
    });
  }

  return {
    rules: currentRules,
    weigh,
    marks,
    stamp: async () => stampOf(await currentRules()),
    /** The carriers of each order that waits, under the stamp they were chosen by. */
    async ask(own: readonly FullOrder[]): Promise<CarrierAnswers> {
      const rules = await currentRules();
      const stamp = await stampOf(rules);
      const choices = await choose(own.filter(({ row }) => isUndecided(row)), rules);
      const carriers = new Map([...choices].map(([id, of]) => [id, [...new Set(of.map(({ carrierCode }) => carrierCode))]]));
      // Weights may have changed between the stamp and the choice.
      return { stamp: (await stampOf(rules)) === stamp ? stamp : '', carriers };
    },
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

    /** One box has one carrier: it is written on all orders that share a box with these. */
    async setCarrier(orderIds: readonly string[], carrierCode: string, actor: Actor): Promise<Outcome[]> {
      const together = (await repository.ofOrders(orderIds)).flatMap(({ orderIds: own }) => own);
      const outcomes = await orders.setCarrier([...new Set([...orderIds, ...together])], () => ({ code: carrierCode, reason: carrierCode === '' ? '' : 'manual' }), actor);
      const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
      return orderIds.flatMap((id) => byId.get(id) ?? []);
    },
  };
}
