/** Orders 订单 and parcels 包裹: what came in, and the boxes it leaves in. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { importContract } from './import.ts';
import { platformSchema } from './shops.ts';

const int = z.number().int();
const text = z.string();

/** Tabs of the orders page. waiting: not paid · ended: shipped elsewhere, closed, refunded or fetched. */
export const stages = ['waiting', 'to_print', 'problem', 'held', 'printed', 'handed', 'ended'] as const;
export type Stage = (typeof stages)[number];
export const flags = ['none', 'red', 'yellow', 'green', 'blue', 'purple'] as const;
export const flagSchema = z.enum(flags);
export const receiverStates = ['full', 'masked', 'encrypted', 'incomplete'] as const;

/** Masked unless the caller asked to see it and may. */
export const receiverSchema = z.object({ name: text, phone: text, province: text, city: text, district: text, town: text, detail: text, postcode: text });
export type ReceiverView = z.infer<typeof receiverSchema>;

export const orderLineSchema = z.object({
  id: text,
  title: text,
  spec: text,
  itemId: text,
  skuId: text,
  skuCode: text,
  itemCode: text,
  quantity: int.nullable(),
  priceFen: int.nullable(),
  refunded: z.boolean(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const orderSummarySchema = z.object({
  id: text,
  shopId: text,
  platform: platformSchema,
  number: text,
  stage: z.enum(stages),
  status: z.enum(['unpaid', 'to_ship', 'shipped', 'done', 'closed', 'unknown']),
  statusText: text,
  refund: z.enum(['none', 'asked', 'done']),
  buyer: text,
  receiver: receiverSchema,
  receiverState: z.enum(receiverStates),
  pickup: z.boolean(),
  lines: z.array(orderLineSchema),
  pieces: int,
  paidFen: int.nullable(),
  orderedAt: text,
  paidAt: text,
  shipBy: text,
  buyerNote: text,
  sellerNote: text,
  flag: flagSchema,
  memo: text,
  carrierCode: text,
  carrierReason: text,
  waybill: text,
  platformWaybill: text,
  platformCarrier: text,
  printed: z.boolean(),
  handed: z.boolean(),
  held: text,
  /** Why somebody here decided not to ship it, or empty. */
  cancelled: text,
  /** refunded · closed · address · goods: changed on the platform after the label was printed. */
  alarm: text,
  /** How many other orders to print go to the same recipient. */
  mergeable: int,
  /** Boxes the order leaves in, and orders that share its box, itself counted. */
  boxes: int,
  together: int,
  /** What the carrier rules would choose; null once a carrier stands or none is needed. */
  proposed: z.object({ carrierCode: text, reason: text, also: z.array(text) }).nullable(),
  /** Who keeps it for editing until when; `own` when it is the page that asks. */
  lock: z.object({ by: text, until: text, own: z.boolean() }).nullable(),
  version: int,
});
export type OrderSummary = z.infer<typeof orderSummarySchema>;

export const orderDetailSchema = orderSummarySchema.extend({
  extra: z.array(z.tuple([text, text])),
  goodsFen: int.nullable(),
  freightFen: int.nullable(),
  shopName: text,
  batchId: text,
  parcels: z.array(z.object({ id: text, state: text, waybill: text, carrierCode: text, position: int, total: int, orderIds: z.array(text) })),
  /** Every parcel it ever was in, taken apart ones too: print attempts are kept by parcel. */
  pastParcels: z.array(text),
});
export type OrderDetail = z.infer<typeof orderDetailSchema>;

export const orderFilterSchema = z.object({
  shopIds: z.array(text).max(200).optional(),
  stage: z.enum(stages).optional(),
  platform: platformSchema.optional(),
  province: text.optional(),
  carrier: text.optional(),
  flag: flagSchema.optional(),
  receiver: z.enum(receiverStates).optional(),
  printed: z.boolean().optional(),
  hasNote: z.boolean().optional(),
  alarm: z.boolean().optional(),
  /** today: due by the end of today · late: already over */
  deadline: z.enum(['today', 'late', 'none']).optional(),
  /** Words found in the goods of the order. */
  item: text.max(100).optional(),
  minFen: int.optional(),
  maxFen: int.optional(),
  from: text.optional(),
  to: text.optional(),
  /** Words, digits or pinyin initials, blank-separated; all must be found. */
  search: text.max(200).optional(),
});
export type OrderFilter = z.infer<typeof orderFilterSchema>;

export const orderSorts = ['newest', 'oldest', 'deadline'] as const;
export const orderQuerySchema = orderFilterSchema.extend({
  sort: z.enum(orderSorts).default('newest'),
  cursor: text.max(200).optional(),
  limit: int.min(1).max(200).default(50),
});
export type OrderQuery = z.infer<typeof orderQuerySchema>;

export const orderPageSchema = z.object({ orders: z.array(orderSummarySchema), next: text.nullable() });

export const countsSchema = z.object({
  tabs: z.record(z.enum(stages), int),
  all: int,
  dueToday: int,
  late: int,
  alarms: int,
});

/** A parcel ready for printing, in the clear: for the core itself, never sent to a page. */
export interface PreparedParcel {
  readonly parcelId: string;
  readonly shopId: string;
  readonly platform: string;
  readonly orderIds: readonly string[];
  /** Order numbers of the platform, for people. */
  readonly orderNumbers: readonly string[];
  readonly state: 'open' | 'held' | 'numbered' | 'printed' | 'handed' | 'cancelled';
  /** Number already drawn for it, or empty. */
  readonly waybill: string;
  /** Empty: nobody chose and no rule did. */
  readonly carrierCode: string;
  readonly carrierReason: string;
  /** Carrier product a rule asks for; empty: the default of the account. */
  readonly carrierProduct: string;
  readonly recipient: ReceiverView;
  readonly lines: readonly PreparedLine[];
  readonly pieces: number;
  readonly weightGrams: number | null;
  /** One of several boxes: position of total. */
  readonly position: number;
  readonly total: number;
  readonly paidFen: number | null;
  readonly paidAt: string;
  readonly buyerNote: string;
  readonly sellerNote: string;
  readonly memo: string;
  readonly flag: string;
  /** Why no label may be printed for it, as a failure of the closed list; null when it may. */
  readonly problem: { readonly code: string; readonly data: unknown } | null;
}

export interface PreparedLine {
  readonly lineId: string;
  readonly orderId: string;
  readonly title: string;
  readonly spec: string;
  readonly itemId: string;
  readonly skuId: string;
  readonly skuCode: string;
  readonly itemCode: string;
  /** Null: the order file names several goods in one cell and gives no quantity for each. */
  readonly quantity: number | null;
  readonly priceFen: number | null;
}

const ids = z.array(text).min(1).max(5_000);
/** Per id: done, or the failure as data. */
export const outcomeSchema = z.object({ id: text, ok: z.boolean(), failure: z.object({ code: text, data: z.unknown() }).optional() });
export type Outcome = z.infer<typeof outcomeSchema>;
const outcomes = z.array(outcomeSchema);

/** A filter with its order, as a kept view has it; views of before have no sort. */
export const viewQuerySchema = orderFilterSchema.extend({ sort: z.enum(orderSorts).optional() });
export type ViewQuery = z.infer<typeof viewQuerySchema>;
/** `columns`: keys in the order shown; empty leaves the columns of the page alone. */
export const viewSchema = z.object({ id: text, name: text, query: viewQuerySchema, columns: z.array(text), position: int });
export type OrderView = z.infer<typeof viewSchema>;

/** A place by its official names; empty city or district: all of the level above. */
export const placeSchema = z.object({ province: text, city: text, district: text });
export type RulePlace = z.infer<typeof placeSchema>;
export const ruleConditionsSchema = z.object({
  /** The parcel goes to one of these. */
  places: z.array(placeSchema).max(4_000).optional(),
  minGrams: int.optional(),
  maxGrams: int.optional(),
  shopIds: z.array(text).optional(),
  platforms: z.array(platformSchema).optional(),
  minFen: int.optional(),
  maxFen: int.optional(),
  /** Any of these words in the title, spec or code of a line. */
  items: z.array(text).optional(),
  /** Any of these words in a note. */
  notes: z.array(text).optional(),
});
export type RuleConditions = z.infer<typeof ruleConditionsSchema>;
export const carrierRuleSchema = z.object({ id: text, position: int, name: text, carrierCode: text,
  /** Carrier product to ask for; empty for the default of the account. */
  product: text.max(40).default(''), conditions: ruleConditionsSchema, enabled: z.boolean() });
export type CarrierRule = z.infer<typeof carrierRuleSchema>;
export const reachSchema = placeSchema.extend({ carrierCode: text });
export type ReachExclusion = z.infer<typeof reachSchema>;
export const carrierChoiceSchema = z.object({ orderId: text, carrierCode: text, reason: text, ruleId: text.nullable() });
/** What the rules choose for an order, beside what it has now. */
export const carrierTrialSchema = carrierChoiceSchema.extend({
  number: text,
  place: text,
  before: z.object({ carrierCode: text, reason: text }),
  /** number: drawn, nothing changes it · chosen: written on the order, only choosing again changes it · '': follows the rules */
  fixed: z.enum(['', 'number', 'chosen']),
});
export type CarrierTrial = z.infer<typeof carrierTrialSchema>;
/** A list of places read line by line against the official tables. */
export const reachListSchema = z.object({
  places: z.array(reachSchema.extend({ line: int, text })),
  problems: z.array(z.object({ line: int, text, reason: z.enum(['unknown', 'ambiguous', 'carrier']), candidates: z.array(text) })),
});
export type ReachList = z.infer<typeof reachListSchema>;

export const manualOrderSchema = z.object({
  shopId: text,
  receiver: receiverSchema,
  lines: z.array(z.object({ title: text.trim().min(1).max(200), spec: text.max(200).default(''), skuCode: text.max(80).default(''), itemCode: text.max(80).default(''), itemId: text.max(80).default(''), quantity: int.min(1).max(100_000), priceFen: int.min(0).nullable().default(null) })).max(200),
  buyerNote: text.max(1000).default(''),
  sellerNote: text.max(1000).default(''),
  flag: flagSchema.default('none'),
  /** Made by the core when left out. Given, the same order sent twice is refused the second time. */
  number: text.max(64).optional(),
});
export type ManualOrder = z.infer<typeof manualOrderSchema>;
const manualOutcomeSchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), id: text, number: text }), z.object({ ok: z.literal(false), failure: z.object({ code: text, data: z.unknown() }) })]);
export type ManualOutcome = z.infer<typeof manualOutcomeSchema>;

/** rule: loose and strict compare the receiver; platform: the receiver is hidden, the platform itself says they may go together. */
export const mergeGroupSchema = z.object({ key: text, receiver: receiverSchema, orders: z.array(z.object({ id: text, number: text, shopId: text, buyer: text, pieces: int })), rule: z.enum(['loose', 'strict', 'platform']) });

const post = (path: `/${string}`, tag = 'orders') => procedure.route({ method: 'POST', path, tags: [tag] });
const get = (path: `/${string}`, tag = 'orders') => procedure.route({ method: 'GET', path, tags: [tag] });

export const ordersContract = {
  /** Pages by cursor; recipients are masked. */
  list: post('/orders/search').input(orderQuerySchema).output(orderPageSchema),
  counts: post('/orders/counts').input(z.object({ shopIds: z.array(text).optional() })).output(countsSchema),
  get: get('/orders/{id}').input(z.object({ id: text })).output(orderDetailSchema),
  /** The receiver in the clear; recorded in the audit trail. */
  reveal: post('/orders/{id}/reveal').input(z.object({ id: text })).output(receiverSchema),
  /** Ids of everything a filter finds, for selecting all; at most `limit`. */
  ids: post('/orders/ids').input(orderFilterSchema.extend({ cursor: text.max(200).optional(), limit: int.min(1).max(5_000).default(5_000) })).output(z.object({ ids: z.array(text), more: z.boolean(), next: text.nullable() })),

  ...importContract,

  /** The found orders as a csv safe to open in a spreadsheet; personal fields only when asked, which is recorded. */
  export: post('/orders/export').input(orderFilterSchema.extend({ ids: z.array(text).max(5_000).optional(), personal: z.boolean().default(false), limit: int.min(1).max(100_000).default(20_000) })).output(z.object({ name: text, csv: text, orders: int })),

  /** The same in pieces, for many orders: the csv is the pieces one after the other. `more`: the filter finds more than the limit. */
  exportParts: procedure
    .input(orderFilterSchema.extend({ ids: z.array(text).max(5_000).optional(), personal: z.boolean().default(false), limit: int.min(1).max(1_000_000).default(200_000) }))
    .output(eventIterator(z.discriminatedUnion('type', [z.object({ type: z.literal('part'), csv: text, orders: int }), z.object({ type: z.literal('done'), name: text, orders: int, more: z.boolean() })]))),

  createManual: post('/orders').input(manualOrderSchema).output(orderDetailSchema),
  /** Each by itself: what came of it, in the order given. */
  createSeveral: post('/orders/several').input(z.object({ orders: z.array(manualOrderSchema).min(1).max(500) })).output(z.array(manualOutcomeSchema)),
  /** Corrects the receiver of an order that is not printed yet; `withParcel`: of every order that shares its box too. */
  setReceiver: post('/orders/{id}/receiver').input(z.object({ id: text, receiver: receiverSchema, version: int, withParcel: z.boolean().default(false) })).output(orderDetailSchema),

  setFlag: post('/orders/flag').input(z.object({ ids, flag: flagSchema })).output(outcomes),
  setMemo: post('/orders/memo').input(z.object({ ids, memo: text.max(500) })).output(outcomes),
  hold: post('/orders/hold').input(z.object({ ids, reason: text.trim().min(1).max(200) })).output(outcomes),
  release: post('/orders/release').input(z.object({ ids })).output(outcomes),
  /** Not shipped after all, whatever the platform says of it: to the ended ones, until it is restored. Refused once a label exists. */
  cancel: post('/orders/cancel').input(z.object({ ids, reason: text.trim().min(1).max(200) })).output(outcomes),
  /** Takes a cancellation back. */
  restore: post('/orders/restore').input(z.object({ ids })).output(outcomes),
  /** Seen and dealt with: takes the alarm off. */
  settleAlarm: post('/orders/settle-alarm').input(z.object({ ids })).output(outcomes),
  /** Keeps orders for the page that asks, five minutes from now; asked again it is prolonged. */
  lock: post('/orders/lock').input(z.object({ ids })).output(outcomes),
  unlock: post('/orders/unlock').input(z.object({ ids })).output(outcomes),

  views: {
    list: get('/orders/views').output(z.array(viewSchema)),
    save: post('/orders/views').input(z.object({ id: text.optional(), name: text.trim().min(1).max(40), query: viewQuerySchema, columns: z.array(text).max(60) })).output(viewSchema),
    remove: procedure.route({ method: 'DELETE', path: '/orders/views/{id}', tags: ['orders'] }).input(z.object({ id: text })).output(z.object({})),
  },
};

export const parcelSettingsSchema = z.object({
  /** loose: name, phone and address · strict: the buyer too */
  mergeRule: z.enum(['loose', 'strict']).default('loose'),
  autoMerge: z.boolean().default(false),
  /** Orders placed further apart than this are not merged; 0: no window. */
  windowHours: int.min(0).max(720).default(0),
  /** Flags that keep an order by itself. */
  exceptFlags: z.array(flagSchema).default([]),
  /** Words in the goods that keep an order by itself. */
  exceptItems: z.array(text).default([]),
  /** Shop of one order and shop of another may share a parcel. */
  acrossShops: z.boolean().default(false),
  /** Hours from payment to shipping where the file promises nothing. */
  promiseHours: int.min(1).max(720).default(48),
});
export type ParcelSettings = z.infer<typeof parcelSettingsSchema>;

export const parcelSchema = z.object({
  id: text,
  shopId: text,
  state: z.enum(['open', 'held', 'numbered', 'printed', 'handed', 'cancelled']),
  orders: z.array(z.object({ id: text, number: text })),
  receiver: receiverSchema,
  lines: z.array(z.object({ lineId: text, orderId: text, title: text, spec: text, quantity: int.nullable() })),
  carrierCode: text,
  carrierReason: text,
  waybill: text,
  weightGrams: int.nullable(),
  position: int,
  total: int,
  held: text,
  memo: text,
  flag: flagSchema,
  version: int,
});
export type ParcelView = z.infer<typeof parcelSchema>;

export const parcelsContract = {
  ofOrders: post('/parcels/of-orders', 'parcels').input(z.object({ orderIds: ids })).output(z.array(parcelSchema)),
  mergeProposals: post('/parcels/merge-proposals', 'parcels').input(z.object({ orderIds: z.array(text).max(5_000).optional(), shopIds: z.array(text).optional() })).output(z.array(mergeGroupSchema)),
  /** The orders of each group leave in one parcel. Reversible until a number is drawn. */
  merge: post('/parcels/merge', 'parcels').input(z.object({ groups: z.array(z.array(text).min(2).max(5_000)).min(1).max(10_000), force: z.boolean().default(false) })).output(z.array(z.object({ orderIds: z.array(text), parcelId: text.nullable(), failure: z.object({ code: text, data: z.unknown() }).optional() }))),
  unmerge: post('/parcels/unmerge', 'parcels').input(z.object({ parcelIds: ids })).output(outcomes),
  /** Divides what an order or parcel holds over several boxes. */
  split: post('/parcels/split', 'parcels')
    .input(z.object({ orderId: text, by: z.discriminatedUnion('type', [
      z.object({ type: z.literal('lines') }),
      z.object({ type: z.literal('quantities'), boxes: z.array(z.array(z.object({ lineId: text, quantity: int.min(1) })).min(1)).min(2).max(100) }),
      z.object({ type: z.literal('pieces'), perBox: int.min(1).max(10_000) }),
      z.object({ type: z.literal('weight'), maxGrams: int.min(1), defaultGrams: int.min(1).default(500) }),
      /** Goods whose name, spec or code holds one of the words leave apart from the rest; `perBox` pieces a box, null: all in one. */
      z.object({ type: z.literal('items'), words: z.array(text.trim().min(1).max(40)).min(1).max(20), perBox: int.min(1).max(10_000).nullable().default(null) }),
    ]) }))
    .output(z.array(parcelSchema)),
  cancel: post('/parcels/cancel', 'parcels').input(z.object({ parcelIds: ids })).output(outcomes),
  setCarrier: post('/parcels/carrier', 'parcels').input(z.object({ orderIds: ids, carrierCode: text })).output(outcomes),
  setWeight: post('/parcels/weight', 'parcels').input(z.object({ parcelId: text, grams: int.min(0).max(100_000_000) })).output(parcelSchema),
  rules: {
    list: get('/parcels/carrier-rules', 'parcels').output(z.object({ rules: z.array(carrierRuleSchema), fallback: text, reach: z.array(reachSchema) })),
    save: post('/parcels/carrier-rules', 'parcels').input(z.object({ rules: z.array(carrierRuleSchema.extend({ id: text.optional() }).omit({ position: true })).max(500), fallback: text, reach: z.array(reachSchema).max(50_000) })).output(z.object({ rules: z.array(carrierRuleSchema), fallback: text, reach: z.array(reachSchema) })),
    /** What the saved rules, or the ones given, would choose for these orders; nothing is changed. */
    whatIf: post('/parcels/carrier-rules/what-if', 'parcels').input(z.object({ orderIds: ids, rules: z.array(carrierRuleSchema).optional(), fallback: text.optional(), reach: z.array(reachSchema).optional() })).output(z.array(carrierTrialSchema)),
    /** Writes what the rules choose on these orders. */
    apply: post('/parcels/carrier-rules/apply', 'parcels').input(z.object({ orderIds: ids })).output(z.array(carrierTrialSchema)),
    /** Reads a list of places (省 市 区县, a carrier before it or not) without saving it. */
    readReach: post('/parcels/carrier-reach/read', 'parcels').input(z.object({ text: text.max(2_000_000), carrierCode: text.default('') })).output(reachListSchema),
  },
  settings: {
    get: get('/parcels/settings', 'parcels').output(parcelSettingsSchema),
    save: post('/parcels/settings', 'parcels').input(parcelSettingsSchema).output(parcelSettingsSchema),
  },
};
