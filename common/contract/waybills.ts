/** Waybill accounts 电子面单账号, pools 单号池, grants 面单共享, numbers and their ledger 台账. */
import { z } from 'zod';
import { procedure } from './base.ts';

export const settlements = ['prepaid', 'monthly', 'pickup'] as const;
export type Settlement = (typeof settlements)[number];
export const accountStates = ['applied', 'waiting', 'active', 'suspended', 'closed'] as const;
export type AccountState = (typeof accountStates)[number];

const id = z.string().min(1).max(80);
const name = z.string().trim().min(1).max(60);
const whole = z.coerce.number().int();
/** Carrier products 快递产品: names of the closed list or free text, each once. */
const products = z.array(z.string().trim().min(1).max(40)).max(30).transform((names) => [...new Set(names)]);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const month = z.string().regex(/^\d{4}-\d{2}$/);
const instant = z.iso.datetime();

export const accountSchema = z.object({
  id, carrierCode: z.string(), branchCode: z.string(), branchName: z.string(), name: z.string(), settlement: z.enum(settlements), state: z.enum(accountStates),
  ownerShopId: z.string().nullable(), agreementAt: z.string().nullable(), agreementAccount: z.string().nullable(),
  unitPrice: z.number(), lowWater: z.number(), recycleDays: z.number(), createdAt: z.string(),
  /** Carrier products of the contract, the default first; empty when nobody wrote them down. */
  products: z.array(z.string()),
});
export type Account = z.infer<typeof accountSchema>;

export const poolSchema = z.object({
  id, accountId: z.string(), name: z.string(), ownerShopId: z.string(), reserve: z.number(), archivedAt: z.string().nullable(), createdAt: z.string(),
});
export type Pool = z.infer<typeof poolSchema>;

export const grantStates = ['pending', 'active', 'paused', 'revoked'] as const;
export type GrantState = (typeof grantStates)[number];
export const grantSchema = z.object({
  id, poolId: z.string(), shopId: z.string(), own: z.boolean(), cap: z.number().nullable(), used: z.number(), dailyCap: z.number().nullable(), usedToday: z.number(),
  validFrom: z.string(), validTo: z.string().nullable(), priority: z.number(), provinces: z.array(z.string()).nullable(), minGrams: z.number().nullable(), maxGrams: z.number().nullable(),
  state: z.enum(grantStates), createdAt: z.string(), createdBy: z.string(),
});
export type Grant = z.infer<typeof grantSchema>;

const grantRules = z.object({
  cap: whole.min(1).nullable().default(null), dailyCap: whole.min(1).nullable().default(null), validFrom: instant.optional(), validTo: instant.nullable().default(null),
  priority: whole.min(0).max(1000).default(100), provinces: z.array(z.string().trim().min(2)).min(1).nullable().default(null),
  minGrams: whole.min(0).nullable().default(null), maxGrams: whole.min(0).nullable().default(null),
});
export type GrantRules = z.infer<typeof grantRules>;

const stopSchema = z.object({ reason: z.enum(['not_started', 'disk', 'ledger', 'other_copy', 'person']), detail: z.string(), since: z.string() });
export const copyNoticeSchema = z.object({ incarnation: z.number(), reason: z.string(), detail: z.string(), quarantined: z.number(), at: z.string() });

/** How long the numbers last at the rate of the days before. */
export const forecastSchema = z.object({
  free: z.number(), units: z.number().nullable(), usable: z.number(), perDay: z.number(), daysLeft: z.number().nullable(), low: z.boolean(),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const accountViewSchema = accountSchema.extend({
  forecast: forecastSchema, balances: z.record(z.string(), z.number()), steps: z.array(z.object({ from: z.string().nullable(), to: z.string(), at: z.string(), operator: z.string(), reason: z.string() })),
});
export type AccountView = z.infer<typeof accountViewSchema>;

export const poolViewSchema = poolSchema.extend({
  accountName: z.string(), carrierCode: z.string(), accountState: z.string(), balances: z.record(z.string(), z.number()), segments: z.number(),
  usage: z.array(z.object({ shopId: z.string(), shopName: z.string(), own: z.boolean(), used: z.number() })),
});
export type PoolView = z.infer<typeof poolViewSchema>;

export const eventSchema = z.object({
  seq: z.number(), at: z.string(), kind: z.string(), book: z.string(), accountId: z.string(), poolId: z.string(), from: z.string(), to: z.string(), n: z.number(),
  number: z.string().nullable(), firstNumber: z.string().nullable(), lastNumber: z.string().nullable(), parcelId: z.string().nullable(), shopId: z.string().nullable(),
  payerShopId: z.string().nullable(), attemptId: z.string().nullable(), stationId: z.string(), operator: z.string(), reason: z.string(), facts: z.string(), hash: z.string(),
});
export type LedgerEvent = z.infer<typeof eventSchema>;

const warning = z.object({ number: z.string(), line: z.number(), kind: z.string(), expected: z.string() });
const knownNumber = z.object({ number: z.string(), account: z.string(), line: z.number() });
export const importPreviewSchema = z.object({
  count: z.number(), segments: z.number(), first: z.string(), last: z.string(), repeated: z.array(z.object({ number: z.string(), line: z.number() })),
  problems: z.array(z.object({ line: z.number(), text: z.string(), why: z.string() })), warnings: z.array(warning), warningCount: z.number(), known: z.array(knownNumber), knownCount: z.number(),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const checkSchema = z.object({
  id: z.string(), ok: z.boolean(), checked: z.number(),
  breaks: z.array(z.object({ what: z.string(), number: z.string().nullable(), expected: z.string(), found: z.string(), seqs: z.array(z.number()) })),
});
export type Check = z.infer<typeof checkSchema>;
export const reconciliationSchema = z.object({ at: z.string(), ok: z.boolean(), events: z.number(), checks: z.array(checkSchema) });
export type Reconciliation = z.infer<typeof reconciliationSchema>;

export const statusSchema = z.object({
  issuing: z.boolean(), stop: stopSchema.nullable(), incarnation: z.number(), seq: z.number(), verifiedSeq: z.number(), witness: z.array(z.string()), notices: z.array(copyNoticeSchema),
  free: z.number(), daysLeft: z.number().nullable(), uncertain: z.number(),
  /** Of the one who asks: a packer is shown what is left and what to do, nothing else. */
  role: z.enum(['owner', 'lead', 'packer']),
});

export const statementSchema = z.object({
  month: z.string(), accountId: z.string(), opening: z.number(), closing: z.number(),
  lines: z.array(z.object({ kind: z.string(), book: z.string(), n: z.number(), fen: z.number() })),
  shops: z.array(z.object({ shopId: z.string(), shopName: z.string(), drawn: z.number(), recycled: z.number() })),
});
export const settlementSchema = z.object({
  month: z.string(),
  rows: z.array(z.object({
    payerShopId: z.string(), payerShopName: z.string(), shopId: z.string(), shopName: z.string(), accountId: z.string(), accountName: z.string(), carrierCode: z.string(),
    drawn: z.number(), recycled: z.number(), charged: z.number(), unitPrice: z.number(), fen: z.number(),
  })),
});

const exported = z.object({ fileName: z.string(), csv: z.string() });
const route = (method: 'GET' | 'POST' | 'PATCH', path: `/${string}`) => procedure.route({ method, path, tags: ['waybills'] });

export const waybillsContract = {
  status: route('GET', '/waybills/status').output(statusSchema),
  seen: route('POST', '/waybills/status/seen').input(z.object({ incarnation: whole })).output(z.object({ ok: z.boolean() })),
  resume: route('POST', '/waybills/resume').output(z.object({ issuing: z.boolean(), stop: stopSchema.nullable() })),
  pause: route('POST', '/waybills/pause').input(z.object({ reason: name })).output(z.object({ issuing: z.boolean() })),

  accounts: {
    list: route('GET', '/waybills/accounts').output(z.array(accountViewSchema)),
    create: route('POST', '/waybills/accounts')
      .input(z.object({
        carrierCode: z.string().min(1), branchCode: z.string().trim().max(40).default(''), branchName: z.string().trim().max(60).default(''), name, settlement: z.enum(settlements),
        ownerShopId: z.string().nullable().default(null), unitPrice: whole.min(0).default(0), lowWater: whole.min(0).default(0), recycleDays: whole.min(0).max(60).optional(), products: products.default([]),
      }))
      .output(accountSchema),
    update: route('PATCH', '/waybills/accounts/{id}')
      .input(z.object({
        id, name: name.optional(), branchCode: z.string().trim().max(40).optional(), branchName: z.string().trim().max(60).optional(), unitPrice: whole.min(0).optional(),
        lowWater: whole.min(0).optional(), recycleDays: whole.min(0).max(60).optional(), products: products.optional(), ownerShopId: z.string().nullable().optional(),
      }))
      .output(accountSchema),
    setState: route('POST', '/waybills/accounts/{id}/state').input(z.object({ id, state: z.enum(accountStates), reason: z.string().trim().max(200).default('') })).output(accountSchema),
    agreement: route('POST', '/waybills/accounts/{id}/agreement').input(z.object({ id, signedAt: day, account: name })).output(accountSchema),
    topUp: route('POST', '/waybills/accounts/{id}/top-up')
      .input(z.object({ id, units: whole.min(1).max(10_000_000), paidFen: whole.min(0).default(0), note: z.string().trim().max(200).default('') }))
      .output(z.object({ balance: z.number() })),
    correct: route('POST', '/waybills/accounts/{id}/correct').input(z.object({ id, units: whole, reason: z.string().trim().max(200) })).output(z.object({ balance: z.number() })),
    statement: route('GET', '/waybills/accounts/{id}/statement').input(z.object({ id, month })).output(statementSchema),
  },

  pools: {
    list: route('GET', '/waybills/pools').output(z.array(poolViewSchema)),
    create: route('POST', '/waybills/pools').input(z.object({ accountId: id, name, ownerShopId: id, reserve: whole.min(0).default(0) })).output(poolSchema),
    update: route('PATCH', '/waybills/pools/{id}').input(z.object({ id, name: name.optional(), reserve: whole.min(0).optional(), archived: z.boolean().optional() })).output(poolSchema),
    /** The text of an uploaded list (txt, csv, xlsx, xls), to be looked at and confirmed. */
    readFile: route('POST', '/waybills/pools/read-file').input(z.object({ fileId: id })).output(z.object({ name: z.string(), text: z.string() })),
    previewImport: route('POST', '/waybills/pools/{poolId}/preview').input(z.object({ poolId: id, text: z.string().max(8_000_000) })).output(importPreviewSchema),
    import: route('POST', '/waybills/pools/{poolId}/import')
      .input(z.object({ poolId: id, text: z.string().max(8_000_000), expected: whole.min(1), source: z.string().max(200).default(''), topUp: z.boolean().default(true), paidFen: whole.min(0).default(0) }))
      .output(z.object({ importId: z.string(), count: z.number(), segments: z.number() })),
  },

  grants: {
    list: route('GET', '/waybills/grants').input(z.object({ poolId: z.string().optional(), shopId: z.string().optional() })).output(z.array(grantSchema)),
    create: route('POST', '/waybills/grants').input(grantRules.extend({ poolId: id, shopId: id })).output(grantSchema),
    update: route('PATCH', '/waybills/grants/{id}')
      .input(z.object({
        id, cap: whole.min(1).nullable().optional(), dailyCap: whole.min(1).nullable().optional(), validTo: instant.nullable().optional(), priority: whole.min(0).max(1000).optional(),
        provinces: z.array(z.string().trim().min(2)).min(1).nullable().optional(), minGrams: whole.min(0).nullable().optional(), maxGrams: whole.min(0).nullable().optional(),
      }))
      .output(grantSchema),
    setState: route('POST', '/waybills/grants/{id}/state').input(z.object({ id, state: z.enum(['active', 'paused', 'revoked']) })).output(grantSchema),
    share: route('POST', '/waybills/grants/share').input(grantRules.extend({ poolId: id, shopId: id })).output(z.object({ grantId: z.string(), code: z.string(), expiresAt: z.string() })),
    accept: route('POST', '/waybills/grants/accept').input(z.object({ shopId: id, code: z.string().max(20) })).output(grantSchema),
    /** How each shop chooses among its pools; a shop that is not listed goes by priority. */
    drawRules: route('GET', '/waybills/grants/rules').output(z.array(z.object({ shopId: z.string(), mode: z.enum(['priority', 'cheapest']) }))),
    drawRule: route('POST', '/waybills/grants/rule').input(z.object({ shopId: id, mode: z.enum(['priority', 'cheapest']) })).output(z.object({ ok: z.boolean() })),
    settlement: route('GET', '/waybills/settlement').input(z.object({ month })).output(settlementSchema),
    settlementCsv: route('GET', '/waybills/settlement.csv').input(z.object({ month })).output(exported),
    /** What a packer needs: how many numbers the shop may still draw. */
    remaining: route('GET', '/waybills/remaining')
      .input(z.object({ shopId: id }))
      .output(z.object({ remaining: z.number(), pools: z.array(z.object({ pool: z.string(), carrierCode: z.string(), remaining: z.number(), why: z.string().nullable() })) })),
  },

  numbers: {
    follow: route('GET', '/waybills/numbers/{number}')
      .input(z.object({ number: z.string().max(60) }))
      .output(z.object({
        number: z.string(), state: z.string(), carrierCode: z.string(), accountName: z.string(), poolName: z.string(), parcelId: z.string().nullable(), shopId: z.string().nullable(),
        drawnAt: z.string().nullable(), releaseAt: z.string().nullable(), reason: z.string(), events: z.array(eventSchema),
        attempts: z.array(z.object({ id: z.string(), attemptNo: z.number(), mark: z.number(), state: z.string(), printerId: z.string(), operator: z.string(), reason: z.string(), createdAt: z.string(), detail: z.string() })),
      })),
    void: route('POST', '/waybills/numbers/{number}/void').input(z.object({ number: z.string().max(60), reason: z.string().trim().max(200) })).output(z.object({ state: z.string(), releaseAt: z.string().nullable() })),
    burn: route('POST', '/waybills/numbers/{number}/burn').input(z.object({ number: z.string().max(60), reason: z.string().trim().max(200) })).output(z.object({ state: z.string() })),
    handOver: route('POST', '/waybills/numbers/hand-over')
      .input(z.object({ numbers: z.array(z.string().max(60)).min(1).max(5000) }))
      .output(z.array(z.object({ number: z.string(), ok: z.boolean(), error: z.string().nullable() }))),
    recycle: route('POST', '/waybills/numbers/recycle').output(z.object({ returned: z.number() })),
    voidWaiting: route('GET', '/waybills/numbers/void-waiting').output(z.array(z.object({ number: z.string(), accountId: z.string(), parcelId: z.string(), releaseAt: z.string() }))),
  },

  ledger: {
    list: route('GET', '/waybills/ledger')
      .input(z.object({
        accountId: z.string().optional(), poolId: z.string().optional(), shopId: z.string().optional(), kind: z.string().optional(), number: z.string().max(60).optional(),
        from: z.string().optional(), to: z.string().optional(), before: whole.optional(), limit: whole.min(1).max(500).default(100),
      }))
      .output(z.object({ events: z.array(eventSchema), more: z.boolean() })),
    csv: route('GET', '/waybills/ledger.csv').input(z.object({ accountId: z.string().optional(), from: z.string().optional(), to: z.string().optional() })).output(exported),
    verify: route('POST', '/waybills/ledger/verify').output(z.object({ ok: z.boolean(), checked: z.number(), brokenAt: z.number().nullable(), what: z.string().nullable() })),
    reconcile: route('POST', '/waybills/ledger/reconcile').output(reconciliationSchema),
  },

  stations: {
    list: route('GET', '/waybills/stations')
      .output(z.array(z.object({ stationId: z.string(), epoch: z.number(), quota: z.number(), outstanding: z.number(), lostAt: z.string().nullable(), leases: z.number() }))),
    setQuota: route('POST', '/waybills/stations/{stationId}/quota').input(z.object({ stationId: id, quota: whole.min(0).max(100_000) })).output(z.object({ ok: z.boolean() })),
    writeOff: route('POST', '/waybills/stations/{stationId}/write-off').input(z.object({ stationId: id, reason: z.string().trim().max(200) })).output(z.object({ burned: z.number() })),
  },

  quarantine: {
    list: route('GET', '/waybills/quarantine')
      .output(z.array(z.object({
        segmentId: z.string(), poolId: z.string(), poolName: z.string(), state: z.string(), first: z.string(), last: z.string(), count: z.number(), release: z.object({ evidence: z.string(), by: z.string(), at: z.string() }).nullable(),
      }))),
    release: route('POST', '/waybills/quarantine/{segmentId}/release')
      .input(z.object({ segmentId: id, evidence: z.string().trim().max(400) }))
      .output(z.object({ released: z.number(), waitingForSecond: z.boolean() })),
  },
};
