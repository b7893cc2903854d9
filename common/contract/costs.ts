/** Costs 成本: scenarios, freight tables, reports. The model itself is `common/domain/costs`. */
import { z } from 'zod';
import { freightTableSchema } from '../domain/costs/freight-schema.ts';
import type { CostReport } from '../domain/costs/report.ts';
import { parcelRowSchema, savedScenarioSchema } from '../domain/costs/scenario.ts';
import { procedure } from './base.ts';

const text = z.string();
const int = z.number().int();

/** A file on its way out. */
export const outgoingFileSchema = z.object({ name: text, type: text, base64: text });
export type OutgoingFile = z.infer<typeof outgoingFileSchema>;

export const scenarioEntrySchema = z.object({ id: text, name: text, example: z.boolean(), builtin: z.boolean(), updatedAt: text });
export type ScenarioEntry = z.infer<typeof scenarioEntrySchema>;

export const findingSchema = z.object({ code: text, severity: z.enum(['error', 'warning']), rule: text, text: z.object({ 'zh-CN': text, en: text }) });
export const sheetProblemSchema = z.object({ row: int, column: text, value: text, reason: z.object({ 'zh-CN': text, en: text }) });

/** Parcels of the history, alike ones counted together, ready for `scenario.parcels`. */
export const historySchema = z.object({
  rows: z.array(parcelRowSchema),
  parcels: int,
  /** Printed here. */
  printed: int,
  /** Orders the platform says were shipped, without a label of ours. */
  shippedElsewhere: int,
  /** Without a weight. */
  unweighed: int,
});
export type ParcelHistory = z.infer<typeof historySchema>;

const historyInput = z.object({ from: z.iso.date(), to: z.iso.date(), shopIds: z.array(text).max(500).default([]) });

export const comparisonSchema = z.object({
  id: text,
  name: text,
  example: z.boolean(),
  parcels: int,
  perDay: z.number(),
  cheapest: text.nullable(),
  options: z.array(z.object({ id: text, name: z.object({ 'zh-CN': text, en: text }), complete: z.boolean(), perTicketFen: int.nullable(), perMonthFen: int })),
  /** Volumes per day at which own shipping becomes the cheaper one against the cheapest quote, or stops being it. */
  turns: z.array(z.object({ quote: text, perDay: int, to: text })),
  issues: int,
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** The report is made by us from checked input; its shape is the type. */
const reportSchema = z.custom<CostReport>((value) => typeof value === 'object' && value !== null && 'options' in value);

export const costsContract = {
  scenarios: {
    list: procedure.route({ method: 'GET', path: '/costs/scenarios', tags: ['costs'] }).output(z.array(scenarioEntrySchema)),
    get: procedure.route({ method: 'GET', path: '/costs/scenarios/{id}', tags: ['costs'] }).input(z.object({ id: text })).output(scenarioEntrySchema.extend({ scenario: savedScenarioSchema })),
    /** Without an id a new one is made. Two scenarios of one name are refused with CONFLICT. */
    save: procedure.route({ method: 'POST', path: '/costs/scenarios', tags: ['costs'] }).input(z.object({ id: text.optional(), scenario: savedScenarioSchema })).output(scenarioEntrySchema),
    duplicate: procedure.route({ method: 'POST', path: '/costs/scenarios/{id}/copy', tags: ['costs'] }).input(z.object({ id: text, name: text.trim().min(1).max(120) })).output(scenarioEntrySchema),
    remove: procedure.route({ method: 'DELETE', path: '/costs/scenarios/{id}', tags: ['costs'] }).input(z.object({ id: text })).output(z.object({})),
    compare: procedure.route({ method: 'POST', path: '/costs/scenarios/compare', tags: ['costs'] }).input(z.object({ ids: z.array(text).min(1).max(20) })).output(z.array(comparisonSchema)),
  },
  calculate: procedure.route({ method: 'POST', path: '/costs/calculate', tags: ['costs'] }).input(z.object({ scenario: savedScenarioSchema })).output(reportSchema),
  history: procedure.route({ method: 'POST', path: '/costs/history', tags: ['costs'] }).input(historyInput).output(historySchema),
  /** The report on paper, or as a workbook whose figures are formulas. */
  report: procedure
    .route({ method: 'POST', path: '/costs/report', tags: ['costs'] })
    .input(z.object({ scenario: savedScenarioSchema, format: z.enum(['pdf', 'xlsx']), language: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(outgoingFileSchema),
  freightTables: {
    list: procedure.route({ method: 'GET', path: '/costs/freight-tables', tags: ['costs'] }).output(z.array(freightTableSchema)),
    save: procedure.route({ method: 'POST', path: '/costs/freight-tables', tags: ['costs'] }).input(z.object({ id: text.optional(), table: freightTableSchema.omit({ id: true }) })).output(freightTableSchema),
    remove: procedure.route({ method: 'DELETE', path: '/costs/freight-tables/{id}', tags: ['costs'] }).input(z.object({ id: text })).output(z.object({})),
    check: procedure.route({ method: 'POST', path: '/costs/freight-tables/check', tags: ['costs'] }).input(z.object({ table: freightTableSchema })).output(z.array(findingSchema)),
    /** Reads an xlsx or csv in the template's form. Nothing is saved. */
    read: procedure
      .route({ method: 'POST', path: '/costs/freight-tables/read', tags: ['costs'] })
      .input(z.object({ fileId: text }))
      .output(z.object({ table: freightTableSchema.nullable(), problems: z.array(sheetProblemSchema), findings: z.array(findingSchema) })),
    /** The table as xlsx; `template` is the example to fill in. */
    file: procedure.route({ method: 'GET', path: '/costs/freight-tables/{id}/file', tags: ['costs'] }).input(z.object({ id: text })).output(outgoingFileSchema),
  },
};
