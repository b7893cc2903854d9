/** Routing 多仓发货: which warehouse ships, order files for cloud warehouses and their result files; freight bills 运费对账. */
import { z } from 'zod';
import { routingConditionsSchema } from '../domain/costs/routing.ts';
import { verdicts } from '../domain/costs/reconcile.ts';
import { procedure } from './base.ts';
import { outgoingFileSchema, sheetProblemSchema } from './costs.ts';

const text = z.string();
const int = z.number().int();

/** What a column of an order file may hold. */
export const exportFields = ['reference', 'orderNumbers', 'name', 'phone', 'province', 'city', 'district', 'detail', 'address', 'title', 'spec', 'skuCode', 'itemCode', 'quantity', 'shop', 'buyerNote', 'sellerNote', 'grams'] as const;
export type ExportField = (typeof exportFields)[number];
export const exportColumnSchema = z.object({ header: text.trim().min(1).max(60), field: z.enum(exportFields).optional(), constant: text.max(200).optional() });
export type ExportColumn = z.infer<typeof exportColumnSchema>;

/** Columns most warehouses take as they are; a start for a mapping of one's own. */
export const usualOrderColumns: readonly ExportColumn[] = [
  { header: '订单编号', field: 'reference' }, { header: '收件人', field: 'name' }, { header: '电话', field: 'phone' }, { header: '省', field: 'province' }, { header: '市', field: 'city' }, { header: '区', field: 'district' },
  { header: '详细地址', field: 'detail' }, { header: '商品编码', field: 'skuCode' }, { header: '商品名称', field: 'title' }, { header: '规格', field: 'spec' }, { header: '数量', field: 'quantity' }, { header: '备注', field: 'sellerNote' },
];

/** Headers of the result file; an empty one is looked for by its usual names. */
export const resultColumnsSchema = z.object({ reference: text.max(60).default(''), waybill: text.max(60).default(''), carrier: text.max(60).default(''), grams: text.max(60).default(''), kilograms: text.max(60).default(''), charge: text.max(60).default('') });
export type ResultColumns = z.infer<typeof resultColumnsSchema>;

export const warehouseSchema = z.object({
  id: text,
  name: text.trim().min(1).max(60),
  scenarioId: text.default(''),
  quoteId: text.default(''),
  columns: z.array(exportColumnSchema).min(1).max(60),
  resultColumns: resultColumnsSchema.prefault({}),
  stockCodes: z.array(text.trim().min(1).max(120)).max(50_000).default([]),
  archived: z.boolean().default(false),
});
export type Warehouse = z.infer<typeof warehouseSchema>;

export const routingRuleSchema = z.object({ id: text, name: text.trim().min(1).max(60), warehouseId: text, conditions: routingConditionsSchema, enabled: z.boolean().default(true) });

export const routedSchema = z.object({
  orderIds: z.array(text),
  parcelId: text,
  reference: text,
  /** '' = own warehouse. */
  warehouseId: text,
  ruleId: text.nullable(),
  reason: text,
  undecided: z.array(text),
  ownFen: int.nullable(),
  cloudFen: int.nullable(),
  /** Why it cannot be sent anywhere yet (printed, held, an incomplete receiver), as a code. */
  problem: text.nullable(),
});
export type Routed = z.infer<typeof routedSchema>;

export const shipmentSchema = z.object({
  id: text,
  parcelId: text,
  warehouseId: text,
  orderIds: z.array(text),
  reference: text,
  state: z.enum(['assigned', 'exported', 'shipped', 'released']),
  reason: text,
  province: text,
  city: text,
  grams: int.nullable(),
  items: int,
  expectedFen: int.nullable(),
  ownFen: int.nullable(),
  waybill: text,
  carrier: text,
  chargedGrams: int.nullable(),
  chargedFen: int.nullable(),
  createdAt: text,
  exportedAt: text,
  acknowledgedAt: text,
});
export type Shipment = z.infer<typeof shipmentSchema>;

export const resultReportSchema = z.object({
  rows: int,
  acknowledged: int,
  known: int,
  problems: z.array(sheetProblemSchema),
  /** Exported parcels the file does not mention. */
  missing: z.array(text),
  chargedFen: int,
  expectedFen: int,
});
export type ResultReport = z.infer<typeof resultReportSchema>;

const parcelDifferenceSchema = z.object({ reference: text, waybill: text, expectedFen: int.nullable(), chargedFen: int.nullable(), differenceFen: int.nullable(), grams: int.nullable(), chargedGrams: int.nullable(), reason: z.enum(['ok', 'over', 'under', 'not-priced', 'not-charged']) });
export const reconciliationSchema = z.object({ shipments: int, expectedFen: int, chargedFen: int, differences: z.array(parcelDifferenceSchema) });

export const routingContract = {
  warehouses: {
    list: procedure.route({ method: 'GET', path: '/routing/warehouses', tags: ['routing'] }).output(z.array(warehouseSchema)),
    save: procedure.route({ method: 'POST', path: '/routing/warehouses', tags: ['routing'] }).input(warehouseSchema.extend({ id: text.optional() })).output(warehouseSchema),
  },
  rules: {
    list: procedure.route({ method: 'GET', path: '/routing/rules', tags: ['routing'] }).output(z.array(routingRuleSchema)),
    /** Replaces the whole list; order is priority. */
    save: procedure.route({ method: 'POST', path: '/routing/rules', tags: ['routing'] }).input(z.object({ rules: z.array(routingRuleSchema.extend({ id: text.optional() })).max(200) })).output(z.array(routingRuleSchema)),
  },
  /** What the rules would do with these orders; nothing is changed. */
  plan: procedure.route({ method: 'POST', path: '/routing/plan', tags: ['routing'] }).input(z.object({ orderIds: z.array(text).min(1).max(5_000) })).output(z.array(routedSchema)),
  /** Gives the parcels the rules send to a cloud warehouse to it: they are held here and not printed. */
  assign: procedure
    .route({ method: 'POST', path: '/routing/assign', tags: ['routing'] })
    .input(z.object({ orderIds: z.array(text).min(1).max(5_000), warehouseId: text.optional() }))
    .output(z.object({ assigned: int, own: int, refused: z.array(z.object({ reference: text, reason: text })) })),
  /** Takes parcels back that the warehouse has not shipped. */
  release: procedure.route({ method: 'POST', path: '/routing/release', tags: ['routing'] }).input(z.object({ shipmentIds: z.array(text).min(1).max(5_000) })).output(z.object({ released: int, refused: z.array(z.object({ reference: text, reason: text })) })),
  shipments: procedure
    .route({ method: 'POST', path: '/routing/shipments', tags: ['routing'] })
    .input(z.object({ warehouseId: text.optional(), state: shipmentSchema.shape.state.optional(), limit: int.min(1).max(5_000).default(500) }))
    .output(z.array(shipmentSchema)),
  /** The order file of a warehouse: everything assigned, or again the ones named. */
  exportOrders: procedure
    .route({ method: 'POST', path: '/routing/export', tags: ['routing'] })
    .input(z.object({ warehouseId: text, shipmentIds: z.array(text).max(5_000).optional() }))
    .output(outgoingFileSchema.extend({ parcels: int })),
  /** Numbers, weights and charges the warehouse sent back. */
  importResult: procedure.route({ method: 'POST', path: '/routing/results', tags: ['routing'] }).input(z.object({ warehouseId: text, fileId: text, dryRun: z.boolean().default(false) })).output(resultReportSchema),
  /** Quoted against charged. */
  reconcile: procedure.route({ method: 'POST', path: '/routing/reconcile', tags: ['routing'] }).input(z.object({ warehouseId: text, from: z.iso.date(), to: z.iso.date() })).output(reconciliationSchema),
};

export const billSchema = z.object({
  id: text,
  name: text,
  carrier: text,
  tableId: text,
  from: text,
  to: text,
  file: text,
  lines: int,
  chargedFen: int,
  expectedFen: int,
  claimFen: int,
  counts: z.record(z.enum(verdicts), int),
  /** Numbers of ours the bill leaves out. */
  missing: z.array(text),
  problems: z.array(sheetProblemSchema),
  createdAt: text,
});
export type Bill = z.infer<typeof billSchema>;

export const billLineSchema = z.object({
  row: int, waybill: text, date: text, province: text, grams: int.nullable(), chargedFen: int, verdict: z.enum(verdicts), parcelId: text.nullable(), ownGrams: int.nullable(), ownProvince: text, expectedFen: int.nullable(), claimFen: int,
});

export const billsContract = {
  list: procedure.route({ method: 'GET', path: '/freight-bills', tags: ['freight-bills'] }).output(z.array(billSchema)),
  lines: procedure
    .route({ method: 'POST', path: '/freight-bills/{id}/lines', tags: ['freight-bills'] })
    .input(z.object({ id: text, verdict: z.enum(verdicts).optional(), limit: int.min(1).max(100_000).default(1000) }))
    .output(z.array(billLineSchema)),
  /** Reads a courier's bill and compares it with our parcels and the agreed table. A dry run keeps nothing. */
  import: procedure
    .route({ method: 'POST', path: '/freight-bills', tags: ['freight-bills'] })
    .input(
      z.object({
        fileId: text,
        name: text.trim().max(80).default(''),
        tableId: text,
        carrier: text.default(''),
        from: z.iso.date(),
        to: z.iso.date(),
        toleranceFen: int.min(0).max(100_000).default(0),
        columns: z.object({ waybill: text, date: text, province: text, kilograms: text, charge: text }).partial().default({}),
        dryRun: z.boolean().default(false),
      }),
    )
    .output(z.object({ bill: billSchema, lines: z.array(billLineSchema) })),
  /** The claim as xlsx: lines over-charged with what was expected and why, and both lists of the unmatched. */
  claim: procedure.route({ method: 'GET', path: '/freight-bills/{id}/claim', tags: ['freight-bills'] }).input(z.object({ id: text })).output(outgoingFileSchema),
  remove: procedure.route({ method: 'DELETE', path: '/freight-bills/{id}', tags: ['freight-bills'] }).input(z.object({ id: text })).output(z.object({})),
};
