/** Items 宝贝 and their short names 宝贝简称: what the packer reads on the label. */
import { z } from 'zod';
import { dropReasons } from '../domain/items/title-words.ts';
import { partRoles } from '../domain/items/title.ts';
import { nameSources } from '../domain/items/short-name.ts';
import { longestPattern, ruleKinds } from '../domain/items/rules.ts';
import { procedure } from './base.ts';

export const longestShortName = 40;
const id = z.string().min(1).max(80);
const shortText = z.string().trim().max(longestShortName);

export const titlePartSchema = z.object({ text: z.string(), kept: z.boolean(), as: z.enum([...partRoles, ...dropReasons]) });
export const suggestionSchema = z.object({ shortName: z.string(), parts: z.array(titlePartSchema), confidence: z.number() });

export const skuSchema = z.object({
  id: z.string(),
  code: z.string(),
  spec: z.string(),
  barcode: z.string(),
  location: z.string(),
  /** Given for this SKU; empty when it has none of its own. */
  shortName: z.string(),
});
export type ItemSku = z.infer<typeof skuSchema>;

export const itemSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  platformId: z.string(),
  code: z.string(),
  title: z.string(),
  brand: z.string(),
  location: z.string(),
  weightGrams: z.number().int().nullable(),
  lastOrderedAt: z.string(),
  archivedAt: z.string().nullable(),
  /** Given by a person; empty when none was. */
  shortName: z.string(),
  /** What a label shows now, and why. */
  shown: z.object({ text: z.string(), from: z.enum(nameSources) }),
  suggestion: suggestionSchema,
  skus: z.array(skuSchema),
});
export type Item = z.infer<typeof itemSchema>;

export const ruleSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  kind: z.enum(ruleKinds),
  pattern: z.string(),
  text: z.string(),
  enabled: z.boolean(),
});
export type ShortNameRuleEntry = z.infer<typeof ruleSchema>;

export const batchSchema = z.object({ batchId: z.string(), changed: z.number().int() });

export const historySchema = z.object({
  batchId: z.string(),
  itemId: z.string(),
  skuId: z.string(),
  title: z.string(),
  spec: z.string(),
  before: z.string(),
  after: z.string(),
  source: z.enum(['hand', 'import', 'suggestion', 'undo']),
  operator: z.string(),
  at: z.string(),
  undone: z.boolean(),
});
export type NameChange = z.infer<typeof historySchema>;

export const importProblems = ['no-such-item', 'no-such-sku', 'too-long', 'ambiguous-title', 'no-name'] as const;
export const importReportSchema = z.object({
  batchId: z.string(),
  rows: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  added: z.number().int(),
  rejected: z.array(z.object({ row: z.number().int(), reason: z.enum(importProblems), text: z.string() })),
});
export type ItemsImportReport = z.infer<typeof importReportSchema>;

/** A line of an order, as much of it as the platform told. */
export const orderedLineSchema = z.object({
  title: z.string(),
  /** Number of the item on the platform. */
  platformId: z.string().default(''),
  itemCode: z.string().default(''),
  /** Attributes of the SKU. */
  sku: z.string().default(''),
  skuCode: z.string().default(''),
  /** 0 where the file did not say. */
  quantity: z.number().int().min(0),
  barcode: z.string().default(''),
});
export type OrderedLineInput = z.input<typeof orderedLineSchema>;

export const labelLineSchema = z.object({
  title: z.string(),
  shortName: z.string(),
  sku: z.string(),
  quantity: z.number().int(),
  barcode: z.string(),
  location: z.string(),
});
export type GoodsLine = z.infer<typeof labelLineSchema>;

const tags = ['items'];

export const itemsContract = {
  list: procedure
    .route({ method: 'GET', path: '/items', tags })
    .input(
      z.object({
        shopId: z.string().optional(),
        /** Words, pinyin or initials of title, short name, code or brand. */
        search: z.string().max(100).default(''),
        /** unnamed: no short name given and no rule fits; ordered: ordered since `since`. */
        filter: z.enum(['all', 'unnamed', 'named', 'archived']).default('all'),
        /** ISO time: only items ordered since then. */
        since: z.string().optional(),
        offset: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(itemSchema), total: z.number().int(), unnamed: z.number().int() })),
  get: procedure.route({ method: 'GET', path: '/items/{id}', tags }).input(z.object({ id })).output(itemSchema),
  create: procedure
    .route({ method: 'POST', path: '/items', tags })
    .input(z.object({ shopId: id, title: z.string().trim().min(1).max(300), code: z.string().trim().max(80).default(''), platformId: z.string().trim().max(80).default('') }))
    .output(itemSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/items/{id}', tags })
    .input(
      z.object({
        id,
        brand: z.string().trim().max(40).optional(),
        location: z.string().trim().max(40).optional(),
        weightGrams: z.number().int().min(0).max(1_000_000).nullable().optional(),
        archived: z.boolean().optional(),
        skus: z.array(z.object({ id, barcode: z.string().trim().max(64).optional(), location: z.string().trim().max(40).optional() })).max(500).default([]),
      }),
    )
    .output(itemSchema),
  /** Gives, changes or (with an empty name) takes away short names; all of them are one step that undo takes back. */
  setNames: procedure
    .route({ method: 'POST', path: '/items/names', tags })
    .input(z.object({ changes: z.array(z.object({ itemId: id, skuId: z.string().default(''), name: shortText })).min(1).max(5000) }))
    .output(batchSchema),
  /** Takes the suggestions of these items (or of every unnamed item of a shop) over as their short names. */
  acceptSuggestions: procedure
    .route({ method: 'POST', path: '/items/suggestions', tags })
    .input(z.object({ itemIds: z.array(id).max(5000).optional(), shopId: z.string().optional(), since: z.string().optional(), minConfidence: z.number().min(0).max(1).default(0), maxLength: z.number().int().min(2).max(longestShortName).default(12) }))
    .output(batchSchema.extend({ skipped: z.number().int() })),
  suggest: procedure
    .route({ method: 'POST', path: '/items/suggest', tags })
    .input(z.object({ title: z.string().max(300), brand: z.string().max(40).default(''), maxLength: z.number().int().min(2).max(longestShortName).default(12) }))
    .output(suggestionSchema),
  history: procedure
    .route({ method: 'GET', path: '/items/history', tags })
    .input(z.object({ itemId: z.string().optional(), shopId: z.string().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }))
    .output(z.array(historySchema)),
  /** Takes a step back: the last one that stands, or the one named. Names changed since by somebody else stay. */
  undo: procedure
    .route({ method: 'POST', path: '/items/undo', tags })
    .input(z.object({ batchId: z.string().optional(), shopId: z.string().optional() }))
    .output(batchSchema.extend({ kept: z.number().int() })),
  rules: procedure.route({ method: 'GET', path: '/items/rules', tags }).input(z.object({ shopId: z.string().optional() })).output(z.array(ruleSchema)),
  saveRule: procedure
    .route({ method: 'POST', path: '/items/rules', tags })
    .input(z.object({ id: z.string().optional(), shopId: z.string().default(''), kind: z.enum(ruleKinds), pattern: z.string().max(longestPattern + 100), text: shortText.min(1), enabled: z.boolean().default(true) }))
    .output(ruleSchema),
  removeRule: procedure.route({ method: 'DELETE', path: '/items/rules/{id}', tags }).input(z.object({ id })).output(z.object({})),
  orderRules: procedure.route({ method: 'POST', path: '/items/rules/order', tags }).input(z.object({ ids: z.array(id).max(1000) })).output(z.array(ruleSchema)),
  /** Which items a rule would name, before it is saved. */
  tryRule: procedure
    .route({ method: 'POST', path: '/items/rules/try', tags })
    .input(z.object({ shopId: z.string().default(''), kind: z.enum(ruleKinds), pattern: z.string().max(longestPattern + 100), text: z.string().max(longestShortName) }))
    .output(z.object({ problem: z.enum(['empty', 'too-long', 'syntax', 'slow']).nullable(), fits: z.number().int(), examples: z.array(z.object({ title: z.string(), name: z.string() })) })),
  /** The whole table as CSV with BOM; cells that a spreadsheet would compute start with an apostrophe. */
  export: procedure.route({ method: 'GET', path: '/items/export', tags }).input(z.object({ shopId: z.string().optional() })).output(z.object({ name: z.string(), text: z.string() })),
  /** The same table back; rows are found by item number, code or title. */
  import: procedure
    .route({ method: 'POST', path: '/items/import', tags })
    .input(z.object({ shopId: id, text: z.string().max(20_000_000), dryRun: z.boolean().default(false) }))
    .output(importReportSchema),
  /** Goods of orders as their labels show them: by short name, the same thing once, in the order of the shelves. */
  goods: procedure
    .route({ method: 'POST', path: '/items/goods', tags })
    .input(z.object({ orders: z.array(z.object({ id, shopId: id, lines: z.array(orderedLineSchema).max(1000) })).max(500) }))
    .output(z.array(z.object({ id: z.string(), lines: z.array(labelLineSchema) }))),
  /** Templates that print items, with the room they give to a name: dots across and height of the characters. */
  rooms: procedure
    .route({ method: 'GET', path: '/items/rooms', tags })
    .input(z.object({ dpi: z.coerce.number().int().min(100).max(1200).default(203) }))
    .output(z.array(z.object({ templateId: z.string(), name: z.string(), width: z.number().int(), size: z.number().int(), wraps: z.boolean() }))),
  /** Width of texts on the label, in dots, at a character height in dots. */
  widths: procedure
    .route({ method: 'POST', path: '/items/widths', tags })
    .input(z.object({ texts: z.array(z.string().max(200)).max(500), size: z.number().int().min(8).max(200).default(24) }))
    .output(z.object({ widths: z.array(z.number().int()), uncovered: z.array(z.string()) })),
};
