/** Which pool a parcel's number comes from when its shop may draw from several. Pure: counts come in, a choice with its reason goes out. */

export type GrantEnd = 'revoked' | 'paused' | 'expired' | 'not_yet' | 'pending';

/** One pool a shop may draw from, as it stands at this moment of the batch. */
export interface Offer {
  readonly grantId: string;
  readonly shopId: string;
  readonly poolId: string;
  readonly poolName: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly carrierCode: string;
  /** Carrier products of the contract, the default first; empty when they are not written down. */
  readonly products: readonly string[];
  readonly payerShopId: string;
  readonly own: boolean;
  readonly priority: number;
  readonly provinces: readonly string[] | null;
  readonly minGrams: number | null;
  readonly maxGrams: number | null;
  readonly ended: GrantEnd | null;
  readonly accountState: string;
  readonly agreementMissing: boolean;
  readonly cap: number | null;
  readonly used: number;
  readonly dailyCap: number | null;
  readonly usedToday: number;
  /** Numbers free in the pool, the reserve included. */
  readonly free: number;
  readonly reserve: number;
  /** Paid units left, or null where the account has no balance (monthly, pick-up). */
  readonly units: number | null;
}

export interface DrawRequest {
  readonly shopId: string;
  readonly carrierCode?: string | undefined;
  /** Only accounts whose contract gives this product. */
  readonly product?: string | undefined;
  readonly province?: string | undefined;
  readonly weightGrams?: number | undefined;
}

export type Refusal =
  | { readonly code: 'GRANT_MISSING'; readonly data: { shop: string } }
  | { readonly code: 'CARRIER_MISMATCH'; readonly data: { wanted: string; found: string } }
  | { readonly code: 'PRODUCT_NOT_IN_CONTRACT'; readonly data: { account: string; product: string; has: string } }
  | { readonly code: 'GRANT_ENDED'; readonly data: { shop: string; pool: string; why: GrantEnd } }
  | { readonly code: 'NO_POOL_FITS'; readonly data: { shop: string; why: 'province' | 'weight' } }
  | { readonly code: 'ACCOUNT_NOT_ACTIVE'; readonly data: { account: string; state: string } }
  | { readonly code: 'AGREEMENT_MISSING'; readonly data: { account: string } }
  | { readonly code: 'GRANT_CAP_REACHED'; readonly data: { shop: string; pool: string; cap: number; used: number; per: 'grant' | 'day' } }
  | { readonly code: 'ACCOUNT_EMPTY'; readonly data: { account: string; wanted: number; balance: number } }
  | { readonly code: 'NO_NUMBERS_LEFT'; readonly data: { pool: string; wanted: number; left: number } };

export type ChoiceRule = 'only' | 'province' | 'weight' | 'cheapest' | 'priority';

/** Why a number came from its pool; kept with the number. */
export interface ChoiceReason {
  readonly rule: ChoiceRule;
  /** Freight in fen where it decided. */
  readonly fen?: number;
  /** Pools that came first by rule and why each was passed over. */
  readonly passedOver: readonly { readonly pool: string; readonly because: string }[];
}

export type Freight = (accountId: string, request: DrawRequest) => number | undefined;

/** `浙江省` and `浙江` are one province; `内蒙古自治区` is `内蒙古`. */
export function provinceKey(province: string): string {
  return province.trim().replace(/(维吾尔自治区|壮族自治区|回族自治区|特别行政区|自治区|省|市)$/, '');
}

/** What keeps an offer from serving a request now, or undefined. Order matters: the first that holds is what the person is told. */
export function obstacle(offer: Offer, request: DrawRequest): Refusal | undefined {
  const shop = request.shopId;
  const pool = offer.poolName;
  if (request.carrierCode !== undefined && offer.carrierCode !== request.carrierCode) return { code: 'CARRIER_MISMATCH', data: { wanted: request.carrierCode, found: offer.carrierCode } };
  if (!gives(offer, request.product)) return { code: 'PRODUCT_NOT_IN_CONTRACT', data: { account: offer.accountName, product: request.product ?? '', has: offer.products.join('、') } };
  if (offer.ended !== null) return { code: 'GRANT_ENDED', data: { shop, pool, why: offer.ended } };
  if (offer.provinces !== null && (request.province === undefined || !offer.provinces.some((name) => provinceKey(name) === provinceKey(request.province ?? '')))) {
    return { code: 'NO_POOL_FITS', data: { shop, why: 'province' } };
  }
  if (offer.minGrams !== null && (request.weightGrams === undefined || request.weightGrams < offer.minGrams)) return { code: 'NO_POOL_FITS', data: { shop, why: 'weight' } };
  if (offer.maxGrams !== null && (request.weightGrams === undefined || request.weightGrams > offer.maxGrams)) return { code: 'NO_POOL_FITS', data: { shop, why: 'weight' } };
  if (offer.accountState !== 'active') return { code: 'ACCOUNT_NOT_ACTIVE', data: { account: offer.accountName, state: offer.accountState } };
  if (offer.agreementMissing) return { code: 'AGREEMENT_MISSING', data: { account: offer.accountName } };
  if (offer.cap !== null && offer.used >= offer.cap) return { code: 'GRANT_CAP_REACHED', data: { shop, pool, cap: offer.cap, used: offer.used, per: 'grant' } };
  if (offer.dailyCap !== null && offer.usedToday >= offer.dailyCap) return { code: 'GRANT_CAP_REACHED', data: { shop, pool, cap: offer.dailyCap, used: offer.usedToday, per: 'day' } };
  if (offer.units !== null && offer.units < 1) return { code: 'ACCOUNT_EMPTY', data: { account: offer.accountName, wanted: 1, balance: offer.units } };
  const left = offer.free - (offer.own ? 0 : offer.reserve);
  if (left < 1) return { code: 'NO_NUMBERS_LEFT', data: { pool, wanted: 1, left: Math.max(0, left) } };
  return undefined;
}

/** A contract nobody wrote down is taken to give anything. */
function gives(offer: Pick<Offer, 'products'>, product: string | undefined): boolean {
  return product === undefined || offer.products.length === 0 || offer.products.includes(product);
}

/** What a number drawn from an offer is for: the product asked for, else the first of the contract. */
export function productOf(offer: Pick<Offer, 'products'>, wanted: string | undefined): string {
  return wanted ?? offer.products[0] ?? '';
}

/** How much each refusal tells a person; when nothing serves, the most telling one is shown. */
const telling: readonly Refusal['code'][] = [
  'NO_NUMBERS_LEFT', 'ACCOUNT_EMPTY', 'GRANT_CAP_REACHED', 'AGREEMENT_MISSING', 'ACCOUNT_NOT_ACTIVE', 'GRANT_ENDED', 'NO_POOL_FITS', 'PRODUCT_NOT_IN_CONTRACT', 'CARRIER_MISMATCH', 'GRANT_MISSING',
];

/**
 * The pool for one request. Order of preference: the rule of the shop (`cheapest` freight where known), then priority (small first),
 * then pools that name the province or weight before pools for everything, then own pools, then id, so that equal runs give equal choices.
 */
export function choose(
  request: DrawRequest,
  offers: readonly Offer[],
  mode: 'priority' | 'cheapest' = 'priority',
  freight?: Freight,
): { ok: true; offer: Offer; reason: ChoiceReason } | { ok: false; refusal: Refusal } {
  const mine = offers.filter((offer) => offer.shopId === request.shopId);
  if (mine.length === 0) return { ok: false, refusal: { code: 'GRANT_MISSING', data: { shop: request.shopId } } };
  const prices = new Map<string, number>();
  if (mode === 'cheapest' && freight) {
    for (const offer of mine) {
      const fen = freight(offer.accountId, request);
      if (fen !== undefined) prices.set(offer.grantId, fen);
    }
  }
  const price = (offer: Offer) => prices.get(offer.grantId) ?? Number.POSITIVE_INFINITY;
  const ordered = [...mine].sort(
    (a, b) =>
      (price(a) === price(b) ? 0 : price(a) - price(b)) ||
      a.priority - b.priority ||
      narrowness(b) - narrowness(a) ||
      Number(b.own) - Number(a.own) ||
      (a.grantId < b.grantId ? -1 : 1),
  );
  const passedOver: { pool: string; because: string }[] = [];
  let best: Refusal | undefined;
  for (const offer of ordered) {
    const refusal = obstacle(offer, request);
    if (refusal === undefined) return { ok: true, offer, reason: { rule: ruleOf(offer, ordered, prices), ...(prices.has(offer.grantId) ? { fen: prices.get(offer.grantId) as number } : {}), passedOver } };
    passedOver.push({ pool: offer.poolName, because: refusal.code });
    if (best === undefined || telling.indexOf(refusal.code) < telling.indexOf(best.code)) best = refusal;
  }
  return { ok: false, refusal: best as Refusal };
}

function narrowness(offer: Offer): number {
  return (offer.provinces === null ? 0 : 2) + (offer.minGrams === null && offer.maxGrams === null ? 0 : 1);
}

function ruleOf(offer: Offer, ordered: readonly Offer[], prices: ReadonlyMap<string, number>): ChoiceRule {
  if (ordered.length === 1) return 'only';
  if (prices.has(offer.grantId)) return 'cheapest';
  if (offer.provinces !== null) return 'province';
  if (offer.minGrams !== null || offer.maxGrams !== null) return 'weight';
  return 'priority';
}
