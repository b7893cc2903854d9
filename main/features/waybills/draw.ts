/**
 * Drawing numbers: the operation the product is bought for. One immediate transaction ties number and parcel for ever, writes the
 * ledger and the print attempts; when it returns, all of it is on the disk. Nothing is ever given back to free.
 */
import { choose, obstacle, productOf } from '../../../common/domain/waybills/choose.ts';
import type { ChoiceReason, DrawRequest, Freight, GrantEnd, Offer, Refusal } from '../../../common/domain/waybills/choose.ts';
import { numberAt } from '../../../common/domain/waybills/ranges.ts';
import type { AppError } from '../../../common/errors.ts';
import type { AttemptJournal } from '../attempts/journal.ts';
import { businessDay } from './days.ts';
import type { Ledger, LedgerHead } from './ledger.ts';
import { poolHolder } from './repository.ts';
import type { NumberRow, SegmentRow, WaybillsRepository } from './repository.ts';
import type { Store, Trx } from './store.ts';

export interface DrawItem {
  readonly parcelId: string;
  readonly shopId: string;
  /** Only pools of this carrier; left out, the shop's rule decides. */
  readonly carrierCode?: string | undefined;
  /** Carrier product to draw for; left out, the first of the account's contract. A number keeps the one it was drawn for. */
  readonly product?: string | undefined;
  readonly destination?: { readonly province?: string | undefined } | undefined;
  readonly weightGrams?: number | undefined;
  /** Same key, same answer: what makes a lost answer harmless. Usually the parcel's id. */
  readonly requestKey: string;
  /** Place in the print job; counts on from the job's last label when left out. */
  readonly position?: number | undefined;
}

export interface DrawOrder {
  readonly requests: readonly DrawItem[];
  readonly jobId: string;
  readonly jobName?: string | undefined;
  readonly printerId: string;
  readonly templateVersionId: string;
  readonly operator: string;
  readonly station: { readonly id: string };
}

export type DrawResult =
  | {
      readonly parcelId: string;
      readonly ok: true;
      readonly number: string;
      readonly carrierCode: string;
      readonly accountId: string;
      readonly poolId: string;
      /** Carrier product the number was drawn for; empty when none is known. */
      readonly product: string;
      readonly attemptId: string;
      /** 0 = first label, k = the label carries 补打 k. */
      readonly mark: number;
      /** True when the parcel had this number before. */
      readonly again: boolean;
      readonly reason: ChoiceReason;
    }
  | { readonly parcelId: string; readonly ok: false; readonly error: AppError };

export interface DrawDeps {
  readonly store: Store;
  readonly repository: WaybillsRepository;
  readonly ledger: Ledger;
  readonly journal: AttemptJournal;
  readonly clock: { now(): string };
  /** Freight in fen of an account for a parcel, where a freight table is known. */
  readonly freight?: Freight | undefined;
  /** Called before and after every change of ownership: the witness outside the database. */
  readonly witness: { check(): void; record(head: LedgerHead): void };
}

/** An offer with its shop's way to choose. */
type ShopOffer = Offer & { readonly mode: 'priority' | 'cheapest' };

/** A label to be written: a number with its parcel, new or again. */
interface Drawn {
  readonly index: number;
  readonly item: DrawItem;
  readonly row: NumberRow;
  readonly again: boolean;
}

export function createDraw(deps: DrawDeps) {
  const { store, repository, ledger, journal, clock, freight, witness } = deps;

  /**
   * Gives each parcel its number and its print attempt. Items fail one by one with a code of the closed list; the others go through.
   * Errors of the whole: ISSUING_STOPPED, DATABASE_IO.
   */
  async function draw(order: DrawOrder): Promise<DrawResult[]> {
    if (order.requests.length === 0) return [];
    witness.check();
    const { results, head } = await store.write((trx) => drawWithin(trx, order));
    witness.record(head);
    return results;
  }

  /** The pools some shops may draw from as they stand now, each with what keeps it from serving just any parcel. */
  async function offersNow(shopIds: readonly string[]): Promise<{ offer: Offer; obstacle: Refusal | undefined }[]> {
    const at = clock.now();
    const offers = await store.db.transaction().execute((trx) => loadOffers(trx, shopIds, at, businessDay(at)));
    return [...offers.values()].map((offer) => ({ offer, obstacle: obstacle({ ...offer, provinces: null, minGrams: null, maxGrams: null }, { shopId: offer.shopId }) }));
  }

  /** The carrier product each request would get if its number were drawn now; draws nothing. */
  async function productsNow(requests: readonly DrawRequest[]): Promise<string[]> {
    if (requests.length === 0) return [];
    const at = clock.now();
    const offers = [...(await store.db.transaction().execute((trx) => loadOffers(trx, unique(requests.map((request) => request.shopId)), at, businessDay(at)))).values()];
    return requests.map((request) => {
      const choice = choose(request, offers, modeOf(offers, request.shopId), freight);
      return choice.ok ? productOf(choice.offer, request.product) : (request.product ?? '');
    });
  }

  return Object.assign(draw, { offers: offersNow, products: productsNow });

  async function drawWithin(trx: Trx, order: DrawOrder): Promise<{ results: DrawResult[]; head: LedgerHead }> {
    const writing = await ledger.open(trx);
    const day = businessDay(writing.at);
    const results: DrawResult[] = [];
    const drawn: Drawn[] = [];
    const refuse = (index: number, error: AppError) => {
      results[index] = { parcelId: (order.requests[index] as DrawItem).parcelId, ok: false, error };
    };

    // 1. Parcels and requests that have their number already.
    const living = await repository.living(trx, unique(order.requests.map((item) => item.parcelId)), unique(order.requests.map((item) => item.requestKey)));
    const byParcel = new Map(living.map((row) => [row.parcel_id, row]));
    const gone = await repository.goneParcels(trx, unique(order.requests.map((item) => item.parcelId)));
    const byRequest = new Map(living.map((row) => [row.request_key, row]));
    const seen = new Map<string, string>();
    const parcels = new Set<string>();
    const fresh: number[] = [];
    order.requests.forEach((item, index) => {
      const sameRequest = byRequest.get(item.requestKey);
      const known = byParcel.get(item.parcelId);
      const otherParcel = sameRequest?.parcel_id ?? seen.get(item.requestKey);
      if (gone.has(item.parcelId)) return refuse(index, { code: 'PARCEL_GONE', data: { parcel: item.parcelId } });
      if (otherParcel !== undefined && otherParcel !== item.parcelId) return refuse(index, { code: 'REQUEST_REUSED', data: { request: item.requestKey, parcel: otherParcel } });
      if (parcels.has(item.parcelId)) return refuse(index, { code: 'CONFLICT', data: { what: 'parcel', id: item.parcelId, reason: 'twice in one request' } });
      seen.set(item.requestKey, item.parcelId);
      parcels.add(item.parcelId);
      if (known && item.carrierCode !== undefined && known.carrier_code !== item.carrierCode) {
        return refuse(index, { code: 'CARRIER_MISMATCH', data: { wanted: item.carrierCode, found: known.carrier_code } });
      }
      if (known) drawn.push({ index, item, row: known, again: true });
      else fresh.push(index);
    });

    // 2. A pool for each of the others, counting down as they are chosen.
    const offers = fresh.length === 0 ? new Map<string, ShopOffer>() : await loadOffers(trx, unique(fresh.map((index) => (order.requests[index] as DrawItem).shopId)), writing.at, day);
    const chosen = new Map<string, { index: number; item: DrawItem; offer: Offer; reason: ChoiceReason }[]>();
    for (const index of fresh) {
      const item = order.requests[index] as DrawItem;
      const request: DrawRequest = { shopId: item.shopId, carrierCode: item.carrierCode, product: item.product, province: item.destination?.province, weightGrams: item.weightGrams };
      const choice = choose(request, [...offers.values()], modeOf([...offers.values()], item.shopId), freight);
      if (!choice.ok) {
        refuse(index, choice.refusal);
        continue;
      }
      spend(offers, choice.offer);
      const list = chosen.get(choice.offer.poolId);
      const entry = { index, item, offer: choice.offer, reason: choice.reason };
      if (list) list.push(entry);
      else chosen.set(choice.offer.poolId, [entry]);
    }

    // 3. Numbers out of the segments, one event each; paid units per account, shop and grant in one event.
    const rows: NumberRow[] = [];
    for (const [poolId, entries] of chosen) {
      const taken = await takeNumbers(trx, poolId, poolHolder, entries.length);
      const units = new Map<string, { offer: Offer; n: number }>();
      const uses = new Map<string, number>();
      entries.forEach(({ index, item, offer, reason }, i) => {
        const number = taken[i];
        if (number === undefined) return refuse(index, { code: 'NO_NUMBERS_LEFT', data: { pool: offer.poolName, wanted: 1, left: 0 } });
        const seq = writing.move({
          kind: 'draw', book: 'numbers', accountId: offer.accountId, poolId, from: 'free', to: 'assigned', n: 1, number: number.number,
          parcelId: item.parcelId, shopId: item.shopId, payerShopId: offer.payerShopId, grantId: offer.grantId,
          stationId: order.station.id, operator: order.operator,
        });
        const row: NumberRow = {
          number: number.number, carrier_code: offer.carrierCode, account_id: offer.accountId, pool_id: poolId, segment_id: number.segmentId,
          state: 'assigned', live: 1, parcel_id: item.parcelId, request_key: item.requestKey, shop_id: item.shopId, payer_shop_id: offer.payerShopId,
          grant_id: offer.grantId, station_id: order.station.id, operator: order.operator, reason: JSON.stringify(reason), drawn_at: writing.at,
          last_seq: seq, release_at: null, product: productOf(offer, item.product),
        };
        rows.push(row);
        drawn.push({ index, item, row, again: false });
        uses.set(offer.grantId, (uses.get(offer.grantId) ?? 0) + 1);
        const unit = units.get(offer.grantId);
        if (unit) unit.n += 1;
        else units.set(offer.grantId, { offer, n: 1 });
      });
      for (const { offer, n } of units.values()) {
        writing.move({
          // An account without a balance (monthly, pick-up) is billed afterwards: its units come from outside.
          kind: 'draw', book: 'units', accountId: offer.accountId, poolId: '', from: offer.units === null ? 'outside' : 'balance', to: 'spent', n,
          shopId: offer.shopId, payerShopId: offer.payerShopId, grantId: offer.grantId, stationId: order.station.id, operator: order.operator,
        });
      }
      for (const [grantId, n] of uses) await repository.countUse(trx, grantId, day, n);
    }
    await repository.insertNumbers(trx, rows);

    // 4. One attempt each; a number that may be on paper already is not printed again by a draw.
    const opened = await journal.openLabels(trx, {
      jobId: order.jobId, jobName: order.jobName ?? '', printerId: order.printerId, templateVersionId: order.templateVersionId,
      operator: order.operator, stationId: order.station.id, at: writing.at,
      labels: drawn.sort((a, b) => a.index - b.index).map(({ item, row, again }) => ({ number: row.number, parcelId: row.parcel_id, position: item.position, again })),
    });
    drawn.forEach(({ index, row, again }, i) => {
      const label = opened[i];
      if (label === undefined) throw new Error('the journal answered for fewer labels than it was asked');
      if (!label.ok) return refuse(index, label.error);
      results[index] = {
        parcelId: row.parcel_id, ok: true, number: row.number, carrierCode: row.carrier_code, accountId: row.account_id, poolId: row.pool_id, product: row.product,
        attemptId: label.attemptId, mark: label.mark, again, reason: JSON.parse(row.reason) as ChoiceReason,
      };
    });
    return { results, head: await writing.flush() };
  }

  async function loadOffers(trx: Trx, shopIds: readonly string[], at: string, day: string): Promise<Map<string, ShopOffer>> {
    const rows = await repository.offers(trx, shopIds, day);
    return new Map(
      rows.map((row) => [
        row.grant_id,
        {
          grantId: row.grant_id, shopId: row.shop_id, poolId: row.pool_id, poolName: row.pool_name, accountId: row.account_id, accountName: row.account_name,
          carrierCode: row.carrier_code, products: JSON.parse(row.products) as string[], payerShopId: row.owner_shop_id, own: row.own === 1, priority: row.priority,
          provinces: row.provinces === null ? null : (JSON.parse(row.provinces) as string[]), minGrams: row.min_grams, maxGrams: row.max_grams,
          ended: grantEnd(row.grant_state, row.valid_from, row.valid_to, at), accountState: row.account_state,
          agreementMissing: row.settlement === 'pickup' && row.agreement_at === null,
          cap: row.cap, used: row.used, dailyCap: row.daily_cap, usedToday: Number(row.used_today ?? 0),
          free: Number(row.free ?? 0), reserve: row.reserve, units: row.settlement === 'prepaid' ? Number(row.units ?? 0) : null,
          mode: row.mode === 'cheapest' ? 'cheapest' : 'priority',
        },
      ]),
    );
  }

  /** Takes `n` numbers from the open segments of a holder; fewer when there are no more. */
  async function takeNumbers(trx: Trx, poolId: string, holder: string, n: number): Promise<{ number: string; segmentId: string }[]> {
    const taken: { number: string; segmentId: string }[] = [];
    while (taken.length < n) {
      const segments = await repository.openSegments(trx, poolId, holder, Math.min(500, n - taken.length));
      if (segments.length === 0) break;
      const whole: string[] = [];
      for (const segment of segments) {
        const size = Math.min(n - taken.length, segment.last_tail - segment.next_tail + 1);
        if (size === 0) break;
        for (let i = 0; i < size; i += 1) taken.push({ number: numberAt(seriesOf(segment), segment.next_tail + i), segmentId: segment.id });
        if (segment.next_tail + size > segment.last_tail) whole.push(segment.id);
        else await repository.advance(trx, segment.id, segment.next_tail + size);
      }
      await repository.useUp(trx, whole);
    }
    return taken;
  }
}

export function seriesOf(segment: SegmentRow) {
  return { prefix: segment.prefix, width: segment.width, suffix: segment.suffix, kind: segment.kind === 's10' ? 's10' : 'plain' } as const;
}

function grantEnd(state: string, from: string, to: string | null, at: string): GrantEnd | null {
  if (state === 'revoked' || state === 'paused' || state === 'pending') return state;
  if (at < from) return 'not_yet';
  return to !== null && at >= to ? 'expired' : null;
}

/** The shop's own way to choose among its pools. */
function modeOf(offers: readonly ShopOffer[], shopId: string): 'priority' | 'cheapest' {
  return offers.find((offer) => offer.shopId === shopId)?.mode ?? 'priority';
}

/** One number less in every offer that shares the pool, the account's balance or the grant. */
function spend(offers: Map<string, ShopOffer>, from: Offer): void {
  for (const [id, offer] of offers) {
    const samePool = offer.poolId === from.poolId;
    const sameAccount = offer.accountId === from.accountId && offer.units !== null;
    const sameGrant = id === from.grantId;
    if (!samePool && !sameAccount) continue;
    offers.set(id, {
      ...offer,
      free: samePool ? offer.free - 1 : offer.free,
      units: sameAccount && offer.units !== null ? offer.units - 1 : offer.units,
      used: sameGrant ? offer.used + 1 : offer.used,
      usedToday: sameGrant ? offer.usedToday + 1 : offer.usedToday,
    });
  }
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
